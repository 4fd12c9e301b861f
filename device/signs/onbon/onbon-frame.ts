import type { Cut } from '../cutting-decoder.ts';

/**
 * The frame of Onbon's controllers: 8 x A5, header, data, CRC-16, 5A; what looks like a mark inside is escaped. Two
 * headers are met: 14 bytes of the BX-5K (protocol version 02 near its end) and 16 bytes of the picture areas (version
 * F0 in its fifth byte). Sources: LuckyKoala/BX5KProtocol BX4K.c (facts only, it has no licence); Onbon's own
 * onbonlab/bx.dual.dyn.java BxFrameWrapper, BxFrameHeader (MIT).
 */
const START = 0xa5;
const END = 0x5a;
const START_BYTES = 8;
/** Byte -> its escape. */
const ESCAPES: Record<number, [number, number]> = {
  165: [0xa6, 0x02],
  166: [0xa6, 0x01],
  90: [0x5b, 0x02],
  91: [0x5b, 0x01],
};
const CRC_BYTES = 2;
const SHORT_HEADER = { bytes: 14, lengthAt: 12, versionAt: 11, version: 0x02 } as const;
const LONG_HEADER = { bytes: 16, lengthAt: 12, versionAt: 4, version: 0xf0 } as const;
/** The largest page in sight, 256 x 128 in full colour, with every byte escaped. */
const MAX_FRAME_BYTES = 262_144;

export type OnbonHeader = 'bx-5k' | 'bx-6';

export interface OnbonFrame {
  header: OnbonHeader;
  to: number;
  from: number;
  /** FE = any BX-5K; two bytes for the BX-6. */
  device: number;
  data: Uint8Array;
}

export function encodeOnbon({ header, to, from, device, data }: OnbonFrame): Uint8Array {
  const { bytes, lengthAt, versionAt, version } = header === 'bx-5k' ? SHORT_HEADER : LONG_HEADER;
  const body = Buffer.alloc(bytes + data.length + CRC_BYTES);
  body.writeUInt16LE(to, 0);
  body.writeUInt16LE(from, 2);
  body.writeUInt8(version, versionAt);
  if (header === 'bx-5k') {
    body.writeUInt8(device, 10);
    body.writeUInt16LE(data.length, lengthAt);
  } else {
    body.writeUInt16LE(device, 6);
    body.writeUInt32LE(data.length, lengthAt);
  }
  body.set(data, bytes);
  body.writeUInt16LE(crc16(body.subarray(0, -CRC_BYTES)), bytes + data.length);
  const escaped = [...body].flatMap((byte) => ESCAPES[byte] ?? [byte]);
  return Uint8Array.from([...new Uint8Array(START_BYTES).fill(START), ...escaped, END]);
}

export function cutOnbon(buffer: Uint8Array, looked: number): Cut<OnbonFrame> {
  if (buffer[0] !== START) return { kind: 'discard', bytes: 1, why: 'no frame begins here' };
  let start = 0;
  while (buffer[start] === START) start += 1;
  for (let at = Math.max(start, looked); at < buffer.length; at++) {
    if (buffer[at] === START) return { kind: 'discard', bytes: at, why: 'broken off' };
    if (buffer[at] !== END) continue;
    const frame = read(buffer.subarray(start, at));
    return typeof frame === 'string'
      ? { kind: 'discard', bytes: at + 1, why: frame }
      : { kind: 'frame', bytes: at + 1, frame };
  }
  if (buffer.length > MAX_FRAME_BYTES) return { kind: 'discard', bytes: buffer.length, why: 'no end' };
  return { kind: 'more', looked: buffer.length };
}

/** A frame, or why there is none in what stood between the marks. */
function read(escaped: Uint8Array): OnbonFrame | string {
  const body = unescaped(escaped);
  if (body === undefined) return 'bad escape';
  const header = body[LONG_HEADER.versionAt] === LONG_HEADER.version ? 'bx-6' : 'bx-5k';
  const { bytes, lengthAt } = header === 'bx-5k' ? SHORT_HEADER : LONG_HEADER;
  if (body.length < bytes + CRC_BYTES) return 'too short';
  const length = header === 'bx-5k' ? body.readUInt16LE(lengthAt) : body.readUInt32LE(lengthAt);
  if (body.length !== bytes + length + CRC_BYTES) return 'length differs';
  if (crc16(body.subarray(0, -CRC_BYTES)) !== body.readUInt16LE(bytes + length)) return 'CRC differs';
  return {
    header,
    to: body.readUInt16LE(0),
    from: body.readUInt16LE(2),
    device: header === 'bx-5k' ? body.readUInt8(10) : body.readUInt16LE(6),
    data: Uint8Array.from(body.subarray(bytes, bytes + length)),
  };
}

function unescaped(escaped: Uint8Array): Buffer | undefined {
  const bytes = Buffer.alloc(escaped.length);
  let length = 0;
  for (let at = 0; at < escaped.length; at++) {
    const byte = escaped[at] ?? 0;
    const isEscape = byte === 0xa6 || byte === 0x5b;
    const second = isEscape ? escaped[++at] : undefined;
    if (isEscape && second !== 0x01 && second !== 0x02) return undefined;
    bytes[length++] = second === 0x02 ? byte - 1 : byte;
  }
  return bytes.subarray(0, length);
}

/** CRC-16/ARC: polynomial A001 (reflected), from 0. `crc16` of the ASCII digits 123456789 is 0xBB3D. */
export function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  }
  return crc;
}
