import { stuffedBytes, unstuff } from './cobs.ts';
import { crc32 } from './crc32.ts';
import { DELIMITER, type Frame } from './frame.ts';
import { CRC_BYTES, HEADER_BYTES, MAX_BODY_BYTES, readHeader } from './header.ts';

/** Why bytes were thrown away. */
export const DISCARDS = {
  'too-long': 'more bytes without a delimiter than any frame has',
  'too-short': 'fewer bytes than header and CRC',
  'bad-stuffing': 'the byte stuffing does not add up',
  'bad-crc': 'the CRC is not that of the bytes',
} as const;
export type DiscardReason = keyof typeof DISCARDS;

export type Decoded =
  | { kind: 'frame'; frame: Frame }
  | { kind: 'discarded'; reason: DiscardReason; bytes: number };

/**
 * Frames from a stream of bytes cut anywhere. Never throws; holds one frame at most; time grows with the bytes given
 * and with nothing else; after noise it is in step again at the next delimiter.
 */
export class FrameDecoder {
  readonly #held: Uint8Array;
  #count = 0;

  /** @param maxBody bytes of body at most; longer frames are discarded as `too-long`. */
  constructor(maxBody: number = MAX_BODY_BYTES) {
    this.#held = new Uint8Array(stuffedBytes(HEADER_BYTES + maxBody + CRC_BYTES));
  }

  push(bytes: Uint8Array): Decoded[] {
    const decoded: Decoded[] = [];
    let from = 0;
    while (from < bytes.length) {
      const found = bytes.indexOf(DELIMITER, from);
      const end = found === -1 ? bytes.length : found;
      this.#keep(bytes.subarray(from, end));
      if (found !== -1 && this.#count > 0) decoded.push(this.#finish());
      from = end + 1;
    }
    return decoded;
  }

  /** Counts on beyond what fits, so that the discard tells how much it was. */
  #keep(part: Uint8Array): void {
    const room = this.#held.length - this.#count;
    if (room > 0) this.#held.set(part.subarray(0, room), this.#count);
    this.#count += part.length;
  }

  #finish(): Decoded {
    const bytes = this.#count;
    this.#count = 0;
    const read = bytes > this.#held.length ? 'too-long' : readFrame(this.#held, bytes);
    return typeof read === 'string'
      ? { kind: 'discarded', reason: read, bytes }
      : { kind: 'frame', frame: read };
  }
}

/** Reads the first `count` bytes of `held`, which are overwritten. */
function readFrame(held: Uint8Array, count: number): Frame | DiscardReason {
  const length = unstuff(held, count);
  if (length === undefined) return 'bad-stuffing';
  if (length < HEADER_BYTES + CRC_BYTES) return 'too-short';
  const crcAt = length - CRC_BYTES;
  const expected = new DataView(held.buffer, crcAt, CRC_BYTES).getUint32(0);
  if (crc32(held.subarray(0, crcAt)) !== expected) return 'bad-crc';
  return { header: readHeader(held), body: held.slice(HEADER_BYTES, crcAt) };
}
