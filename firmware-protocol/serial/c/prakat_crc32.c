#include "prakat_crc32.h"

/* By half bytes: 64 bytes of table instead of 1,024, at two steps a byte. */
static const uint32_t TABLE[16] = {
    0x00000000u, 0x1db71064u, 0x3b6e20c8u, 0x26d930acu, 0x76dc4190u, 0x6b6b51f4u, 0x4db26158u, 0x5005713cu,
    0xedb88320u, 0xf00f9344u, 0xd6d6a3e8u, 0xcb61b38cu, 0x9b64c2b0u, 0x86d3d2d4u, 0xa00ae278u, 0xbdbdf21cu,
};

uint32_t prakat_crc_more(uint32_t crc, const uint8_t *bytes, size_t count) {
  for (size_t i = 0; i < count; i++) {
    crc ^= bytes[i];
    crc = (crc >> 4) ^ TABLE[crc & 15u];
    crc = (crc >> 4) ^ TABLE[crc & 15u];
  }
  return crc;
}

uint32_t prakat_crc_end(uint32_t crc) { return crc ^ 0xffffffffu; }

uint32_t prakat_crc32(const uint8_t *bytes, size_t count) {
  return prakat_crc_end(prakat_crc_more(PRAKAT_CRC_START, bytes, count));
}
