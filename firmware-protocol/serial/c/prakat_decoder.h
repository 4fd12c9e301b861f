#ifndef PRAKAT_DECODER_H
#define PRAKAT_DECODER_H

#include <stdint.h>

#include "prakat_config.h"

/* Frames out of a stream of bytes (SPEC 2). One buffer of the longest stuffed frame, and nothing else. */
typedef struct {
  uint8_t bytes[PRAKAT_STUFFED_BYTES];
  /* Of bytes so far; counts on beyond what fits. After PRAKAT_FRAME: of header and body. */
  uint32_t count;
} prakat_decoder;

typedef enum { PRAKAT_NOTHING, PRAKAT_FRAME, PRAKAT_DISCARDED } prakat_decoded;

/* After PRAKAT_FRAME the header and body stand in `bytes` until the next byte is pushed; set `count` to 0 then. */
prakat_decoded prakat_decoder_push(prakat_decoder *decoder, uint8_t byte);

#endif
