import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip, constants as zlib } from 'node:zlib';
import { z } from 'zod';
import { AreaCode } from '../../firmware-protocol/content/area.ts';
import { diskError } from '../drivers/media/scratch-folder.ts';
import { ServerError } from '../errors.ts';

export const BACKUP_LIMITS = {
  /** Sound and pictures in one file; a province's two years of announcements are a tenth of it. */
  mediaBytes: 16 * 1024 ** 3,
  /** The longest row is an alert of 6 MB, as text in JSON. */
  lineBytes: 64 * 1024 ** 2,
  /** Of a sound in one line; a multiple of three, so that the parts of Base64 have no padding between them. */
  partBytes: 48 * 1024,
} as const;

/** Gzip of JSON lines: the head, each secret, each release, each row, each part of the media, and the end with the hash of all lines before it. */
export const Line = z.discriminatedUnion('kind', [
  // Format 1 has no media, format 2 no releases.
  z.object({ kind: z.literal('prakat-server-backup'), format: z.literal([1, 2, 3]), made_at: z.string() }),
  // A name below the folder of secrets, never above it.
  z.object({
    kind: z.literal('secret'),
    name: z.string().regex(/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/),
    value: z.string(),
  }),
  // The document as it was signed, under the name of its area.
  z.object({ kind: z.literal('release'), area: AreaCode, text: z.string() }),
  z.object({ kind: z.literal('row'), table: z.string(), row: z.record(z.string(), z.unknown()) }),
  // The parts of a file follow each other; the last one says so.
  z.object({
    kind: z.literal('media'),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    base64: z.base64(),
    last: z.boolean(),
  }),
  z.object({ kind: z.literal('end'), sha256: z.string() }),
]);
export type Line = z.infer<typeof Line>;
export type MediaLine = Line & { kind: 'media' };

export const invalid = (why: string, why_th: string) =>
  new ServerError('backup-invalid', { context: { why, why_th } });

/**
 * Writes a backup under its name (mode 0600: it holds the keys) when `lines` have ended well; else nothing is left of it. Rejects
 * `backup-not-written`, `disk-full`, and as `lines`.
 */
export async function writeBackup(path: string, lines: AsyncIterable<Line>): Promise<void> {
  const scratch = `${path}.new`;
  const file = await open(scratch, 'w', 0o600).catch((cause: unknown) => {
    throw new ServerError('backup-not-written', { context: { path, why: codeOf(cause) }, cause });
  });
  try {
    await writeTo(file, lines);
    await file.sync();
    await rename(scratch, path);
  } catch (error) {
    await rm(scratch, { force: true });
    throw diskError(error);
  } finally {
    await file.close();
  }
}

async function writeTo(file: FileHandle, lines: AsyncIterable<Line>): Promise<void> {
  const hash = createHash('sha256');
  async function* bytes(): AsyncGenerator<Buffer> {
    for await (const line of lines) {
      const written = Buffer.from(`${JSON.stringify(line)}\n`);
      hash.update(written);
      yield written;
    }
    const end: Line = { kind: 'end', sha256: hash.digest('hex') };
    yield Buffer.from(`${JSON.stringify(end)}\n`);
  }
  // Sound does not get smaller, and Base64 gives back at any level what it took.
  const gzip = createGzip({ level: zlib.Z_BEST_SPEED });
  await pipeline(bytes, gzip, async (packed: AsyncIterable<Uint8Array>) => {
    for await (const chunk of packed) await file.writeFile(chunk);
  });
}

/**
 * Each line of a backup but its end. Rejects `backup-invalid` with the place at the first line that is none, at a media file that is not
 * what its name says, and at the end where the end is missing or not that of these lines: until then nothing may be believed.
 */
export async function* readBackup(path: string): AsyncGenerator<Exclude<Line, { kind: 'end' }>> {
  const hash = createHash('sha256');
  let media = createHash('sha256');
  let within: string | undefined;
  let number = 0;
  let hasEnded = false;
  for await (const bytes of linesOf(path)) {
    number += 1;
    if (hasEnded) throw invalid(`line ${number} is behind its end`, `บรรทัด ${number} อยู่หลังจุดจบของไฟล์`);
    const line = parsed(bytes, number);
    if (number === 1 && line.kind !== 'prakat-server-backup') throw invalid('line 1', 'บรรทัด 1');
    if (within !== undefined && (line.kind !== 'media' || line.sha256 !== within))
      throw invalid(`line ${number}: media ${within} is cut`, `บรรทัด ${number}: ไฟล์สื่อ ${within} ขาดหาย`);
    if (line.kind === 'end') {
      if (line.sha256 !== hash.digest('hex')) throw invalid('it was altered', 'ไฟล์ถูกแก้ไข');
      // What is read on is the checksum of gzip.
      hasEnded = true;
      continue;
    }
    hash.update(bytes).update('\n');
    if (line.kind === 'media') {
      media.update(line.base64, 'base64');
      within = line.last ? undefined : line.sha256;
      if (line.last && media.digest('hex') !== line.sha256)
        throw invalid(
          `line ${number}: media ${line.sha256} is damaged`,
          `บรรทัด ${number}: ไฟล์สื่อ ${line.sha256} เสียหาย`,
        );
      if (line.last) media = createHash('sha256');
    }
    yield line;
  }
  if (hasEnded) return;
  if (number === 0) throw invalid('it is empty', 'ไฟล์ว่างเปล่า');
  throw invalid(`its end is missing, after line ${number}`, `ไม่มีจุดจบของไฟล์ หลังบรรทัด ${number}`);
}

function parsed(bytes: Buffer, number: number): Line {
  try {
    return Line.parse(JSON.parse(bytes.toString()));
  } catch {
    throw invalid(`line ${number}`, `บรรทัด ${number}`);
  }
}

async function* linesOf(path: string): AsyncGenerator<Buffer> {
  const source = createReadStream(path);
  const text = createGunzip();
  source.on('error', (error) => text.destroy(error));
  source.pipe(text);
  let kept: Buffer[] = [];
  let keptBytes = 0;
  let number = 1;
  try {
    for await (const chunk of text as AsyncIterable<Buffer>) {
      let from = 0;
      for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
        yield Buffer.concat([...kept, chunk.subarray(from, end)]);
        [kept, keptBytes, from, number] = [[], 0, end + 1, number + 1];
      }
      kept.push(chunk.subarray(from));
      keptBytes += chunk.length - from;
      if (keptBytes > BACKUP_LIMITS.lineBytes)
        throw invalid(`line ${number} is too long`, `บรรทัด ${number} ยาวเกินไป`);
    }
  } catch (error) {
    // Of zlib: what is no gzip, and what ends in the middle.
    if (codeOf(error).startsWith('Z_'))
      throw number === 1
        ? invalid('it is no gzip, or cut', 'ไม่ใช่ไฟล์ gzip หรือไฟล์ขาด')
        : invalid(`it is cut or damaged after line ${number - 1}`, `ไฟล์ขาดหรือเสียหายหลังบรรทัด ${number - 1}`);
    if (number === 1 && codeOf(error).startsWith('E'))
      throw invalid(`${path}: ${codeOf(error)}`, `${path}: ${codeOf(error)}`);
    throw error;
  } finally {
    source.destroy();
  }
  if (keptBytes > 0) throw invalid(`line ${number} is cut`, `บรรทัด ${number} ขาด`);
}

/** `ENOENT`, `Z_BUF_ERROR`; empty where the error has none. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
