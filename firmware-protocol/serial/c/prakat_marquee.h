#ifndef PRAKAT_MARQUEE_H
#define PRAKAT_MARQUEE_H

#include "prakat_board.h"

/* The strip and its run through a window of the page (SPEC 7, the marquee). */
prakat_surface prakat_strip(prakat_board *board);
uint8_t prakat_marquee_begin(prakat_board *board, uint16_t width, uint16_t height);
/* 0, PAGE_DIFFERS, OUT_OF_BOUNDS, BAD_BODY. */
uint8_t prakat_marquee_arm(prakat_board *board, const prakat_run *run);
void prakat_marquee_committed(prakat_board *board);
void prakat_marquee_stop(prakat_board *board);
void prakat_marquee_tick(prakat_board *board);
/* CRC of the strip that runs or rests; 0 = none. */
uint32_t prakat_marquee_crc(prakat_board *board);
/* True = it covers this place of the page, and `pixel` is what it shows there. */
bool prakat_marquee_pixel(const prakat_board *board, uint16_t x, uint16_t y, uint16_t *pixel);

#endif
