#define _POSIX_C_SOURCE 200809L
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../prakat_marquee.h"
#include "../prakat_pages.h"
#include "host.h"

/*
 * Messages both ways: a letter, four bytes of length (big endian), so many bytes.
 *   in:  B bytes off the line · T time, ms · R power lost and back · N as new · Q what: `l` lit, `s` shown, `d` drawn,
 *        `v` what stands in memory, `a` all four: v, s, d, l
 *        W the world: `measure` and `amplifier-measure` (while on) as in their frames, stuck contact, byte of the page that is faulty,
 *        modules that are broken
 *   out: O bytes for the line · P pixels of a page that has just been shown · E event, value · A the answer to Q
 *        D done, after every message
 * In real time the clock of the machine takes the place of T, and nothing says D.
 */
#define MOST_BYTES 65536u
#define TICK_MS 1
#define WORLD_HEAD_BYTES 25u

static bool is_real_time_now;

static void send(char letter, const uint8_t *bytes, size_t count) {
  const uint8_t head[5] = {(uint8_t)letter, (uint8_t)(count >> 24), (uint8_t)(count >> 16), (uint8_t)(count >> 8), (uint8_t)count};
  (void)fwrite(head, 1, sizeof(head), stdout);
  if (count > 0u) (void)fwrite(bytes, 1, count, stdout);
}

static void speak_on_pipe(const uint8_t *bytes, size_t count) { send('O', bytes, count); }

static void tell_on_pipe(host_event event, uint32_t value) {
  if (event == HOST_SHOWN) send('P', host.board.pages.shown, PRAKAT_PAGE_BYTES);
  const uint8_t told[5] = {(uint8_t)event, (uint8_t)(value >> 24), (uint8_t)(value >> 16), (uint8_t)(value >> 8), (uint8_t)value};
  send('E', told, sizeof(told));
}

static uint32_t real_ms(void) {
  struct timespec now;
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint32_t)((uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u);
}

static uint32_t u32(const uint8_t *at) {
  return ((uint32_t)at[0] << 24) | ((uint32_t)at[1] << 16) | ((uint32_t)at[2] << 8) | at[3];
}

static uint16_t u16(const uint8_t *at) { return (uint16_t)(((uint32_t)at[0] << 8) | at[1]); }

static uint8_t *put32(uint8_t *at, uint32_t value) {
  for (uint32_t shift = 32; shift > 0u; shift -= 8u) *at++ = (uint8_t)(value >> (shift - 8u));
  return at;
}

/* What stands in the board's memory now, without asking it over the line. */
static void answer_state(void) {
  uint8_t state[4u * 8u + 4u];
  uint8_t *at = put32(state, prakat_page_crc(host.board.pages.shown));
  at = put32(at, prakat_page_crc(host.board.pages.drawn));
  at = put32(at, host.board.pages.pages);
  at = put32(at, host.board.discarded);
  at = put32(at, prakat_marquee_crc(&host.board));
  at = put32(at, host.board.marquee.runs ? host.board.marquee.offset : 0u);
  at = put32(at, host.board.silence.page_crc);
  at = put32(at, host.board.silence.after_seconds);
  *at++ = host.board.pages.shows_fallback ? 1u : 0u;
  *at++ = host.board.lamps.is_dark ? 1u : 0u;
  *at++ = host.board.lamps.brightness;
  *at = host.board.lamps.pattern;
  send('A', state, sizeof(state));
}

static void answer(uint8_t what) {
  static uint8_t pixels[PRAKAT_ROOM(PRAKAT_PAGE_BYTES)];
  if (what == 'v') {
    answer_state();
    return;
  }
  if (what == 'l') host_lit(pixels);
  else memcpy(pixels, what == 's' ? host.board.pages.shown : host.board.pages.drawn, PRAKAT_PAGE_BYTES);
  send('A', pixels, PRAKAT_PAGE_BYTES);
}

static void answer_all(uint8_t what) {
  static const char ALL[] = "vsdl";
  if (what != 'a') answer(what);
  else for (const char *each = ALL; *each != '\0'; each++) answer((uint8_t)*each);
}

static void set_world(const uint8_t *b) {
  const struct prakat_measure measure = {u16(b), (int16_t)u16(b + 2), u16(b + 4), u16(b + 6)};
  const struct prakat_amplifier_measure amplifier = {u16(b + 8),           (int16_t)u16(b + 10), u16(b + 12),
                                                     (int16_t)u16(b + 14), u16(b + 16),          u16(b + 18)};
  host.measure = measure;
  host.amplifier = amplifier;
  host.stuck = b[20];
  host.faulty_byte = u32(b + 21);
  memcpy(host.module_faults, b + WORLD_HEAD_BYTES, HOST_MODULE_BYTES);
}

static void take(char letter, const uint8_t *bytes, size_t count) {
  switch (letter) {
    case 'B': prakat_board_push(&host.board, bytes, count); break;
    case 'T': if (count == 4u) prakat_board_tick(&host.board, u32(bytes)); break;
    case 'R': host_lose_power(); break;
    case 'N': host_as_new(); break;
    case 'Q': if (count == 1u) answer_all(bytes[0]); break;
    case 'W': if (count == WORLD_HEAD_BYTES + HOST_MODULE_BYTES) set_world(bytes); break;
    default: break;
  }
  if (!is_real_time_now) send('D', NULL, 0);
  (void)fflush(stdout);
}

/* Whole messages out of what has come; the bytes that are left. */
static size_t take_whole(uint8_t *held, size_t count) {
  size_t at = 0;
  while (count - at >= 5u && u32(held + at + 1) <= MOST_BYTES && count - at - 5u >= u32(held + at + 1)) {
    const size_t length = u32(held + at + 1);
    take((char)held[at], held + at + 5, length);
    at += 5u + length;
  }
  memmove(held, held + at, count - at);
  return count - at;
}

int host_on_pipes(bool is_real_time) {
  static uint8_t held[2u * (MOST_BYTES + 5u)];
  size_t count = 0;
  struct pollfd input = {STDIN_FILENO, POLLIN, 0};
  is_real_time_now = is_real_time;
  host_speaks = speak_on_pipe;
  host_tells = tell_on_pipe;
  prakat_board_start(&host.board, is_real_time ? real_ms() : 0u);
  (void)fflush(stdout);
  for (;;) {
    const int ready = poll(&input, 1, is_real_time ? TICK_MS : -1);
    if (is_real_time) prakat_board_tick(&host.board, real_ms());
    (void)fflush(stdout);
    if (ready <= 0) continue;
    const ssize_t got = read(STDIN_FILENO, held + count, sizeof(held) - count);
    if (got <= 0) return 0;
    count = take_whole(held, count + (size_t)got);
  }
}
