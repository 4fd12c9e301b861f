#include "prakat_pages.h"

#include <string.h>

#include "prakat_crc32.h"
#include "prakat_hal.h"
#include "prakat_marquee.h"

prakat_surface prakat_page(uint8_t *bytes) {
  const prakat_surface page = {bytes, PRAKAT_WIDTH, PRAKAT_HEIGHT};
  return page;
}

uint32_t prakat_page_crc(const uint8_t *bytes) { return prakat_crc32(bytes, PRAKAT_PAGE_BYTES); }

uint8_t prakat_pages_commit(prakat_board *board, uint32_t crc) {
  if (prakat_page_crc(board->pages.drawn) != crc) return PRAKAT_ERROR_PAGE_DIFFERS;
  memcpy(board->pages.shown, board->pages.drawn, PRAKAT_PAGE_BYTES);
  board->pages.shows_fallback = false;
  board->pages.pages++;
  board->lamps.pattern = PRAKAT_PATTERN_NONE;
  prakat_marquee_committed(board);
  prakat_hal_shown();
  return 0;
}

uint8_t prakat_pages_store(prakat_board *board, uint8_t slot, uint32_t crc) {
  if ((uint32_t)slot + 1u > PRAKAT_SLOTS) return PRAKAT_ERROR_OUT_OF_BOUNDS;
  if (prakat_page_crc(board->pages.drawn) != crc) return PRAKAT_ERROR_PAGE_DIFFERS;
  memcpy(board->pages.slots[slot], board->pages.drawn, PRAKAT_SLOTS > 0u ? PRAKAT_PAGE_BYTES : 0u);
  board->pages.is_kept[slot] = true;
  return 0;
}

uint8_t prakat_pages_recall(prakat_board *board, uint8_t slot, uint32_t crc) {
  if ((uint32_t)slot + 1u > PRAKAT_SLOTS) return PRAKAT_ERROR_OUT_OF_BOUNDS;
  if (!board->pages.is_kept[slot] || prakat_page_crc(board->pages.slots[slot]) != crc) return PRAKAT_ERROR_PAGE_DIFFERS;
  memcpy(board->pages.drawn, board->pages.slots[slot], PRAKAT_SLOTS > 0u ? PRAKAT_PAGE_BYTES : 0u);
  return 0;
}

void prakat_pages_forget_drawn(prakat_board *board) {
  memcpy(board->pages.drawn, board->pages.shown, PRAKAT_PAGE_BYTES);
}

void prakat_pages_fall_back(prakat_board *board) {
  if (!prakat_hal_recall_fallback(board->pages.shown)) return;
  prakat_pages_forget_drawn(board);
  board->pages.shows_fallback = true;
  board->lamps.pattern = PRAKAT_PATTERN_NONE;
  board->lamps.is_dark = false;
  prakat_marquee_stop(board);
  prakat_hal_shown();
}

void prakat_pages_clear(prakat_board *board) {
  memset(board->pages.shown, 0, sizeof(board->pages.shown));
  memset(board->pages.drawn, 0, sizeof(board->pages.drawn));
  board->pages.shows_fallback = false;
  board->lamps.pattern = PRAKAT_PATTERN_NONE;
  prakat_marquee_stop(board);
  prakat_hal_shown();
}
