#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../prakat_crc32.h"
#include "host.h"

/* W3C PNG, 3rd edition: one IDAT of stored blocks, which every reader takes and nobody has to compress. */

typedef struct {
  FILE *file;
  uint32_t crc;
} chunk;

static void put32(uint8_t *to, uint32_t value) {
  for (int i = 0; i < 4; i++) to[i] = (uint8_t)(value >> (24 - 8 * i));
}

static void begin(chunk *c, FILE *file, const char *type, uint32_t length) {
  uint8_t head[8];
  c->file = file;
  put32(head, length);
  memcpy(head + 4, type, 4);
  (void)fwrite(head, 1, sizeof(head), file);
  c->crc = prakat_crc_more(PRAKAT_CRC_START, head + 4, 4);
}

static void more(chunk *c, const uint8_t *bytes, size_t count) {
  (void)fwrite(bytes, 1, count, c->file);
  c->crc = prakat_crc_more(c->crc, bytes, count);
}

static void end(chunk *c) {
  uint8_t crc[4];
  put32(crc, prakat_crc_end(c->crc));
  (void)fwrite(crc, 1, sizeof(crc), c->file);
}

static void put_row(uint8_t *row, uint16_t y, uint32_t scale) {
  row[0] = 0;
  for (uint32_t x = 0; x < PRAKAT_WIDTH * scale; x++) {
    const uint16_t lamp = prakat_lit(&host.board, (uint16_t)(x / scale), y);
    const uint32_t red = lamp >> 11;
    const uint32_t green = (lamp >> 5) & 63u;
    const uint32_t blue = lamp & 31u;
    row[1u + 3u * x] = (uint8_t)(red << 3 | red >> 2);
    row[2u + 3u * x] = (uint8_t)(green << 2 | green >> 4);
    row[3u + 3u * x] = (uint8_t)(blue << 3 | blue >> 2);
  }
}

/* RFC 1950, 8.2 */
static void adler(uint32_t *a, uint32_t *b, const uint8_t *bytes, size_t count) {
  for (size_t i = 0; i < count; i++) {
    *a = (*a + bytes[i]) % 65521u;
    *b = (*b + *a) % 65521u;
  }
}

bool host_write_png(const char *path, uint32_t scale) {
  static const uint8_t SIGNATURE[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  static const uint8_t ZLIB[2] = {0x78, 0x01};
  const uint32_t row_bytes = 1u + 3u * PRAKAT_WIDTH * scale;
  const uint32_t rows = PRAKAT_HEIGHT * scale;
  uint8_t head[13] = {0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0};
  uint8_t sum[4];
  uint32_t a = 1;
  uint32_t b = 0;
  chunk c;
  uint8_t *row = malloc(row_bytes);
  FILE *file = fopen(path, "wb");
  if (row == NULL || file == NULL || row_bytes > 65535u) {
    if (file != NULL) (void)fclose(file);
    free(row);
    return false;
  }
  (void)fwrite(SIGNATURE, 1, sizeof(SIGNATURE), file);
  put32(head, PRAKAT_WIDTH * scale);
  put32(head + 4, rows);
  begin(&c, file, "IHDR", sizeof(head));
  more(&c, head, sizeof(head));
  end(&c);
  begin(&c, file, "IDAT", 2u + rows * (5u + row_bytes) + 4u);
  more(&c, ZLIB, sizeof(ZLIB));
  for (uint32_t y = 0; y < rows; y++) {
    const uint8_t block[5] = {y + 1u == rows ? 1 : 0, (uint8_t)row_bytes, (uint8_t)(row_bytes >> 8), (uint8_t)~row_bytes,
                              (uint8_t)(~row_bytes >> 8)};
    put_row(row, (uint16_t)(y / scale), scale);
    adler(&a, &b, row, row_bytes);
    more(&c, block, sizeof(block));
    more(&c, row, row_bytes);
  }
  put32(sum, b << 16 | a);
  more(&c, sum, sizeof(sum));
  end(&c);
  begin(&c, file, "IEND", 0);
  end(&c);
  free(row);
  return fclose(file) == 0;
}
