#ifndef PRAKAT_CRC32_H
#define PRAKAT_CRC32_H

#include <stddef.h>
#include <stdint.h>

/* CRC-32 of IEEE 802.3 (SPEC 3). Begin with PRAKAT_CRC_START, end with prakat_crc_end(). */
#define PRAKAT_CRC_START 0xffffffffu

uint32_t prakat_crc_more(uint32_t crc, const uint8_t *bytes, size_t count);
uint32_t prakat_crc_end(uint32_t crc);
uint32_t prakat_crc32(const uint8_t *bytes, size_t count);

#endif
