#ifndef PRAKAT_AMPLIFIER_H
#define PRAKAT_AMPLIFIER_H

#include "prakat_board.h"

/* The relay and its watchdog (SPEC 8): whatever else happens, it is never on beyond what it was told. */
void prakat_amplifier_switch(prakat_board *board, bool is_on, uint16_t limit_seconds);
void prakat_amplifier_tick(prakat_board *board);

#endif
