import { Sha256 } from '../../../firmware-protocol/content/announcement.ts';
import { type ByteRange, rangeOf } from '../../content/byte-range.ts';
import type { MediaLibrary } from '../../content/media-library.ts';
import { ServerError } from '../../errors.ts';

/** What `GET /media/{sha256}` answers; without `range` there is nothing to send. */
export interface MediaAnswer {
  status: 200 | 206 | 304;
  headers: Record<string, string | number>;
  sha256: string;
  range?: ByteRange;
}

type Asked = Partial<Record<'range' | 'if-range' | 'if-none-match', string | undefined>>;

/** A file of the library, whole or a range of it (RFC 9110, 13 and 14). Rejects `unknown-media`, `range-invalid`. */
export async function mediaAnswer(
  name: string,
  asked: Asked,
  library: Pick<MediaLibrary, 'size'> & { typeOf: (sha256: string) => Promise<string> },
): Promise<MediaAnswer> {
  const { data: sha256 } = Sha256.safeParse(name);
  const bytes = sha256 === undefined ? undefined : await library.size(sha256);
  if (sha256 === undefined || bytes === undefined)
    throw new ServerError('unknown-media', { context: { sha256: name.slice(0, 64) } });
  const etag = `"${sha256}"`;
  // Content is named by its hash: it can never change.
  const lasting = {
    etag,
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=31536000, immutable',
  };
  if (asked['if-none-match'] === etag) return { status: 304, headers: lasting, sha256 };
  const stale = asked['if-range'] !== undefined && asked['if-range'] !== etag;
  const range = rangeOf(stale ? undefined : asked.range, bytes);
  if (range === 'unsatisfiable') throw new ServerError('range-invalid', { context: { bytes } });
  const { from, to } = range === 'whole' ? { from: 0, to: bytes - 1 } : range;
  const headers = {
    ...lasting,
    'content-type': await library.typeOf(sha256),
    'content-length': to - from + 1,
  };
  if (range === 'whole') return { status: 200, headers, sha256, range: { from, to } };
  const part = { ...headers, 'content-range': `bytes ${from}-${to}/${bytes}` };
  return { status: 206, headers: part, sha256, range: { from, to } };
}
