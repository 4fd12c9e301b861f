#include "prakat_marquee.h"

#define LIT 0xffffu

/* SPEC 8, the patterns. */
static uint16_t pattern_pixel(const prakat_lamps *lamps, uint16_t x, uint16_t y) {
  const uint16_t grey = (uint16_t)(32u * x / PRAKAT_ROOM(PRAKAT_WIDTH));
  const bool is_even = ((uint32_t)x + y) % 2u == 0u;
  switch (lamps->pattern) {
    case PRAKAT_PATTERN_RED: return 0xf800u;
    case PRAKAT_PATTERN_GREEN: return 0x07e0u;
    case PRAKAT_PATTERN_BLUE: return 0x001fu;
    case PRAKAT_PATTERN_WHITE: return LIT;
    case PRAKAT_PATTERN_CHECKER: return is_even ? LIT : 0u;
    case PRAKAT_PATTERN_CHECKER_INVERSE: return is_even ? 0u : LIT;
    case PRAKAT_PATTERN_COLUMN: return x == lamps->at ? LIT : 0u;
    case PRAKAT_PATTERN_ROW: return y == lamps->at ? LIT : 0u;
    case PRAKAT_PATTERN_RAMP: return (uint16_t)(((uint32_t)grey << 11) | ((uint32_t)grey << 6) | grey);
    default: return 0;
  }
}

/* SPEC 7: what lamps of fewer colours make of RGB565. */
static uint16_t shine(uint16_t pixel) {
  if (PRAKAT_DEPTH == PRAKAT_DEPTH_MONO) return (pixel & 0x8410u) != 0u ? LIT : 0u;
  if (PRAKAT_DEPTH == PRAKAT_DEPTH_RGB111)
    return (uint16_t)(((pixel & 0x8000u) != 0u ? 0xf800u : 0u) | ((pixel & 0x0400u) != 0u ? 0x07e0u : 0u) |
                      ((pixel & 0x0010u) != 0u ? 0x001fu : 0u));
  return pixel;
}

uint16_t prakat_lit(const prakat_board *board, uint16_t x, uint16_t y) {
  uint16_t pixel = 0;
  if (board->lamps.is_dark) return 0;
  if (board->lamps.pattern != PRAKAT_PATTERN_NONE) return shine(pattern_pixel(&board->lamps, x, y));
  if (prakat_marquee_pixel(board, x, y, &pixel)) return shine(pixel);
  const uint8_t *at = board->pages.shown + 2u * ((uint32_t)y * PRAKAT_WIDTH + x);
  return shine((uint16_t)(((uint32_t)at[0] << 8) | at[1]));
}
