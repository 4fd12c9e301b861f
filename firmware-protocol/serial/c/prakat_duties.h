#ifndef PRAKAT_DUTIES_H
#define PRAKAT_DUTIES_H

#include "prakat_board.h"

/* Does what a frame asks, and answers what it asks for. 0, or the error that it deserves (SPEC 10). */
uint8_t prakat_do(prakat_board *board, uint8_t type, const uint8_t *body, size_t count);

#endif
