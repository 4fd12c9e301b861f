import { stuff, stuffedBytes } from './cobs.ts';
import { crc32 } from './crc32.ts';
import { CRC_BYTES, HEADER_BYTES, type Header, MAX_BODY_BYTES, writeHeader } from './header.ts';

/** What ends a frame, and begins one after a silence so that noise before it is not glued to it. */
export const DELIMITER = 0;

export interface Frame {
  header: Header;
  body: Uint8Array;
}

/** The bytes of a frame on the line: delimiter, stuffed (header, body, CRC), delimiter. Throws RangeError when too long. */
export function encodeFrame({ header, body }: Frame): Uint8Array {
  if (body.length > MAX_BODY_BYTES) throw new RangeError(`body of ${body.length} bytes`);
  const plain = new Uint8Array(HEADER_BYTES + body.length + CRC_BYTES);
  writeHeader(header, plain);
  plain.set(body, HEADER_BYTES);
  const crcAt = HEADER_BYTES + body.length;
  new DataView(plain.buffer).setUint32(crcAt, crc32(plain.subarray(0, crcAt)));

  const line = new Uint8Array(stuffedBytes(plain.length) + 2);
  line[0] = DELIMITER;
  const end = stuff(plain, line, 1);
  line[end] = DELIMITER;
  return line.subarray(0, end + 1);
}
