#ifndef PRAKAT_VOICE_H
#define PRAKAT_VOICE_H

#include "prakat_board.h"

/* Answers to the frame that is being done, field by field. On a shared pair they are kept until the board is polled. */
void prakat_say_begin(prakat_board *board, uint8_t type);
void prakat_say_bytes(prakat_board *board, const uint8_t *bytes, size_t count);
void prakat_say8(prakat_board *board, uint32_t value);
void prakat_say16(prakat_board *board, uint32_t value);
void prakat_say32(prakat_board *board, uint32_t value);
void prakat_say_end(prakat_board *board);

void prakat_say_error(prakat_board *board, uint8_t code, uint8_t about);
void prakat_say_ack(prakat_board *board);

#endif
