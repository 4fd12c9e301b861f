import { type FileHandle, open } from 'node:fs/promises';
import { ANNOUNCEMENT_LIMITS } from '../../../firmware-protocol/content/announcement.ts';
import { DeviceError } from '../../errors.ts';

/** Of a page (RFC 3533, 6): fixed part, then one length per segment. */
const PAGE_HEADER_BYTES = 27;
const FIRST_OF_STREAM = 0x02;
const LAST_OF_STREAM = 0x04;
const LONGEST_PAGE_BYTES = PAGE_HEADER_BYTES + 255 + 255 * 255;
/** Opus counts granules at 48 kHz whatever the input was (RFC 7845, 4). */
const GRANULES_PER_MS = 48n;

interface Page {
  flags: number;
  granule: bigint;
  serial: number;
  body: Buffer;
}

/**
 * Length in ms of a whole Ogg Opus file, from its first and last page. Rejects `media-undecodable` for anything else:
 * another codec, a playlist, a page, an empty or a cut file.
 */
export async function inspectOggOpus(path: string): Promise<number> {
  const file = await open(path, 'r').catch((cause) => {
    throw new DeviceError('media-undecodable', { path, why: 'it cannot be read' }, cause);
  });
  try {
    const fault = (why: string) => new DeviceError('media-undecodable', { path, why });
    const { size } = await file.stat();
    const first = pageAt(await read(file, 0, Math.min(size, LONGEST_PAGE_BYTES)), 0);
    if (first === undefined) throw fault('it does not begin with an Ogg page');
    const head = first.body;
    if (
      (first.flags & FIRST_OF_STREAM) === 0 ||
      head.toString('latin1', 0, 8) !== 'OpusHead' ||
      head.length < 19
    )
      throw fault('its first stream is not Opus');
    const last = lastPage(await read(file, Math.max(0, size - LONGEST_PAGE_BYTES), LONGEST_PAGE_BYTES));
    if (last === undefined || (last.flags & LAST_OF_STREAM) === 0) throw fault('its end is missing');
    if (last.serial !== first.serial) throw fault('it has more than one stream');
    const ms = Number((last.granule - BigInt(head.readUInt16LE(10))) / GRANULES_PER_MS);
    if (ms <= 0) throw fault('it holds no sound');
    if (ms > ANNOUNCEMENT_LIMITS.mediaMs) throw fault(`it is ${ms} ms long`);
    return ms;
  } finally {
    await file.close();
  }
}

async function read(file: FileHandle, from: number, bytes: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, from);
  return buffer.subarray(0, bytesRead);
}

/** The page that ends exactly where the file ends. */
function lastPage(tail: Buffer): Page | undefined {
  for (let at = tail.lastIndexOf('OggS'); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf('OggS', at - 1)) {
    const page = pageAt(tail, at);
    if (page !== undefined && page.body.byteOffset + page.body.length === tail.byteOffset + tail.length)
      return page;
  }
  return undefined;
}

function pageAt(bytes: Buffer, at: number): Page | undefined {
  if (bytes.length < at + PAGE_HEADER_BYTES || bytes.toString('latin1', at, at + 4) !== 'OggS')
    return undefined;
  const segments = bytes.readUInt8(at + 26);
  const bodyAt = at + PAGE_HEADER_BYTES + segments;
  if (bytes.length < bodyAt) return undefined;
  const bodyBytes = bytes.subarray(at + PAGE_HEADER_BYTES, bodyAt).reduce((sum, lacing) => sum + lacing, 0);
  if (bytes.length < bodyAt + bodyBytes) return undefined;
  return {
    flags: bytes.readUInt8(at + 5),
    granule: bytes.readBigInt64LE(at + 6),
    serial: bytes.readUInt32LE(at + 14),
    body: bytes.subarray(bodyAt, bodyAt + bodyBytes),
  };
}
