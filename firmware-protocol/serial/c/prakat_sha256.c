#include "prakat_sha256.h"

#include <string.h>

/* FIPS 180-4, 4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
static const uint32_t K[64] = {
    0x428a2f98u, 0x71374491u, 0xb5c0fbcfu, 0xe9b5dba5u, 0x3956c25bu, 0x59f111f1u, 0x923f82a4u, 0xab1c5ed5u,
    0xd807aa98u, 0x12835b01u, 0x243185beu, 0x550c7dc3u, 0x72be5d74u, 0x80deb1feu, 0x9bdc06a7u, 0xc19bf174u,
    0xe49b69c1u, 0xefbe4786u, 0x0fc19dc6u, 0x240ca1ccu, 0x2de92c6fu, 0x4a7484aau, 0x5cb0a9dcu, 0x76f988dau,
    0x983e5152u, 0xa831c66du, 0xb00327c8u, 0xbf597fc7u, 0xc6e00bf3u, 0xd5a79147u, 0x06ca6351u, 0x14292967u,
    0x27b70a85u, 0x2e1b2138u, 0x4d2c6dfcu, 0x53380d13u, 0x650a7354u, 0x766a0abbu, 0x81c2c92eu, 0x92722c85u,
    0xa2bfe8a1u, 0xa81a664bu, 0xc24b8b70u, 0xc76c51a3u, 0xd192e819u, 0xd6990624u, 0xf40e3585u, 0x106aa070u,
    0x19a4c116u, 0x1e376c08u, 0x2748774cu, 0x34b0bcb5u, 0x391c0cb3u, 0x4ed8aa4au, 0x5b9cca4fu, 0x682e6ff3u,
    0x748f82eeu, 0x78a5636fu, 0x84c87814u, 0x8cc70208u, 0x90befffau, 0xa4506cebu, 0xbef9a3f7u, 0xc67178f2u,
};

static uint32_t turn(uint32_t value, uint32_t bits) { return (value >> bits) | (value << (32u - bits)); }

/* 6.2.2. The schedule is kept in sixteen words and goes round. */
static void digest_block(prakat_sha256 *sha) {
  uint32_t w[16];
  uint32_t s[8];
  for (uint32_t t = 0; t < 16u; t++) {
    const uint8_t *at = sha->block + 4u * t;
    w[t] = ((uint32_t)at[0] << 24) | ((uint32_t)at[1] << 16) | ((uint32_t)at[2] << 8) | at[3];
  }
  memcpy(s, sha->state, sizeof(s));
  for (uint32_t t = 0; t < 64u; t++) {
    if (t >= 16u) {
      const uint32_t a = w[(t + 1u) & 15u];
      const uint32_t b = w[(t + 14u) & 15u];
      const uint32_t small0 = turn(a, 7) ^ turn(a, 18) ^ (a >> 3);
      const uint32_t small1 = turn(b, 17) ^ turn(b, 19) ^ (b >> 10);
      w[t & 15u] += small0 + w[(t + 9u) & 15u] + small1;
    }
    const uint32_t big1 = turn(s[4], 6) ^ turn(s[4], 11) ^ turn(s[4], 25);
    const uint32_t choice = (s[4] & s[5]) ^ (~s[4] & s[6]);
    const uint32_t first = s[7] + big1 + choice + K[t] + w[t & 15u];
    const uint32_t big0 = turn(s[0], 2) ^ turn(s[0], 13) ^ turn(s[0], 22);
    const uint32_t most = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
    memmove(s + 1, s, 7u * sizeof(s[0]));
    s[4] += first;
    s[0] = first + big0 + most;
  }
  for (uint32_t i = 0; i < 8u; i++) sha->state[i] += s[i];
}

void prakat_sha256_start(prakat_sha256 *sha) {
  /* 5.3.3 */
  static const uint32_t START[8] = {0x6a09e667u, 0xbb67ae85u, 0x3c6ef372u, 0xa54ff53au,
                                    0x510e527fu, 0x9b05688cu, 0x1f83d9abu, 0x5be0cd19u};
  memcpy(sha->state, START, sizeof(START));
  sha->count = 0;
}

void prakat_sha256_more(prakat_sha256 *sha, const uint8_t *bytes, size_t count) {
  for (size_t i = 0; i < count; i++) {
    sha->block[sha->count++ & 63u] = bytes[i];
    if ((sha->count & 63u) == 0u) digest_block(sha);
  }
}

void prakat_sha256_end(prakat_sha256 *sha, uint8_t digest[32]) {
  /* 5.1.1: a one, zeros, and the number of bits. */
  static const uint8_t ONE = 0x80;
  static const uint8_t ZERO = 0;
  const uint32_t bytes = sha->count;
  prakat_sha256_more(sha, &ONE, 1);
  while ((sha->count & 63u) != 56u) prakat_sha256_more(sha, &ZERO, 1);
  const uint64_t bits = 8u * (uint64_t)bytes;
  for (uint32_t i = 0; i < 8u; i++) {
    const uint8_t byte = (uint8_t)(bits >> (8u * (7u - i)));
    prakat_sha256_more(sha, &byte, 1);
  }
  for (uint32_t i = 0; i < 32u; i++) digest[i] = (uint8_t)(sha->state[i / 4u] >> (8u * (3u - i % 4u)));
}
