import type { Cut } from '../cutting-decoder.ts';
import { TPM2_PING, TPM2_PONG, type Tpm2Frame } from './tpm2.ts';

/**
 * Adalight: `Ada`, lamps - 1 as high and low byte, high ^ low ^ 0x55, then red, green, blue of each lamp. No check of
 * the colours, no answer. Source: the state machine of wled/WLED wled00/wled_serial.cpp (commit 6d16dc22).
 */
const MAGIC = [0x41, 0x64, 0x61] as const;
const HEADER_BYTES = 6;
const HEADER_MASK = 0x55;
export const ADALIGHT_MAX_LAMPS = 65_536;

/** A WLED on an Adalight line is asked for life as on a TPM2 line. */
export type AdalightFrame =
  | { kind: 'colours'; lamps: number; rgb: Uint8Array }
  | Extract<Tpm2Frame, { kind: 'ping' | 'pong' }>;

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
  const [first, second] = buffer;
  if (first === TPM2_PONG) return { kind: 'frame', bytes: 1, frame: { kind: 'pong' } };
  if (first === TPM2_PING[0]) {
    if (second === undefined) return { kind: 'more' };
    if (second === TPM2_PING[1]) return { kind: 'frame', bytes: 2, frame: { kind: 'ping' } };
  }
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
  const rgb = buffer.slice(HEADER_BYTES, bytes);
  return { kind: 'frame', bytes, frame: { kind: 'colours', lamps, rgb } };
}

export function adalightLine(frame: AdalightFrame): string {
  if (frame.kind !== 'colours') return `adalight ${frame.kind}`;
  return `adalight frame lamps=${frame.lamps} bytes=${HEADER_BYTES + frame.rgb.length}`;
}
