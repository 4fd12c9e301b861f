#include "prakat_amplifier.h"

#include "prakat_hal.h"

void prakat_amplifier_switch(prakat_board *board, bool is_on, uint16_t limit_seconds) {
  prakat_amplifier *amplifier = &board->amplifier;
  amplifier->told_at = board->now;
  amplifier->limit_ms = 1000u * (uint32_t)limit_seconds;
  if (is_on == amplifier->is_on) return;
  amplifier->is_on = is_on;
  amplifier->on_since = board->now;
  prakat_hal_relay(is_on);
}

void prakat_amplifier_tick(prakat_board *board) {
  prakat_amplifier *amplifier = &board->amplifier;
  if (!amplifier->is_on || board->now - amplifier->told_at < amplifier->limit_ms) return;
  amplifier->is_on = false;
  amplifier->limit_trips++;
  prakat_hal_relay(false);
}
