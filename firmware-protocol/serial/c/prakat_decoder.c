#include "prakat_decoder.h"

#include <string.h>

#include "prakat_crc32.h"

/* Consistent Overhead Byte Stuffing taken out in place; the length that is left, or 0 when it does not add up. */
static uint32_t unstuff(uint8_t *bytes, uint32_t count) {
  uint32_t read = 0;
  uint32_t write = 0;
  while (read < count) {
    const uint32_t code = bytes[read];
    const uint32_t end = read + code;
    if (code == 0u || end > count) return 0;
    memmove(bytes + write, bytes + read + 1u, code - 1u);
    write += code - 1u;
    read = end;
    if (code < 255u && read < count) bytes[write++] = 0;
  }
  return write;
}

static uint32_t big_endian(const uint8_t *at) {
  return ((uint32_t)at[0] << 24) | ((uint32_t)at[1] << 16) | ((uint32_t)at[2] << 8) | at[3];
}

/* Whether `bytes` hold a whole frame; its length without the CRC is then `count`. */
static prakat_decoded finish(prakat_decoder *decoder) {
  const uint32_t stuffed = decoder->count;
  decoder->count = 0;
  if (stuffed > PRAKAT_STUFFED_BYTES) return PRAKAT_DISCARDED;
  const uint32_t plain = unstuff(decoder->bytes, stuffed);
  if (plain < PRAKAT_HEADER_BYTES + PRAKAT_CRC_BYTES) return PRAKAT_DISCARDED;
  const uint32_t length = plain - PRAKAT_CRC_BYTES;
  if (prakat_crc32(decoder->bytes, length) != big_endian(decoder->bytes + length)) return PRAKAT_DISCARDED;
  decoder->count = length;
  return PRAKAT_FRAME;
}

prakat_decoded prakat_decoder_push(prakat_decoder *decoder, uint8_t byte) {
  if (byte == 0u) return decoder->count == 0u ? PRAKAT_NOTHING : finish(decoder);
  if (decoder->count < PRAKAT_STUFFED_BYTES) decoder->bytes[decoder->count] = byte;
  if (decoder->count < UINT32_MAX) decoder->count++;
  return PRAKAT_NOTHING;
}
