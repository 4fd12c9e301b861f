#include "prakat_surface.h"

#include <string.h>

#include "prakat_config.h"
#include "prakat_crc32.h"

#define SHORTEST_RUN 2u
#define LONGEST_LITERAL 128u

typedef struct {
  const prakat_surface *surface;
  const prakat_place *place;
} region;

bool prakat_lies_within(const prakat_place *place, uint16_t width, uint16_t height) {
  return place->width > 0u && place->height > 0u && (uint32_t)place->x + place->width <= width &&
         (uint32_t)place->y + place->height <= height;
}

/* Where byte `at` of the region stands in the surface. */
static uint8_t *byte_of(const region *r, uint32_t at) {
  const uint32_t row_bytes = 2u * r->place->width;
  const uint32_t row = r->place->y + at / row_bytes;
  return r->surface->bytes + 2u * (row * r->surface->width + r->place->x) + at % row_bytes;
}

static void put(void *to, uint32_t at, uint8_t byte) { *byte_of(to, at) = byte; }
static uint8_t get(void *to, uint32_t at) { return *byte_of(to, at); }

static bool draw_raw(const region *r, const uint8_t *data, size_t count, uint32_t expected) {
  if (count != expected) return false;
  const uint32_t row_bytes = 2u * r->place->width;
  for (uint32_t at = 0; at < expected; at += row_bytes) memcpy(byte_of(r, at), data + at, row_bytes);
  return true;
}

/* SPEC 7, run-length. `draws` false = only looks whether the groups add up. */
static bool draw_runs(region *r, const uint8_t *data, size_t count, uint32_t expected, bool draws) {
  uint32_t done = 0;
  size_t at = 0;
  while (at < count) {
    const uint8_t control = data[at++];
    const bool is_literal = control < LONGEST_LITERAL;
    const uint32_t taken = is_literal ? 2u * (control + 1u) : 2u;
    const uint32_t made = is_literal ? taken : 2u * (control - LONGEST_LITERAL + SHORTEST_RUN);
    if (count - at < taken || expected - done < made) return false;
    for (uint32_t i = 0; draws && i < made; i++) put(r, done + i, data[at + i % taken]);
    at += taken;
    done += made;
  }
  return done == expected;
}

static bool draw_deflated(region *r, const uint8_t *data, size_t count, uint32_t expected,
                          prakat_inflate_scratch *scratch) {
  const prakat_window window = {put, get, r};
  return prakat_inflate(data, count, expected, NULL, scratch) && prakat_inflate(data, count, expected, &window, scratch);
}

uint8_t prakat_draw(const prakat_surface *surface, const prakat_place *place, uint8_t encoding, const uint8_t *data,
                    size_t count, prakat_inflate_scratch *scratch) {
  region r = {surface, place};
  if (!prakat_lies_within(place, surface->width, surface->height)) return PRAKAT_ERROR_OUT_OF_BOUNDS;
  if ((PRAKAT_ENCODINGS & (1u << encoding)) == 0u) return PRAKAT_ERROR_BAD_PIXELS;
  const uint32_t expected = 2u * (uint32_t)place->width * place->height;
  bool is_drawn = false;
  if (encoding == PRAKAT_DRAWN_AS_RAW) is_drawn = draw_raw(&r, data, count, expected);
  else if (encoding == PRAKAT_DRAWN_AS_RUN_LENGTH)
    is_drawn = draw_runs(&r, data, count, expected, false) && draw_runs(&r, data, count, expected, true);
  else is_drawn = draw_deflated(&r, data, count, expected, scratch);
  return is_drawn ? 0u : PRAKAT_ERROR_BAD_PIXELS;
}

uint16_t prakat_pixel(const prakat_surface *surface, uint16_t x, uint16_t y) {
  const uint8_t *at = surface->bytes + 2u * ((uint32_t)y * surface->width + x);
  return (uint16_t)(((uint32_t)at[0] << 8) | at[1]);
}

uint32_t prakat_surface_crc(const prakat_surface *surface) {
  return prakat_crc32(surface->bytes, 2u * (size_t)surface->width * surface->height);
}
