#ifndef PRAKAT_SHA256_H
#define PRAKAT_SHA256_H

#include <stddef.h>
#include <stdint.h>

/* SHA-256 (FIPS 180-4), as bytes come. */
typedef struct {
  uint32_t state[8];
  uint8_t block[64];
  uint32_t count;
} prakat_sha256;

void prakat_sha256_start(prakat_sha256 *sha);
/* At most 512 MB in all. */
void prakat_sha256_more(prakat_sha256 *sha, const uint8_t *bytes, size_t count);
void prakat_sha256_end(prakat_sha256 *sha, uint8_t digest[32]);

#endif
