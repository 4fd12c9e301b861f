#include "prakat_marquee.h"

#include <string.h>

prakat_surface prakat_strip(prakat_board *board) {
  const prakat_surface strip = {board->marquee.bytes, board->marquee.width, board->marquee.height};
  return strip;
}

uint8_t prakat_marquee_begin(prakat_board *board, uint16_t width, uint16_t height) {
  const uint32_t pixels = (uint32_t)width * height;
  if (pixels == 0u || pixels > PRAKAT_STRIP_PIXELS) return PRAKAT_ERROR_OUT_OF_BOUNDS;
  board->marquee.width = width;
  board->marquee.height = height;
  memset(board->marquee.bytes, 0, 2u * pixels);
  prakat_marquee_stop(board);
  return 0;
}

uint8_t prakat_marquee_arm(prakat_board *board, const prakat_run *run) {
  prakat_marquee *marquee = &board->marquee;
  const prakat_surface strip = prakat_strip(board);
  const prakat_place window = {run->x, run->y, run->width, strip.height};
  const uint32_t round = (uint32_t)strip.width + run->gap;
  if (prakat_surface_crc(&strip) != run->strip) return PRAKAT_ERROR_PAGE_DIFFERS;
  if (!prakat_lies_within(&window, PRAKAT_WIDTH, PRAKAT_HEIGHT)) return PRAKAT_ERROR_OUT_OF_BOUNDS;
  if ((uint64_t)run->rounds * round + run->width > UINT32_MAX) return PRAKAT_ERROR_OUT_OF_BOUNDS;
  if (run->steps_per_second == 0u || run->steps_per_second > PRAKAT_MAX_STEPS_PER_SECOND || run->step_pixels == 0u)
    return PRAKAT_ERROR_BAD_BODY;
  marquee->armed = *run;
  marquee->is_armed = true;
  return 0;
}

void prakat_marquee_committed(prakat_board *board) {
  prakat_marquee *marquee = &board->marquee;
  marquee->runs = marquee->is_armed;
  marquee->run = marquee->armed;
  marquee->is_armed = false;
  marquee->offset = 0;
  marquee->thousandths = 0;
  marquee->counted_at = board->now;
}

void prakat_marquee_stop(prakat_board *board) {
  board->marquee.is_armed = false;
  board->marquee.runs = false;
  board->marquee.offset = 0;
}

/* Where `offset` stops: the last of `rounds` has left the window. */
static uint32_t end_of(const prakat_marquee *marquee) {
  const uint32_t round = (uint32_t)marquee->width + marquee->run.gap;
  return marquee->run.rounds * round - marquee->run.gap + marquee->run.width;
}

void prakat_marquee_tick(prakat_board *board) {
  prakat_marquee *marquee = &board->marquee;
  if (!marquee->runs) return;
  marquee->thousandths += (board->now - marquee->counted_at) * marquee->run.steps_per_second;
  marquee->counted_at = board->now;
  const uint32_t moved = marquee->thousandths / 1000u * marquee->run.step_pixels;
  marquee->thousandths %= 1000u;
  if (marquee->run.rounds == 0u || moved < end_of(marquee) - marquee->offset) marquee->offset += moved;
  else marquee->offset = end_of(marquee);
}

uint32_t prakat_marquee_crc(prakat_board *board) {
  const prakat_surface strip = prakat_strip(board);
  return board->marquee.runs ? prakat_surface_crc(&strip) : 0u;
}

bool prakat_marquee_pixel(const prakat_board *board, uint16_t x, uint16_t y, uint16_t *pixel) {
  const prakat_marquee *marquee = &board->marquee;
  const prakat_run *run = &marquee->run;
  if (!marquee->runs || x < run->x || y < run->y) return false;
  const uint32_t column = (uint32_t)x - run->x;
  const uint32_t row = (uint32_t)y - run->y;
  if (column >= run->width || row >= marquee->height) return false;
  const uint32_t round = (uint32_t)marquee->width + run->gap;
  const uint64_t reached = (uint64_t)marquee->offset + column;
  *pixel = 0;
  if (reached < run->width) return true;
  const uint64_t way = reached - run->width;
  if (run->rounds > 0u && way >= (uint64_t)run->rounds * round) return true;
  const uint32_t at = (uint32_t)(way % round);
  if (at >= marquee->width) return true;
  const uint8_t *bytes = marquee->bytes + 2u * (row * marquee->width + at);
  *pixel = (uint16_t)(((uint32_t)bytes[0] << 8) | bytes[1]);
  return true;
}
