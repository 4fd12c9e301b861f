import type { Cut } from '../cutting-decoder.ts';

/**
 * TPM2: C9, kind, length as high and low byte, the colours, 36. No check of the colours. WLED answers the kind AA with
 * AC, and nothing else. Source: wled/WLED wled00/wled_serial.cpp (commit 6d16dc22).
 */
const START = 0xc9;
const END = 0x36;
const HEADER_BYTES = 4;
const TPM2_KINDS = { data: 0xda, command: 0xc0, ping: 0xaa } as const;
export const TPM2_PONG = 0xac;
export const TPM2_PING = Uint8Array.of(START, TPM2_KINDS.ping);
/** The length counts bytes in 16 bits; one more lamp may have to be added, see `encodeTpm2`. */
export const TPM2_MAX_LAMPS = 21_844;

export type Tpm2Frame =
  | { kind: 'data' | 'command'; payload: Uint8Array }
  | { kind: 'ping' }
  | { kind: 'pong' };

/**
 * WLED reckons the lamps as floor(high * 256 / 3) + floor(low / 3): where the high byte is no multiple of three that is
 * one lamp short, and the colours left over would be read as commands (B0 to B7 change its baud rate). One dark lamp
 * more than there are puts both right.
 * @param rgb three bytes a lamp, in the order of the chain; 1 to 21,844 lamps.
 */
export function encodeTpm2(rgb: Uint8Array): Uint8Array {
  const isShort = (rgb.length >> 8) % 3 !== 0;
  const length = rgb.length + (isShort ? 3 : 0);
  const frame = new Uint8Array(HEADER_BYTES + length + 1);
  frame.set([START, TPM2_KINDS.data, length >> 8, length & 0xff]);
  frame.set(rgb, HEADER_BYTES);
  frame[frame.length - 1] = END;
  return frame;
}

export function cutTpm2(buffer: Uint8Array): Cut<Tpm2Frame> {
  const [start, kind, high = 0, low = 0] = buffer;
  if (start === TPM2_PONG) return { kind: 'frame', bytes: 1, frame: { kind: 'pong' } };
  if (start !== START) return { kind: 'discard', bytes: 1, why: 'no frame begins here' };
  if (kind === undefined) return { kind: 'more' };
  if (kind === TPM2_KINDS.ping) return { kind: 'frame', bytes: 2, frame: { kind: 'ping' } };
  if (kind !== TPM2_KINDS.data && kind !== TPM2_KINDS.command)
    return { kind: 'discard', bytes: 1, why: 'unknown kind' };
  if (buffer.length < HEADER_BYTES) return { kind: 'more' };
  const end = HEADER_BYTES + high * 256 + low;
  if (buffer.length <= end) return { kind: 'more' };
  if (buffer[end] !== END) return { kind: 'discard', bytes: 1, why: 'the end byte is missing' };
  const payload = buffer.slice(HEADER_BYTES, end);
  return {
    kind: 'frame',
    bytes: end + 1,
    frame: { kind: kind === TPM2_KINDS.data ? 'data' : 'command', payload },
  };
}

export function tpm2Line(frame: Tpm2Frame): string {
  if (frame.kind === 'ping' || frame.kind === 'pong') return `tpm2 ${frame.kind}`;
  return `tpm2 ${frame.kind} bytes=${frame.payload.length}`;
}
