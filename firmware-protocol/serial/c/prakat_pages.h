#ifndef PRAKAT_PAGES_H
#define PRAKAT_PAGES_H

#include "prakat_board.h"

/* Two pages and the slots (SPEC 7). Errors: 0, PAGE_DIFFERS, OUT_OF_BOUNDS. */
prakat_surface prakat_page(uint8_t *bytes);
uint32_t prakat_page_crc(const uint8_t *bytes);
uint8_t prakat_pages_commit(prakat_board *board, uint32_t crc);
uint8_t prakat_pages_store(prakat_board *board, uint8_t slot, uint32_t crc);
uint8_t prakat_pages_recall(prakat_board *board, uint8_t slot, uint32_t crc);
/* A new session: what was drawn and not shown is forgotten. */
void prakat_pages_forget_drawn(prakat_board *board);
/* The page of a board to which nobody speaks. */
void prakat_pages_fall_back(prakat_board *board);
void prakat_pages_clear(prakat_board *board);

#endif
