import type { Cut } from '../cutting-decoder.ts';

/**
 * The frame of the Alpha protocol: at least 5 NUL (the sign finds its rate by them), SOH, type of sign, address, then
 * STX and one command, then ETX with 4 hex digits where there is a checksum, then EOT. Source: Alpha Sign
 * Communications Protocol 9708-8061F, 5.1; msparks/alphasign packet.py.
 */
export const NUL = 0x00;
const SOH = 0x01;
const STX = 0x02;
const ETX = 0x03;
const EOT = 0x04;
const WAKE_BYTES = 5;
const ADDRESS_BYTES = 3;
const SUM_DIGITS = 4;
const XOR_DIGITS = 2;
/** The longest command is a picture of 31 x 255 dots; a stream without EOT is given up here. */
const MAX_PACKET_BYTES = 16_384;

/**
 * What follows ETX. `sum`: the manual's 16-bit sum of STX to ETX. `xor`: all of them combined, 2 hex digits, as one
 * open project sends. `none`: no ETX at all.
 */
export type AlphaChecksum = 'none' | 'sum' | 'xor';

export interface AlphaPacket {
  /** `Z` = signs of every type, `0` = an answer. */
  type: string;
  /** Two hex digits, `00` = every sign. */
  address: string;
  /** Command code and its data, ASCII. */
  command: string;
  check: AlphaChecksum | 'wrong';
}

export function encodeAlphaPacket(
  { type, address, command }: Omit<AlphaPacket, 'check'>,
  checksum: AlphaChecksum,
): Uint8Array {
  const text = [STX, ...Buffer.from(command, 'latin1')];
  const checked = checksum === 'none' ? text : [...text, ETX, ...digits([...text, ETX], checksum)];
  return Uint8Array.from([
    ...new Uint8Array(WAKE_BYTES),
    SOH,
    ...Buffer.from(type + address, 'latin1'),
    ...checked,
    EOT,
  ]);
}

function digits(bytes: number[], checksum: 'sum' | 'xor'): Buffer {
  const value =
    checksum === 'sum'
      ? bytes.reduce((sum, byte) => sum + byte, 0) & 0xffff
      : bytes.reduce((mixed, byte) => mixed ^ byte, 0);
  const length = checksum === 'sum' ? SUM_DIGITS : XOR_DIGITS;
  return Buffer.from(value.toString(16).toUpperCase().padStart(length, '0'), 'latin1');
}

/** Takes bytes of 7 bits: `withoutParity` before, where the line carries parity. */
export function cutAlphaPacket(buffer: Uint8Array, looked: number): Cut<AlphaPacket> {
  const [first] = buffer;
  if (first !== NUL && first !== SOH) return { kind: 'discard', bytes: 1, why: 'no packet begins here' };
  let start = 0;
  while (buffer[start] === NUL) start += 1;
  if (start >= buffer.length)
    return start > MAX_PACKET_BYTES
      ? { kind: 'discard', bytes: start - WAKE_BYTES, why: 'silence' }
      : { kind: 'more' };
  if (buffer[start] !== SOH) return { kind: 'discard', bytes: start, why: 'no packet begins here' };
  for (let at = Math.max(start + 1, looked); at < buffer.length; at++) {
    if (buffer[at] === SOH) return { kind: 'discard', bytes: at, why: 'broken off' };
    if (buffer[at] === EOT) return read(buffer.subarray(start + 1, at), at + 1);
  }
  if (buffer.length - start > MAX_PACKET_BYTES) return { kind: 'discard', bytes: start + 1, why: 'no end' };
  return { kind: 'more', looked: buffer.length };
}

function read(body: Uint8Array, bytes: number): Cut<AlphaPacket> {
  if (body.length <= ADDRESS_BYTES || body[ADDRESS_BYTES] !== STX)
    return { kind: 'discard', bytes, why: 'no command' };
  const [type = '', ...address] = Buffer.from(body.subarray(0, ADDRESS_BYTES)).toString('latin1');
  const etx = body.indexOf(ETX, ADDRESS_BYTES);
  const end = etx < 0 ? body.length : etx;
  const command = Buffer.from(body.subarray(ADDRESS_BYTES + 1, end)).toString('latin1');
  const check = etx < 0 ? 'none' : checkOf(body.subarray(ADDRESS_BYTES, etx + 1), body.subarray(etx + 1));
  return { kind: 'frame', bytes, frame: { type, address: address.join(''), command, check } };
}

function checkOf(checked: Uint8Array, found: Uint8Array): 'sum' | 'xor' | 'wrong' {
  const kinds = ['sum', 'xor'] as const;
  return kinds.find((kind) => digits([...checked], kind).equals(found)) ?? 'wrong';
}

/**
 * Seven bits and even parity as a port of eight bits without parity carries them: start, 8 bits, stop are the same ten
 * bits on the wire. So one driver serves signs of both settings.
 */
export function withEvenParity(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => {
    const low = byte & 0x7f;
    let ones = 0;
    for (let rest = low; rest > 0; rest >>>= 1) ones += rest & 1;
    return ones % 2 === 0 ? low : low | 0x80;
  });
}

export function withoutParity(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => byte & 0x7f);
}
