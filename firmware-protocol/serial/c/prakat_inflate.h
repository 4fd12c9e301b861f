#ifndef PRAKAT_INFLATE_H
#define PRAKAT_INFLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The code tables of one block (RFC 1951, 3.2.2), 1.3 KB: scratch, free between two frames. */
typedef struct {
  uint16_t count[16];
  uint16_t symbol[288];
} prakat_lengths_code;
typedef struct {
  uint16_t count[16];
  uint16_t symbol[30];
} prakat_distances_code;
typedef struct {
  uint8_t sizes[320];
  prakat_lengths_code lengths;
  prakat_distances_code distances;
} prakat_inflate_scratch;

/* Where bytes go and come back from: what was put is the window. */
typedef struct {
  void (*put)(void *to, uint32_t at, uint8_t byte);
  uint8_t (*get)(void *to, uint32_t at);
  void *to;
} prakat_window;

/*
 * One raw DEFLATE stream of exactly `expected` bytes, whose last block ends in the last byte of `data` (SPEC 7). False =
 * anything else. Without a window it only looks, and puts nothing.
 */
bool prakat_inflate(const uint8_t *data, size_t count, uint32_t expected, const prakat_window *window,
                    prakat_inflate_scratch *scratch);

#endif
