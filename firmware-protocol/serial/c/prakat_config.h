/*
 * What this board is. Everything that takes memory is sized here, and nowhere else: give other values with -D, or write
 * your own prakat_config.h before this one on the include path.
 */
#ifndef PRAKAT_CONFIG_H
#define PRAKAT_CONFIG_H

#include "prakat_protocol.h"

/* Lamps. */
#ifndef PRAKAT_WIDTH
#define PRAKAT_WIDTH 64u
#endif
#ifndef PRAKAT_HEIGHT
#define PRAKAT_HEIGHT 32u
#endif
#ifndef PRAKAT_DEPTH
#define PRAKAT_DEPTH PRAKAT_DEPTH_RGB565
#endif

/* 0 = the only board of its line; 1 to 254 on a shared pair (SPEC 5). */
#ifndef PRAKAT_ADDRESS
#define PRAKAT_ADDRESS PRAKAT_ONLY_BOARD
#endif

/* What it has (SPEC 10, welcome). What is left out takes no memory and is answered not-fitted. */
#ifndef PRAKAT_FITTED
#define PRAKAT_FITTED \
  (PRAKAT_FITTED_DISPLAY | PRAKAT_FITTED_AMPLIFIER | PRAKAT_FITTED_AMPLIFIER_SENSE | PRAKAT_FITTED_CLOCK | \
   PRAKAT_FITTED_BRIGHTNESS | PRAKAT_FITTED_MARQUEE | PRAKAT_FITTED_FALLBACK | PRAKAT_FITTED_PROBE | \
   PRAKAT_FITTED_PATTERNS)
#endif
#ifndef PRAKAT_ENCODINGS
#define PRAKAT_ENCODINGS (PRAKAT_ENCODING_RAW | PRAKAT_ENCODING_RUN_LENGTH | PRAKAT_ENCODING_DEFLATE)
#endif
#ifndef PRAKAT_RATES
#define PRAKAT_RATES 0u
#endif

/* The largest body it takes, frames in flight, frames kept before their turn (each costs a whole frame of memory). */
#ifndef PRAKAT_BODY_BYTES
#define PRAKAT_BODY_BYTES 1040u
#endif
#ifndef PRAKAT_WINDOW
#define PRAKAT_WINDOW 4u
#endif
#ifndef PRAKAT_HOLDS
#define PRAKAT_HOLDS 0u
#endif

/* Pages kept in slots, and pixels of the longest strip. */
#ifndef PRAKAT_SLOTS
#define PRAKAT_SLOTS 0u
#endif
#ifndef PRAKAT_STRIP_PIXELS
#define PRAKAT_STRIP_PIXELS 2048u
#endif

/* Modules that can be told apart when they break. */
#ifndef PRAKAT_MODULE_COLUMNS
#define PRAKAT_MODULE_COLUMNS 2u
#endif
#ifndef PRAKAT_MODULE_ROWS
#define PRAKAT_MODULE_ROWS 2u
#endif

/* What a board on a shared pair keeps until it is polled. */
#ifndef PRAKAT_UNSAID_BYTES
#define PRAKAT_UNSAID_BYTES 1024u
#endif

/* The largest image of new firmware. */
#ifndef PRAKAT_IMAGE_BYTES
#define PRAKAT_IMAGE_BYTES 65536u
#endif

#ifndef PRAKAT_FIRMWARE
#define PRAKAT_FIRMWARE "prakat C99 board"
#endif

/* A held frame's place is its sequence modulo this, and sequences count modulo 256. */
#if PRAKAT_HOLDS > 16u || (PRAKAT_HOLDS > 0u && (PRAKAT_HOLDS & (PRAKAT_HOLDS - 1u)) != 0u)
#error "PRAKAT_HOLDS is 0, 1, 2, 4, 8 or 16"
#endif
#if PRAKAT_BODY_BYTES < 64u || PRAKAT_BODY_BYTES > PRAKAT_MAX_BODY_BYTES
#error "PRAKAT_BODY_BYTES is 64 to 4096"
#endif

/* Derived; not to be set. */
#define PRAKAT_PAGE_BYTES (2u * PRAKAT_WIDTH * PRAKAT_HEIGHT)
#define PRAKAT_PLAIN_BYTES (PRAKAT_HEADER_BYTES + PRAKAT_BODY_BYTES + PRAKAT_CRC_BYTES)
#define PRAKAT_STUFFED_BYTES (PRAKAT_PLAIN_BYTES + 1u + PRAKAT_PLAIN_BYTES / 254u)
#define PRAKAT_HAS(what) ((PRAKAT_FITTED & PRAKAT_FITTED_##what) != 0u)
/* C99 has no arrays without members. */
#define PRAKAT_ROOM(count) ((count) > 0u ? (count) : 1u)

#endif
