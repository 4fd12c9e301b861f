#ifndef PRAKAT_SURFACE_H
#define PRAKAT_SURFACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "prakat_inflate.h"

/* Pixels in memory, RGB565, high byte first, row by row: a page, or the strip of a marquee. */
typedef struct {
  uint8_t *bytes;
  uint16_t width;
  uint16_t height;
} prakat_surface;

typedef struct {
  uint16_t x;
  uint16_t y;
  uint16_t width;
  uint16_t height;
} prakat_place;

/* A place has pixels and lies within width x height. */
bool prakat_lies_within(const prakat_place *place, uint16_t width, uint16_t height);

/* Draws, or draws nothing: 0, or PRAKAT_ERROR_OUT_OF_BOUNDS, PRAKAT_ERROR_BAD_PIXELS (SPEC 7). */
uint8_t prakat_draw(const prakat_surface *surface, const prakat_place *place, uint8_t encoding, const uint8_t *data,
                    size_t count, prakat_inflate_scratch *scratch);

uint16_t prakat_pixel(const prakat_surface *surface, uint16_t x, uint16_t y);
uint32_t prakat_surface_crc(const prakat_surface *surface);

#endif
