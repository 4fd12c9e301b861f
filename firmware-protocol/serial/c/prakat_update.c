#include "prakat_update.h"

#include <string.h>

#include "prakat_hal.h"
#include "prakat_sha256.h"

#define CONTEXT_BYTES (sizeof(PRAKAT_UPDATE_CONTEXT) - 1u)
/* bytes, version, digest: as they stand in the body. */
#define SIGNED_BODY_BYTES 40u
#define READ_BYTES 64u

static uint32_t big_endian(const uint8_t *at) {
  return ((uint32_t)at[0] << 24) | ((uint32_t)at[1] << 16) | ((uint32_t)at[2] << 8) | at[3];
}

uint8_t prakat_update_begin(prakat_board *board, const uint8_t *body) {
  prakat_update *update = &board->update;
  uint8_t covered[CONTEXT_BYTES + SIGNED_BODY_BYTES];
  const uint32_t bytes = big_endian(body);
  const uint32_t version = big_endian(body + 4);
  const uint8_t *digest = body + 8;
  memcpy(covered, PRAKAT_UPDATE_CONTEXT, CONTEXT_BYTES);
  memcpy(covered + CONTEXT_BYTES, body, SIGNED_BODY_BYTES);
  if (!prakat_hal_verify(covered, sizeof(covered), body + SIGNED_BODY_BYTES)) return PRAKAT_ERROR_BAD_SIGNATURE;
  if (version <= prakat_hal_running_version()) return PRAKAT_ERROR_TOO_OLD;
  if (bytes == 0u || bytes > PRAKAT_IMAGE_BYTES) return PRAKAT_ERROR_TOO_LARGE;
  if (update->state != PRAKAT_UPDATE_NONE && memcmp(update->digest, digest, sizeof(update->digest)) == 0) return 0;
  memcpy(update->digest, digest, sizeof(update->digest));
  update->bytes = bytes;
  update->version = version;
  update->received = 0;
  update->state = PRAKAT_UPDATE_RECEIVING;
  prakat_hal_image_begin(bytes);
  return 0;
}

static void forget(prakat_update *update) { memset(update, 0, sizeof(*update)); }

/* All is there: is it what was signed? */
static uint8_t judge(prakat_update *update) {
  prakat_sha256 sha;
  uint8_t piece[READ_BYTES];
  uint8_t digest[32];
  prakat_sha256_start(&sha);
  for (uint32_t at = 0; at < update->bytes; at += READ_BYTES) {
    const uint32_t left = update->bytes - at;
    const size_t count = left < READ_BYTES ? left : READ_BYTES;
    prakat_hal_image_read(at, piece, count);
    prakat_sha256_more(&sha, piece, count);
  }
  prakat_sha256_end(&sha, digest);
  if (memcmp(digest, update->digest, sizeof(digest)) == 0) {
    update->state = PRAKAT_UPDATE_WHOLE;
    return 0;
  }
  forget(update);
  return PRAKAT_ERROR_BAD_DIGEST;
}

uint8_t prakat_update_block(prakat_board *board, uint32_t offset, const uint8_t *data, size_t count) {
  prakat_update *update = &board->update;
  if (update->state == PRAKAT_UPDATE_NONE || offset > update->received) return PRAKAT_ERROR_OUT_OF_ORDER;
  if (count > update->bytes - offset) return PRAKAT_ERROR_OUT_OF_BOUNDS;
  if (offset < update->received || count == 0u) return 0;
  prakat_hal_image_write(offset, data, count);
  update->received += (uint32_t)count;
  return update->received == update->bytes ? judge(update) : 0u;
}

uint8_t prakat_update_activate(prakat_board *board, const uint8_t digest[32]) {
  prakat_update *update = &board->update;
  if (update->state != PRAKAT_UPDATE_WHOLE || memcmp(update->digest, digest, sizeof(update->digest)) != 0)
    return PRAKAT_ERROR_NOT_WHOLE;
  if (board->amplifier.is_on) return PRAKAT_ERROR_BUSY;
  prakat_hal_image_activate(update->version);
  forget(update);
  return 0;
}
