#ifndef PRAKAT_HOST_H
#define PRAKAT_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../prakat_board.h"
#include "../prakat_hal.h"

#define HOST_MODULE_BYTES ((PRAKAT_MODULE_COLUMNS * PRAKAT_MODULE_ROWS + 7u) / 8u)

/* The virtual board: the core over a HAL of memory, on a pty or on pipes. One a process. */

typedef struct {
  prakat_board board;
  uint8_t id[8];
  /* Kept over a loss of power. */
  uint8_t fallback[PRAKAT_ROOM(PRAKAT_PAGE_BYTES)];
  uint32_t fallback_crc;
  uint16_t after_seconds;
  uint8_t image[PRAKAT_IMAGE_BYTES];
  uint32_t running_version;
  uint8_t maker_key[32];
  /* Faults and readings, set from outside. */
  uint8_t stuck;
  uint32_t faulty_byte;
  struct prakat_measure measure;
  /* While it is on. */
  struct prakat_amplifier_measure amplifier;
  uint8_t module_faults[HOST_MODULE_BYTES];
  bool relay;
  /* Of the last page that was told. */
  uint32_t pages_told;
  bool fallback_told;
} host_state;

#define HOST_NOT_STUCK 2u
/* An amplifier that is off: its fan alone. */
#define HOST_FAN_MA 12u
#define HOST_NO_FAULTY_BYTE 0xffffffffu

extern host_state host;

/* Bytes of the board, and what happened to it: to the pty, or as messages. */
void host_speak(const uint8_t *bytes, size_t count);
typedef enum {
  HOST_SHOWN = 1,
  HOST_RELAY = 2,
  HOST_RATE = 3,
  HOST_UPDATED = 4,
  HOST_RESTARTED = 5,
  HOST_GAIN = 6,
} host_event;
void host_tell(host_event event, uint32_t value);

/* Set by the way it runs. */
extern void (*host_speaks)(const uint8_t *bytes, size_t count);
extern void (*host_tells)(host_event event, uint32_t value);

/* As when the power fails and comes back: an image under way and the fallback page stay. */
void host_lose_power(void);
/* As it came from its maker. */
void host_as_new(void);

/* RGB565 of the lamps as they are lit now. */
void host_lit(uint8_t *pixels);
/* A PNG of the lamps, each a square of `scale` pixels. False = the file cannot be written. */
bool host_write_png(const char *path, uint32_t scale);

/* Runs until its input ends; the exit status. */
int host_on_pipes(bool is_real_time);
int host_on_pty(const char *link, const char *png);

#endif
