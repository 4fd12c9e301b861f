#include "prakat_board.h"

#include <string.h>

#include "prakat_amplifier.h"
#include "prakat_duties.h"
#include "prakat_hal.h"
#include "prakat_marquee.h"
#include "prakat_pages.h"
#include "prakat_voice.h"

/* Where the fields of SPEC 4 stand in a frame. */
enum { AT_MAJOR = 0, AT_ADDRESS = 1, AT_FLAGS = 2, AT_TYPE = 3, AT_SEQUENCE = 4 };

/* All but what outlives a loss of power: an image under way, and the fallback page, which the HAL keeps. */
static void power_up(prakat_board *board) {
  memset(&board->window, 0, sizeof(board->window));
  memset(&board->pages, 0, sizeof(board->pages));
  memset(&board->marquee, 0, sizeof(board->marquee));
  memset(&board->clock, 0, sizeof(board->clock));
  board->unsaid_bytes = 0;
  board->session = 0;
  board->discarded = 0;
  board->started_at = board->now;
  board->lamps.brightness = 255;
  board->lamps.is_dark = false;
  board->lamps.pattern = PRAKAT_PATTERN_NONE;
  board->silence.heard_at = board->now;
  prakat_hal_kept(&board->silence.page_crc, &board->silence.after_seconds);
  if (board->amplifier.is_on) prakat_hal_relay(false);
  memset(&board->amplifier, 0, sizeof(board->amplifier));
  if (board->rate.baud != PRAKAT_FIRST_RATE) prakat_hal_rate(PRAKAT_FIRST_RATE);
  board->rate.baud = PRAKAT_FIRST_RATE;
  prakat_hal_brightness(board->lamps.brightness);
  prakat_hal_shown();
}

void prakat_board_start(prakat_board *board, uint32_t now) {
  memset(board, 0, sizeof(*board));
  board->now = now;
  /* Neither relay nor line are known to stand as they should. */
  prakat_hal_relay(false);
  power_up(board);
}

/* Does one frame, and says what is to be said to it. */
static void do_frame(prakat_board *board, const uint8_t *frame, uint32_t length) {
  const uint8_t type = frame[AT_TYPE];
  board->done_sequence = frame[AT_SEQUENCE];
  board->done_sequenced = (frame[AT_FLAGS] & PRAKAT_FLAG_SEQUENCED) != 0u;
  const uint8_t error = prakat_do(board, type, frame + PRAKAT_HEADER_BYTES, length - PRAKAT_HEADER_BYTES);
  if (error != 0u) prakat_say_error(board, error, type);
}

/* SPEC 6: the frame that is awaited and those held that follow; one that came early; all else is dropped. */
static void take(prakat_board *board, const uint8_t *frame, uint32_t length) {
  prakat_receive_window *window = &board->window;
  const uint8_t ahead = (uint8_t)(frame[AT_SEQUENCE] - window->expected);
  if (ahead > PRAKAT_HOLDS) return;
  if (ahead > 0u) {
    const uint32_t place = frame[AT_SEQUENCE] % PRAKAT_ROOM(PRAKAT_HOLDS);
    memcpy(window->frames[place], frame, length);
    window->lengths[place] = length;
    window->held = (uint16_t)(window->held | (1u << (ahead - 1u)));
    return;
  }
  /* What is acknowledged is told by every answer, so all that is due is counted before the first of it is done. */
  uint8_t next = (uint8_t)(window->expected + 1u);
  uint8_t due = 1;
  while ((window->held & 1u) != 0u) {
    window->held >>= 1;
    due++;
  }
  window->held >>= 1;
  window->expected = (uint8_t)(window->expected + due);
  do_frame(board, frame, length);
  for (; next != window->expected && due > 1u; next++, due--) {
    const uint32_t place = next % PRAKAT_ROOM(PRAKAT_HOLDS);
    do_frame(board, window->frames[place], window->lengths[place]);
  }
}

static void answer(prakat_board *board, const uint8_t *frame, uint32_t length) {
  const uint8_t flags = frame[AT_FLAGS];
  const bool is_sequenced = (flags & PRAKAT_FLAG_SEQUENCED) != 0u;
  board->done_sequence = frame[AT_SEQUENCE];
  board->done_sequenced = is_sequenced;
  if (frame[AT_MAJOR] != PRAKAT_MAJOR) {
    prakat_say_error(board, PRAKAT_ERROR_OTHER_VERSION, frame[AT_TYPE]);
  } else if (!is_sequenced) {
    board->has_answered = false;
    do_frame(board, frame, length);
    if (!board->has_answered) prakat_say_ack(board);
  } else if (frame[AT_ADDRESS] == PRAKAT_EVERY_BOARD) {
    return;
  } else if (board->session == 0u) {
    prakat_say_error(board, PRAKAT_ERROR_NO_SESSION, frame[AT_TYPE]);
  } else {
    take(board, frame, length);
    board->done_sequence = frame[AT_SEQUENCE];
    board->done_sequenced = true;
    if ((flags & PRAKAT_FLAG_POLL) != 0u) prakat_say_ack(board);
  }
}

static void do_afterwards(prakat_board *board) {
  const prakat_afterwards what = board->afterwards;
  board->afterwards = PRAKAT_THEN_NOTHING;
  if (what == PRAKAT_THEN_RATE) {
    board->rate.baud = board->rate_to_be;
    board->rate.heard_at = board->now;
    prakat_hal_rate(board->rate_to_be);
  } else if (what == PRAKAT_THEN_RESTART) {
    power_up(board);
    prakat_hal_restart();
  }
}

static void hear(prakat_board *board, const uint8_t *frame, uint32_t length) {
  const uint8_t flags = frame[AT_FLAGS];
  const uint8_t address = frame[AT_ADDRESS];
  if ((flags & PRAKAT_FLAG_FROM_BOARD) != 0u) return;
  if (address != PRAKAT_ADDRESS && address != PRAKAT_EVERY_BOARD) return;
  board->silence.heard_at = board->now;
  board->rate.heard_at = board->now;
  board->is_mute = address == PRAKAT_EVERY_BOARD;
  board->speaks_now = (flags & PRAKAT_FLAG_POLL) != 0u;
  answer(board, frame, length);
  do_afterwards(board);
}

void prakat_board_push(prakat_board *board, const uint8_t *bytes, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const prakat_decoded decoded = prakat_decoder_push(&board->decoder, bytes[i]);
    if (decoded == PRAKAT_DISCARDED) board->discarded++;
    if (decoded != PRAKAT_FRAME) continue;
    hear(board, board->decoder.bytes, board->decoder.count);
    board->decoder.count = 0;
  }
}

void prakat_board_tick(prakat_board *board, uint32_t now) {
  const prakat_silence *silence = &board->silence;
  board->now = now;
  prakat_amplifier_tick(board);
  prakat_marquee_tick(board);
  if (board->rate.baud != PRAKAT_FIRST_RATE && now - board->rate.heard_at >= PRAKAT_RATE_SILENCE_MS) {
    board->rate.baud = PRAKAT_FIRST_RATE;
    prakat_hal_rate(PRAKAT_FIRST_RATE);
  }
  if (silence->after_seconds > 0u && silence->page_crc != 0u && !board->pages.shows_fallback &&
      now - silence->heard_at >= 1000u * (uint32_t)silence->after_seconds)
    prakat_pages_fall_back(board);
}
