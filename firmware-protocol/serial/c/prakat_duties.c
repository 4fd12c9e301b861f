#include "prakat_duties.h"

#include <string.h>

#include "prakat_amplifier.h"
#include "prakat_hal.h"
#include "prakat_marquee.h"
#include "prakat_pages.h"
#include "prakat_update.h"
#include "prakat_voice.h"

/* A frame's body, of at least its fewest bytes. */
typedef struct {
  const uint8_t *at;
  size_t count;
} body;

static uint8_t u8(const body *b, size_t at) { return b->at[at]; }
static uint16_t u16(const body *b, size_t at) { return (uint16_t)(((uint32_t)b->at[at] << 8) | b->at[at + 1u]); }
static uint32_t u32(const body *b, size_t at) { return ((uint32_t)u16(b, at) << 16) | u16(b, at + 2u); }

/* ---- system ---- */

static void say_text(prakat_board *board, const char *text) {
  const size_t count = strlen(text);
  prakat_say8(board, (uint32_t)count);
  prakat_say_bytes(board, (const uint8_t *)text, count);
}

static uint8_t do_hello(prakat_board *board, const body *b) {
  uint8_t id[8];
  /* SPEC 6: in the window it would end the window that it stands in. */
  if (board->done_sequenced || u32(b, 1) == 0u) return PRAKAT_ERROR_BAD_BODY;
  board->session = u32(b, 1);
  board->window.expected = 0;
  board->window.held = 0;
  board->unsaid_bytes = 0;
  board->marquee.is_armed = false;
  prakat_pages_forget_drawn(board);
  prakat_hal_id(id);
  prakat_say_begin(board, PRAKAT_ID_WELCOME);
  prakat_say8(board, PRAKAT_MINOR);
  prakat_say32(board, board->session);
  prakat_say_bytes(board, id, sizeof(id));
  prakat_say16(board, PRAKAT_FITTED);
  prakat_say16(board, PRAKAT_ENCODINGS);
  prakat_say16(board, PRAKAT_WIDTH);
  prakat_say16(board, PRAKAT_HEIGHT);
  prakat_say16(board, PRAKAT_BODY_BYTES);
  prakat_say8(board, PRAKAT_WINDOW);
  prakat_say8(board, PRAKAT_HOLDS);
  say_text(board, PRAKAT_FIRMWARE);
  prakat_say8(board, PRAKAT_DEPTH);
  prakat_say16(board, PRAKAT_RATES);
  prakat_say8(board, PRAKAT_SLOTS);
  prakat_say32(board, PRAKAT_HAS(MARQUEE) ? PRAKAT_STRIP_PIXELS : 0u);
  prakat_say_end(board);
  return 0;
}

static uint8_t do_ping(prakat_board *board, const body *b) {
  prakat_say_begin(board, PRAKAT_ID_PONG);
  prakat_say32(board, u32(b, 0));
  prakat_say32(board, board->session);
  prakat_say_end(board);
  return 0;
}

static uint8_t do_probe(prakat_board *board, const body *b) {
  const uint32_t token = u32(b, 0);
  const uint32_t back = u16(b, 4);
  if (6u + back > PRAKAT_BODY_BYTES) return PRAKAT_ERROR_BAD_BODY;
  prakat_say_begin(board, PRAKAT_ID_PROBED);
  prakat_say32(board, token);
  prakat_say16(board, (uint32_t)(b->count - 6u));
  for (uint32_t i = 0; i < back; i++) prakat_say8(board, token + i);
  prakat_say_end(board);
  return 0;
}

static uint8_t do_reset(prakat_board *board, const body *b) {
  if (u8(b, 0) == PRAKAT_RESET_DISPLAY) prakat_pages_clear(board);
  else if (u8(b, 0) == PRAKAT_RESET_BOARD) board->afterwards = PRAKAT_THEN_RESTART;
  else return PRAKAT_ERROR_BAD_BODY;
  return 0;
}

static uint8_t do_clock_set(prakat_board *board, const body *b) {
  if (u16(b, 4) >= 1000u) return PRAKAT_ERROR_BAD_BODY;
  board->clock.is_set = true;
  board->clock.set_at = board->now;
  board->clock.seconds = u32(b, 0);
  board->clock.milliseconds = u16(b, 4);
  return 0;
}

static uint8_t do_clock_ask(prakat_board *board, const body *b) {
  const prakat_clock *clock = &board->clock;
  const uint32_t since = board->now - clock->set_at;
  const uint32_t milliseconds = clock->milliseconds + since % 1000u;
  (void)b;
  prakat_say_begin(board, PRAKAT_ID_CLOCK_STATE);
  prakat_say8(board, clock->is_set ? PRAKAT_CLOCK_SET : PRAKAT_CLOCK_UNSET);
  prakat_say32(board, clock->is_set ? clock->seconds + since / 1000u + milliseconds / 1000u : 0u);
  prakat_say16(board, clock->is_set ? milliseconds % 1000u : 0u);
  prakat_say_end(board);
  return 0;
}

static bool has_rate(uint32_t baud) {
  static const uint32_t BAUDS[] = PRAKAT_RATE_BAUDS;
  if (baud == PRAKAT_FIRST_RATE) return true;
  for (uint32_t i = 0; i < sizeof(BAUDS) / sizeof(BAUDS[0]); i++)
    if (BAUDS[i] == baud) return (PRAKAT_RATES & (1u << i)) != 0u;
  return false;
}

static uint8_t do_line_rate_offer(prakat_board *board, const body *b) {
  if (!has_rate(u32(b, 0))) return PRAKAT_ERROR_OUT_OF_BOUNDS;
  board->rate_to_be = u32(b, 0);
  board->afterwards = PRAKAT_THEN_RATE;
  prakat_say_begin(board, PRAKAT_ID_LINE_RATE_STATE);
  prakat_say32(board, board->rate_to_be);
  prakat_say_end(board);
  return 0;
}

/* ---- display ---- */

static uint8_t draw_on(prakat_board *board, prakat_surface surface, const body *b) {
  const prakat_place place = {u16(b, 0), u16(b, 2), u16(b, 4), u16(b, 6)};
  const uint8_t encoding = u8(b, 8);
  if (encoding > PRAKAT_DRAWN_AS_DEFLATE) return PRAKAT_ERROR_BAD_BODY;
  return prakat_draw(&surface, &place, encoding, b->at + 9, b->count - 9u, &board->scratch);
}

static uint8_t do_draw_region(prakat_board *board, const body *b) {
  return draw_on(board, prakat_page(board->pages.drawn), b);
}

static uint8_t do_commit(prakat_board *board, const body *b) { return prakat_pages_commit(board, u32(b, 0)); }

static uint8_t do_page_store(prakat_board *board, const body *b) {
  return prakat_pages_store(board, u8(b, 0), u32(b, 1));
}

static uint8_t do_page_recall(prakat_board *board, const body *b) {
  return prakat_pages_recall(board, u8(b, 0), u32(b, 1));
}

static uint8_t do_strip_begin(prakat_board *board, const body *b) {
  return prakat_marquee_begin(board, u16(b, 0), u16(b, 2));
}

static uint8_t do_strip_draw(prakat_board *board, const body *b) { return draw_on(board, prakat_strip(board), b); }

static uint8_t do_marquee_run(prakat_board *board, const body *b) {
  const prakat_run run = {u32(b, 0), u16(b, 4), u16(b, 6), u16(b, 8), u8(b, 10), u8(b, 11), u16(b, 12), u16(b, 14)};
  return prakat_marquee_arm(board, &run);
}

static uint8_t do_marquee_stop(prakat_board *board, const body *b) {
  (void)b;
  prakat_marquee_stop(board);
  return 0;
}

static uint8_t do_brightness(prakat_board *board, const body *b) {
  board->lamps.brightness = u8(b, 0);
  prakat_hal_brightness(board->lamps.brightness);
  return 0;
}

static uint8_t do_blank(prakat_board *board, const body *b) {
  if (u8(b, 0) > PRAKAT_LAMPS_DARK) return PRAKAT_ERROR_BAD_BODY;
  board->lamps.is_dark = u8(b, 0) == PRAKAT_LAMPS_DARK;
  prakat_hal_shown();
  return 0;
}

static uint8_t do_test_pattern(prakat_board *board, const body *b) {
  if (u8(b, 0) > PRAKAT_PATTERN_RAMP) return PRAKAT_ERROR_BAD_BODY;
  board->lamps.pattern = u8(b, 0);
  board->lamps.at = u16(b, 1);
  prakat_hal_shown();
  return 0;
}

static uint8_t do_fallback_store(prakat_board *board, const body *b) {
  if (prakat_page_crc(board->pages.drawn) != u32(b, 0)) return PRAKAT_ERROR_PAGE_DIFFERS;
  board->silence.page_crc = u32(b, 0);
  prakat_hal_keep_fallback(board->pages.drawn, board->silence.page_crc);
  return 0;
}

static uint8_t do_fallback_rule(prakat_board *board, const body *b) {
  board->silence.after_seconds = u16(b, 0);
  prakat_hal_keep_rule(board->silence.after_seconds);
  return 0;
}

/* ---- amplifier ---- */

static uint8_t do_amplifier_power(prakat_board *board, const body *b) {
  if (u8(b, 0) > PRAKAT_POWER_ON || u16(b, 1) == 0u) return PRAKAT_ERROR_BAD_BODY;
  prakat_amplifier_switch(board, u8(b, 0) == PRAKAT_POWER_ON, u16(b, 1));
  return 0;
}

static uint8_t do_amplifier_ask(prakat_board *board, const body *b) {
  const prakat_amplifier *amplifier = &board->amplifier;
  (void)b;
  prakat_say_begin(board, PRAKAT_ID_AMPLIFIER_STATE);
  prakat_say8(board, amplifier->is_on ? PRAKAT_POWER_ON : PRAKAT_POWER_OFF);
  prakat_say8(board, PRAKAT_HAS(AMPLIFIER_SENSE) ? prakat_hal_relay_sensed() : PRAKAT_SENSED_UNKNOWN);
  prakat_say32(board, amplifier->is_on ? board->now - amplifier->on_since : 0u);
  prakat_say16(board, amplifier->limit_trips);
  prakat_say_end(board);
  return 0;
}

static uint8_t do_amplifier_gain(prakat_board *board, const body *b) {
  (void)board;
  prakat_hal_gain((int16_t)u16(b, 0));
  return 0;
}

static uint8_t do_amplifier_measure_ask(prakat_board *board, const body *b) {
  struct prakat_amplifier_measure measure = {0, 0, 0, 0, 0, 0};
  (void)b;
  prakat_hal_measure_amplifier(&measure);
  prakat_say_begin(board, PRAKAT_ID_AMPLIFIER_MEASURE);
  prakat_say16(board, measure.known);
  prakat_say16(board, (uint16_t)measure.level);
  prakat_say16(board, measure.current);
  prakat_say16(board, (uint16_t)measure.temperature);
  prakat_say16(board, measure.supply);
  prakat_say16(board, measure.faults);
  prakat_say_end(board);
  return 0;
}

/* ---- status ---- */

static uint8_t do_status_ask(prakat_board *board, const body *b) {
  uint8_t showing = board->pages.shows_fallback ? PRAKAT_SHOWING_FALLBACK : PRAKAT_SHOWING_PAGE;
  (void)b;
  if (board->lamps.pattern != PRAKAT_PATTERN_NONE) showing = PRAKAT_SHOWING_PATTERN;
  prakat_say_begin(board, PRAKAT_ID_STATUS);
  prakat_say32(board, prakat_page_crc(board->pages.shown));
  prakat_say32(board, prakat_page_crc(board->pages.drawn));
  prakat_say32(board, board->pages.pages);
  prakat_say32(board, (board->now - board->started_at) / 1000u);
  prakat_say32(board, board->discarded);
  prakat_say8(board, showing);
  prakat_say8(board, board->lamps.is_dark ? PRAKAT_LAMPS_DARK : PRAKAT_LAMPS_LIT);
  prakat_say8(board, board->lamps.brightness);
  prakat_say32(board, prakat_marquee_crc(board));
  prakat_say32(board, board->marquee.runs ? board->marquee.offset : 0u);
  prakat_say32(board, board->silence.page_crc);
  prakat_say16(board, board->silence.after_seconds);
  prakat_say_end(board);
  return 0;
}

static uint8_t do_measure_ask(prakat_board *board, const body *b) {
  struct prakat_measure measure = {0, 0, 0, 0};
  (void)b;
  prakat_hal_measure(&measure);
  prakat_say_begin(board, PRAKAT_ID_MEASURE);
  prakat_say16(board, measure.known);
  prakat_say16(board, (uint16_t)measure.temperature);
  prakat_say16(board, measure.light);
  prakat_say16(board, measure.supply);
  prakat_say_end(board);
  return 0;
}

static uint8_t do_module_faults_ask(prakat_board *board, const body *b) {
  uint8_t bits[(PRAKAT_MODULE_COLUMNS * PRAKAT_MODULE_ROWS + 7u) / 8u];
  (void)b;
  memset(bits, 0, sizeof(bits));
  prakat_hal_module_faults(bits);
  prakat_say_begin(board, PRAKAT_ID_MODULE_FAULTS);
  prakat_say8(board, PRAKAT_MODULE_COLUMNS);
  prakat_say8(board, PRAKAT_MODULE_ROWS);
  prakat_say_bytes(board, bits, sizeof(bits));
  prakat_say_end(board);
  return 0;
}

/* ---- update ---- */

static uint8_t do_update_begin(prakat_board *board, const body *b) { return prakat_update_begin(board, b->at); }

static uint8_t do_update_block(prakat_board *board, const body *b) {
  return prakat_update_block(board, u32(b, 0), b->at + 4, b->count - 4u);
}

static uint8_t do_update_ask(prakat_board *board, const body *b) {
  const prakat_update *update = &board->update;
  (void)b;
  prakat_say_begin(board, PRAKAT_ID_UPDATE_STATE);
  prakat_say8(board, update->state);
  prakat_say_bytes(board, update->digest, sizeof(update->digest));
  prakat_say32(board, update->bytes);
  prakat_say32(board, update->received);
  prakat_say32(board, prakat_hal_running_version());
  prakat_say_end(board);
  return 0;
}

static uint8_t do_update_activate(prakat_board *board, const body *b) {
  const uint8_t error = prakat_update_activate(board, b->at);
  if (error == 0u) board->afterwards = PRAKAT_THEN_RESTART;
  return error;
}

/* ---- the table ---- */

typedef struct {
  uint8_t id;
  uint8_t fewest;
  uint16_t needs;
  uint8_t (*duty)(prakat_board *board, const body *b);
} row;

/* A duty that this board does not have takes no flash either: its row names none. */
#define ROW(name, frame_id, fewest_bytes, needed) \
  {frame_id, fewest_bytes, needed, ((needed) & ~PRAKAT_FITTED) == 0u ? do_##name : NULL},
static const row ROWS[] = {PRAKAT_HOST_FRAMES(ROW)};
#undef ROW

uint8_t prakat_do(prakat_board *board, uint8_t type, const uint8_t *bytes, size_t count) {
  const body b = {bytes, count};
  for (size_t i = 0; i < sizeof(ROWS) / sizeof(ROWS[0]); i++) {
    if (ROWS[i].id != type) continue;
    if (ROWS[i].duty == NULL) return PRAKAT_ERROR_NOT_FITTED;
    if (count < ROWS[i].fewest) return PRAKAT_ERROR_BAD_BODY;
    return ROWS[i].duty(board, &b);
  }
  return PRAKAT_ERROR_UNKNOWN_TYPE;
}
