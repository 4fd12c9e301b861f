#ifndef PRAKAT_BOARD_H
#define PRAKAT_BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "prakat_config.h"
#include "prakat_decoder.h"
#include "prakat_inflate.h"
#include "prakat_surface.h"

/* One board: all its memory, in one place, of a size that the configuration decides. */

typedef struct {
  uint8_t shown[PRAKAT_ROOM(PRAKAT_PAGE_BYTES)];
  uint8_t drawn[PRAKAT_ROOM(PRAKAT_PAGE_BYTES)];
  uint8_t slots[PRAKAT_ROOM(PRAKAT_SLOTS)][PRAKAT_SLOTS > 0u ? PRAKAT_PAGE_BYTES : 1u];
  bool is_kept[PRAKAT_ROOM(PRAKAT_SLOTS)];
  uint32_t pages;
  bool shows_fallback;
} prakat_pages;

typedef struct {
  uint32_t strip;
  uint16_t x;
  uint16_t y;
  uint16_t width;
  uint8_t steps_per_second;
  uint8_t step_pixels;
  uint16_t gap;
  uint16_t rounds;
} prakat_run;

typedef struct {
  uint8_t bytes[PRAKAT_ROOM(2u * PRAKAT_STRIP_PIXELS)];
  uint16_t width;
  uint16_t height;
  prakat_run armed;
  prakat_run run;
  bool is_armed;
  bool runs;
  uint32_t offset;
  uint32_t counted_at;
  uint32_t thousandths;
} prakat_marquee;

typedef struct {
  uint8_t brightness;
  bool is_dark;
  uint8_t pattern;
  uint16_t at;
} prakat_lamps;

typedef struct {
  uint32_t page_crc;
  uint16_t after_seconds;
  uint32_t heard_at;
} prakat_silence;

typedef struct {
  bool is_on;
  uint32_t on_since;
  uint32_t told_at;
  uint32_t limit_ms;
  uint16_t limit_trips;
} prakat_amplifier;

typedef struct {
  bool is_set;
  uint32_t set_at;
  uint32_t seconds;
  uint16_t milliseconds;
} prakat_clock;

typedef struct {
  uint32_t baud;
  uint32_t heard_at;
} prakat_rate;

typedef struct {
  uint8_t digest[32];
  uint32_t bytes;
  uint32_t version;
  uint32_t received;
  uint8_t state;
} prakat_update;

/* The board's side of the window (SPEC 6). */
typedef struct {
  uint8_t expected;
  uint16_t held;
  uint8_t frames[PRAKAT_ROOM(PRAKAT_HOLDS)][PRAKAT_HOLDS > 0u ? PRAKAT_STUFFED_BYTES : 1u];
  uint32_t lengths[PRAKAT_ROOM(PRAKAT_HOLDS)];
} prakat_receive_window;

/* A frame on its way out: stuffing needs a group before its length is known. */
typedef struct {
  uint8_t group[254];
  uint8_t group_bytes;
  uint32_t crc;
  bool is_kept;
  bool is_too_much;
  size_t begun_at;
} prakat_voice;

typedef enum { PRAKAT_THEN_NOTHING, PRAKAT_THEN_RESTART, PRAKAT_THEN_RATE } prakat_afterwards;

typedef struct {
  prakat_decoder decoder;
  prakat_receive_window window;
  prakat_voice voice;
  prakat_pages pages;
  prakat_marquee marquee;
  prakat_lamps lamps;
  prakat_silence silence;
  prakat_amplifier amplifier;
  prakat_clock clock;
  prakat_rate rate;
  prakat_update update;
  prakat_inflate_scratch scratch;
  uint8_t unsaid[PRAKAT_ADDRESS != PRAKAT_ONLY_BOARD ? PRAKAT_UNSAID_BYTES : 1u];
  size_t unsaid_bytes;
  bool speaks_now;
  bool is_mute;
  uint32_t now;
  uint32_t started_at;
  uint32_t session;
  uint32_t discarded;
  prakat_afterwards afterwards;
  uint32_t rate_to_be;
  uint8_t done_sequence;
  bool done_sequenced;
  bool has_answered;
} prakat_board;

/* At power-up. `now`: milliseconds of a clock that never steps; it may wrap. */
void prakat_board_start(prakat_board *board, uint32_t now);
/* Bytes off the line, in any pieces. */
void prakat_board_push(prakat_board *board, const uint8_t *bytes, size_t count);
/* Often, at least once in 10 ms: time goes on. */
void prakat_board_tick(prakat_board *board, uint32_t now);
/* A lamp as it is lit at this moment, RGB565 (SPEC 7 and 8); brightness is the driver's. */
uint16_t prakat_lit(const prakat_board *board, uint16_t x, uint16_t y);

#endif
