import type { Cut } from '../cutting-decoder.ts';

/**
 * Adalight: `Ada`, lamps - 1 as high and low byte, high ^ low ^ 0x55, then red, green, blue of each lamp. No check of
 * the colours, no answer. Source: the state machine of wled/WLED wled00/wled_serial.cpp (commit 6d16dc22).
 */
const MAGIC = [0x41, 0x64, 0x61] as const;
const HEADER_BYTES = 6;
const HEADER_MASK = 0x55;
export const ADALIGHT_MAX_LAMPS = 65_536;

export interface AdalightFrame {
  lamps: number;
  rgb: Uint8Array;
}

/** @param rgb three bytes a lamp, in the order of the chain; 1 to 65,536 lamps. */
export function encodeAdalight(rgb: Uint8Array): Uint8Array {
  const last = rgb.length / 3 - 1;
  const [high, low] = [last >> 8, last & 0xff];
  const frame = new Uint8Array(HEADER_BYTES + rgb.length);
  frame.set([...MAGIC, high, low, high ^ low ^ HEADER_MASK]);
  frame.set(rgb, HEADER_BYTES);
  return frame;
}

export function cutAdalight(buffer: Uint8Array): Cut<AdalightFrame> {
  const start = buffer.indexOf(MAGIC[0]);
  if (start !== 0)
    return { kind: 'discard', bytes: start < 0 ? buffer.length : start, why: 'no frame begins here' };
  for (const [at, byte] of MAGIC.entries()) {
    if (at >= buffer.length) return { kind: 'more' };
    if (buffer[at] !== byte) return { kind: 'discard', bytes: 1, why: 'no frame begins here' };
  }
  if (buffer.length < HEADER_BYTES) return { kind: 'more' };
  const [high = 0, low = 0, check] = buffer.subarray(MAGIC.length, HEADER_BYTES);
  if (check !== (high ^ low ^ HEADER_MASK)) return { kind: 'discard', bytes: 1, why: 'header check differs' };
  const lamps = high * 256 + low + 1;
  const bytes = HEADER_BYTES + lamps * 3;
  if (buffer.length < bytes) return { kind: 'more' };
  return { kind: 'frame', bytes, frame: { lamps, rgb: buffer.slice(HEADER_BYTES, bytes) } };
}

export function adalightLine({ lamps, rgb }: AdalightFrame): string {
  return `adalight frame lamps=${lamps} bytes=${HEADER_BYTES + rgb.length}`;
}
