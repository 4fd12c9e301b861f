/*
 * What the maker of a board writes: a few functions over the real hardware. All are called from prakat_board_push() and
 * prakat_board_tick(), never from interrupts, and must come back soon.
 */
#ifndef PRAKAT_HAL_H
#define PRAKAT_HAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- always ---- */

/* Eight bytes, unique to this board for its life. */
void prakat_hal_id(uint8_t id[8]);
/* Queues bytes for the line; waits while the queue is full. On a shared pair it switches the driver on and off. */
void prakat_hal_write(const uint8_t *bytes, size_t count);
/* Another rate, once all that was written has left. */
void prakat_hal_rate(uint32_t baud);
/* Starts the whole board anew, if it can; the core starts itself anew in any case. */
void prakat_hal_restart(void);

/* ---- display ---- */

/* The next frame of the lamps shows something else: prakat_lit() tells each lamp. */
void prakat_hal_shown(void);
void prakat_hal_brightness(uint8_t level);

/* ---- fallback: over a loss of power ---- */

void prakat_hal_keep_fallback(const uint8_t *page, uint32_t crc);
/* False = there is none. */
bool prakat_hal_recall_fallback(uint8_t *page);
void prakat_hal_keep_rule(uint16_t after_seconds);
/* CRC of the page (0 = none) and the rule as kept; called at the start. */
void prakat_hal_kept(uint32_t *crc, uint16_t *after_seconds);

/* ---- amplifier ---- */

void prakat_hal_relay(bool on);
/* PRAKAT_SENSED_...; asked only of boards with AMPLIFIER_SENSE. */
uint8_t prakat_hal_relay_sensed(void);
/* Hundredths of a decibel. */
void prakat_hal_gain(int16_t gain);

struct prakat_amplifier_measure {
  uint16_t known;
  int16_t level;
  uint16_t current;
  int16_t temperature;
  uint16_t supply;
  uint16_t faults;
};
void prakat_hal_measure_amplifier(struct prakat_amplifier_measure *measure);

/* ---- sensors ---- */

struct prakat_measure {
  uint16_t known;
  int16_t temperature;
  uint16_t light;
  uint16_t supply;
};
void prakat_hal_measure(struct prakat_measure *measure);
/* One bit a module, row by row, lowest first; the bytes come cleared. */
void prakat_hal_module_faults(uint8_t *bits);

/* ---- update: a second place for firmware ---- */

/* Ed25519 (RFC 8032) by the maker's key. */
bool prakat_hal_verify(const uint8_t *message, size_t count, const uint8_t signature[64]);
uint32_t prakat_hal_running_version(void);
void prakat_hal_image_begin(uint32_t bytes);
void prakat_hal_image_write(uint32_t offset, const uint8_t *bytes, size_t count);
void prakat_hal_image_read(uint32_t offset, uint8_t *bytes, size_t count);
/* The bootloader is to start this image next, and the old one again if it does not come up. */
void prakat_hal_image_activate(uint32_t version);

#endif
