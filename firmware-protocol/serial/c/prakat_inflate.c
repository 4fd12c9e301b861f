#include "prakat_inflate.h"

#include <string.h>

/* Written from RFC 1951; section numbers are its own. */

#define LONGEST_CODE 15u
#define END_OF_BLOCK 256u
#define LENGTH_SYMBOLS 286u
#define DISTANCE_SYMBOLS 30u

typedef struct {
  const uint8_t *data;
  size_t count;
  size_t at;
  uint32_t bits;
  uint32_t bit_count;
  uint32_t expected;
  uint32_t done;
  const prakat_window *window;
  bool failed;
} stream;

/* 3.1.1: bits from the lowest of each byte on. At most 16 at once. */
static uint32_t take(stream *s, uint32_t count) {
  while (s->bit_count < count) {
    if (s->at == s->count) {
      s->failed = true;
      return 0;
    }
    s->bits |= (uint32_t)s->data[s->at++] << s->bit_count;
    s->bit_count += 8u;
  }
  const uint32_t value = s->bits & ((1u << count) - 1u);
  s->bits >>= count;
  s->bit_count -= count;
  return value;
}

static void put(stream *s, uint8_t byte) {
  if (s->done == s->expected) {
    s->failed = true;
    return;
  }
  if (s->window != NULL) s->window->put(s->window->to, s->done, byte);
  s->done++;
}

static void copy(stream *s, uint32_t distance, uint32_t length) {
  if (distance > s->done || length > s->expected - s->done) {
    s->failed = true;
    return;
  }
  if (s->window != NULL) {
    for (uint32_t i = 0; i < length; i++) {
      const uint32_t at = s->done + i;
      s->window->put(s->window->to, at, s->window->get(s->window->to, at - distance));
    }
  }
  s->done += length;
}

/*
 * 3.2.2: codes from their lengths. False for an over-full set, and for an incomplete one, but for a single code of one bit
 * where `may_be_one` says so. A set without any code is no fault until it is used.
 */
static bool build(uint16_t *count, uint16_t *symbol, const uint8_t *sizes, uint32_t symbols, bool may_be_one) {
  uint16_t first[LONGEST_CODE + 1u];
  memset(count, 0, (LONGEST_CODE + 1u) * sizeof(count[0]));
  for (uint32_t i = 0; i < symbols; i++) count[sizes[i]]++;
  const uint32_t used = symbols - count[0];
  int32_t left = 1;
  for (uint32_t bits = 1; bits <= LONGEST_CODE; bits++) {
    left = left * 2 - (int32_t)count[bits];
    if (left < 0) return false;
  }
  if (left > 0 && used > 0u && !(may_be_one && used == 1u && count[1] == 1u)) return false;
  first[1] = 0;
  for (uint32_t bits = 1; bits < LONGEST_CODE; bits++) first[bits + 1u] = (uint16_t)(first[bits] + count[bits]);
  for (uint32_t i = 0; i < symbols; i++)
    if (sizes[i] != 0u) symbol[first[sizes[i]]++] = (uint16_t)i;
  return true;
}

/* 3.2.2: a symbol, code bits from the highest on. */
static uint32_t decode(stream *s, const uint16_t *count, const uint16_t *symbol) {
  uint32_t code = 0;
  uint32_t first = 0;
  uint32_t index = 0;
  for (uint32_t bits = 1; bits <= LONGEST_CODE && !s->failed; bits++) {
    code |= take(s, 1);
    if (code - first < count[bits]) return symbol[index + (code - first)];
    index += count[bits];
    first = (first + count[bits]) << 1;
    code <<= 1;
  }
  s->failed = true;
  return 0;
}

/* 3.2.5: lengths and distances, their least value and their bits beyond it. */
static const uint16_t LENGTH_LEAST[29] = {3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                          31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
static const uint8_t LENGTH_BITS[29] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
static const uint16_t DISTANCE_LEAST[30] = {1,   2,   3,   4,   5,   7,    9,    13,   17,   25,   33,   49,   65,    97,    129,
                                            193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};

static void compressed(stream *s, const prakat_inflate_scratch *codes) {
  while (!s->failed) {
    const uint32_t symbol = decode(s, codes->lengths.count, codes->lengths.symbol);
    if (s->failed || symbol == END_OF_BLOCK) return;
    if (symbol < END_OF_BLOCK) {
      put(s, (uint8_t)symbol);
      continue;
    }
    if (symbol >= LENGTH_SYMBOLS) break;
    const uint32_t of_length = symbol - END_OF_BLOCK - 1u;
    const uint32_t length = LENGTH_LEAST[of_length] + take(s, LENGTH_BITS[of_length]);
    const uint32_t far = decode(s, codes->distances.count, codes->distances.symbol);
    if (s->failed || far >= DISTANCE_SYMBOLS) break;
    const uint32_t more = far < 4u ? 0u : (far >> 1) - 1u;
    const uint32_t distance = DISTANCE_LEAST[far] + take(s, more);
    if (!s->failed) copy(s, distance, length);
  }
  s->failed = true;
}

/* 3.2.4 */
static void stored(stream *s) {
  s->bits = 0;
  s->bit_count = 0;
  const uint32_t length = take(s, 16);
  const uint32_t complement = take(s, 16);
  if (s->failed || length != (~complement & 0xffffu)) {
    s->failed = true;
    return;
  }
  for (uint32_t i = 0; i < length && !s->failed; i++) {
    const uint32_t byte = take(s, 8);
    if (!s->failed) put(s, (uint8_t)byte);
  }
}

/* 3.2.6 */
static void fixed(stream *s, prakat_inflate_scratch *codes) {
  memset(codes->sizes, 8, 144);
  memset(codes->sizes + 144, 9, 112);
  memset(codes->sizes + 256, 7, 24);
  memset(codes->sizes + 280, 8, 8);
  (void)build(codes->lengths.count, codes->lengths.symbol, codes->sizes, 288, false);
  /* 32 codes of five bits, of which two mean nothing: told apart when they are met. */
  memset(codes->distances.count, 0, sizeof(codes->distances.count));
  codes->distances.count[5] = DISTANCE_SYMBOLS;
  for (uint32_t i = 0; i < DISTANCE_SYMBOLS; i++) codes->distances.symbol[i] = (uint16_t)i;
  compressed(s, codes);
}

/* 3.2.7: the lengths of both sets, themselves in codes. */
static bool read_sizes(stream *s, prakat_inflate_scratch *codes, uint32_t total) {
  uint32_t at = 0;
  while (at < total) {
    const uint32_t symbol = decode(s, codes->lengths.count, codes->lengths.symbol);
    if (s->failed) return false;
    if (symbol < 16u) {
      codes->sizes[at++] = (uint8_t)symbol;
      continue;
    }
    if (symbol == 16u && at == 0u) return false;
    const uint8_t size = symbol == 16u ? codes->sizes[at - 1u] : 0u;
    const uint32_t times = symbol == 16u ? 3u + take(s, 2) : symbol == 17u ? 3u + take(s, 3) : 11u + take(s, 7);
    if (s->failed || at + times > total) return false;
    memset(codes->sizes + at, size, times);
    at += times;
  }
  return true;
}

static void dynamic(stream *s, prakat_inflate_scratch *codes) {
  static const uint8_t ORDER[19] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
  const uint32_t lengths = 257u + take(s, 5);
  const uint32_t distances = 1u + take(s, 5);
  const uint32_t coded = 4u + take(s, 4);
  if (s->failed || lengths > LENGTH_SYMBOLS || distances > DISTANCE_SYMBOLS) {
    s->failed = true;
    return;
  }
  memset(codes->sizes, 0, 19);
  for (uint32_t i = 0; i < coded; i++) codes->sizes[ORDER[i]] = (uint8_t)take(s, 3);
  const bool is_built = build(codes->lengths.count, codes->lengths.symbol, codes->sizes, 19, false);
  if (s->failed || !is_built || !read_sizes(s, codes, lengths + distances) || codes->sizes[END_OF_BLOCK] == 0u ||
      !build(codes->distances.count, codes->distances.symbol, codes->sizes + lengths, distances, true) ||
      !build(codes->lengths.count, codes->lengths.symbol, codes->sizes, lengths, true)) {
    s->failed = true;
    return;
  }
  compressed(s, codes);
}

bool prakat_inflate(const uint8_t *data, size_t count, uint32_t expected, const prakat_window *window,
                    prakat_inflate_scratch *scratch) {
  stream s = {data, count, 0, 0, 0, expected, 0, window, false};
  bool is_last = false;
  while (!is_last && !s.failed) {
    is_last = take(&s, 1) == 1u;
    const uint32_t type = take(&s, 2);
    if (s.failed) break;
    if (type == 0u) stored(&s);
    else if (type == 1u) fixed(&s, scratch);
    else if (type == 2u) dynamic(&s, scratch);
    else s.failed = true;
  }
  return !s.failed && s.done == expected && s.at == count;
}
