#include "../prakat_board.h"
#include "../prakat_hal.h"

/*
 * The core on a microcontroller without any hardware: what it costs is measured with this (SPEC 13), and a maker of a board
 * begins with it. The memory of a device behind each function is his; here it is one volatile byte.
 */

static volatile uint8_t line;
static volatile uint32_t lamps;
static prakat_board board;

void prakat_hal_id(uint8_t id[8]) {
  for (uint32_t i = 0; i < 8u; i++) id[i] = line;
}
void prakat_hal_write(const uint8_t *bytes, size_t count) {
  for (size_t i = 0; i < count; i++) line = bytes[i];
}
void prakat_hal_rate(uint32_t baud) { lamps = baud; }
void prakat_hal_restart(void) {}
void prakat_hal_shown(void) {}
void prakat_hal_brightness(uint8_t level) { line = level; }
void prakat_hal_keep_fallback(const uint8_t *page, uint32_t crc) { lamps = page[0] + crc; }
bool prakat_hal_recall_fallback(uint8_t *page) {
  page[0] = line;
  return true;
}
void prakat_hal_keep_rule(uint16_t after_seconds) { lamps = after_seconds; }
void prakat_hal_kept(uint32_t *crc, uint16_t *after_seconds) {
  *crc = lamps;
  *after_seconds = line;
}
void prakat_hal_relay(bool on) { line = on ? 1u : 0u; }
uint8_t prakat_hal_relay_sensed(void) { return line; }
void prakat_hal_gain(int16_t gain) { lamps = (uint16_t)gain; }
void prakat_hal_measure_amplifier(struct prakat_amplifier_measure *measure) { measure->known = line; }
void prakat_hal_measure(struct prakat_measure *measure) { measure->known = line; }
void prakat_hal_module_faults(uint8_t *bits) { bits[0] = line; }
bool prakat_hal_verify(const uint8_t *message, size_t count, const uint8_t signature[64]) {
  return message[0] == signature[0] && count == line;
}
uint32_t prakat_hal_running_version(void) { return lamps; }
void prakat_hal_image_begin(uint32_t bytes) { lamps = bytes; }
void prakat_hal_image_write(uint32_t offset, const uint8_t *bytes, size_t count) { lamps = offset + bytes[0] + count; }
void prakat_hal_image_read(uint32_t offset, uint8_t *bytes, size_t count) { bytes[0] = (uint8_t)(offset + count); }
void prakat_hal_image_activate(uint32_t version) { lamps = version; }

int main(void) {
  prakat_board_start(&board, 0);
  for (uint32_t now = 0;; now++) {
    const uint8_t byte = line;
    prakat_board_push(&board, &byte, 1);
    prakat_board_tick(&board, now);
    lamps = prakat_lit(&board, (uint16_t)(now % PRAKAT_WIDTH), (uint16_t)(now % PRAKAT_HEIGHT));
  }
}
