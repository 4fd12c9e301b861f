#include "prakat_voice.h"

#include <string.h>

#include "prakat_crc32.h"
#include "prakat_hal.h"

/* Out on the line, or into what waits for the poll; a frame that has no room there is dropped whole (SPEC 5). */
static void out(prakat_board *board, const uint8_t *bytes, size_t count) {
  prakat_voice *voice = &board->voice;
  if (!voice->is_kept) {
    prakat_hal_write(bytes, count);
    return;
  }
  if (count > sizeof(board->unsaid) - board->unsaid_bytes) voice->is_too_much = true;
  if (voice->is_too_much) return;
  memcpy(board->unsaid + board->unsaid_bytes, bytes, count);
  board->unsaid_bytes += count;
}

static void out_group(prakat_board *board) {
  const uint8_t code = (uint8_t)(board->voice.group_bytes + 1u);
  out(board, &code, 1);
  out(board, board->voice.group, board->voice.group_bytes);
  board->voice.group_bytes = 0;
}

/* Consistent Overhead Byte Stuffing, as bytes come. */
static void stuff(prakat_board *board, uint8_t byte) {
  prakat_voice *voice = &board->voice;
  if (voice->group_bytes == sizeof(voice->group)) out_group(board);
  if (byte == 0u) out_group(board);
  else voice->group[voice->group_bytes++] = byte;
}

void prakat_say_bytes(prakat_board *board, const uint8_t *bytes, size_t count) {
  if (board->is_mute) return;
  board->voice.crc = prakat_crc_more(board->voice.crc, bytes, count);
  for (size_t i = 0; i < count; i++) stuff(board, bytes[i]);
}

void prakat_say8(prakat_board *board, uint32_t value) {
  const uint8_t byte = (uint8_t)value;
  prakat_say_bytes(board, &byte, 1);
}

void prakat_say16(prakat_board *board, uint32_t value) {
  prakat_say8(board, value >> 8);
  prakat_say8(board, value);
}

void prakat_say32(prakat_board *board, uint32_t value) {
  prakat_say16(board, value >> 16);
  prakat_say16(board, value);
}

/* SPEC 4 */
void prakat_say_begin(prakat_board *board, uint8_t type) {
  static const uint8_t DELIMITER = 0;
  prakat_voice *voice = &board->voice;
  board->has_answered = true;
  if (board->is_mute) return;
  voice->is_kept = PRAKAT_ADDRESS != PRAKAT_ONLY_BOARD && !board->speaks_now;
  voice->is_too_much = false;
  voice->begun_at = board->unsaid_bytes;
  voice->group_bytes = 0;
  voice->crc = PRAKAT_CRC_START;
  if (!voice->is_kept && board->unsaid_bytes > 0u) {
    prakat_hal_write(board->unsaid, board->unsaid_bytes);
    board->unsaid_bytes = 0;
  }
  out(board, &DELIMITER, 1);
  prakat_say8(board, PRAKAT_MAJOR);
  prakat_say8(board, PRAKAT_ADDRESS);
  prakat_say8(board, PRAKAT_FLAG_FROM_BOARD | (board->done_sequenced ? PRAKAT_FLAG_SEQUENCED : 0u));
  prakat_say8(board, type);
  prakat_say8(board, board->done_sequence);
  prakat_say8(board, board->window.expected);
  prakat_say16(board, board->window.held);
}

void prakat_say_end(prakat_board *board) {
  static const uint8_t DELIMITER = 0;
  if (board->is_mute) return;
  prakat_say32(board, prakat_crc_end(board->voice.crc));
  out_group(board);
  out(board, &DELIMITER, 1);
  if (board->voice.is_too_much) board->unsaid_bytes = board->voice.begun_at;
}

void prakat_say_error(prakat_board *board, uint8_t code, uint8_t about) {
  prakat_say_begin(board, PRAKAT_ID_ERROR);
  prakat_say8(board, code);
  prakat_say8(board, about);
  prakat_say32(board, 0);
  prakat_say_end(board);
}

void prakat_say_ack(prakat_board *board) {
  prakat_say_begin(board, PRAKAT_ID_ACK);
  prakat_say_end(board);
}
