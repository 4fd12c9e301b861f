#ifndef PRAKAT_UPDATE_H
#define PRAKAT_UPDATE_H

#include "prakat_board.h"

/* New firmware (SPEC 9). Errors as there; 0 = done. */
uint8_t prakat_update_begin(prakat_board *board, const uint8_t *body);
uint8_t prakat_update_block(prakat_board *board, uint32_t offset, const uint8_t *data, size_t count);
uint8_t prakat_update_activate(prakat_board *board, const uint8_t digest[32]);

#endif
