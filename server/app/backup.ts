import { createHash } from 'node:crypto';
import { chmod, mkdir, open, readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { ServerConfig } from '../config.ts';
import { type DumpedRow, eachRow, fill, MIGRATIONS, whyNotFilled } from '../drivers/database/dump.ts';
import { fileMandate } from '../drivers/database/mandate-file.ts';
import { MediaBucket } from '../drivers/media/media-bucket.ts';
import { MediaFolder } from '../drivers/media/media-folder.ts';
import { ReleaseFolder } from '../drivers/release-folder.ts';
import { ServerError } from '../errors.ts';
import type { MediaFiles } from '../ports.ts';
import {
  BACKUP_LIMITS,
  invalid,
  type Line,
  type MediaLine,
  readBackup,
  writeBackup,
} from './backup-lines.ts';

export interface BackupContents {
  made_at: string;
  tables: Record<string, number>;
  secrets: string[];
  /** Areas with a release of the agent. */
  releases: string[];
  /** Sound and pictures that the rows name, how many of them the file carries, and those that are found nowhere or damaged. */
  media: { files: number; bytes: number; inside: number; missing: string[] };
}

/** The rows of these tables name files. */
const MEDIA_TABLES: ReadonlySet<string> = new Set(['media', 'pictures']);

/**
 * Writes all that a server is into one file. Also while it runs. Media of a bucket stay there, and are only named. Rejects
 * `backup-media-too-large`, `backup-not-written`, `disk-full`.
 */
export async function backup(
  config: ServerConfig,
  path: string,
  { now, withoutMedia = false }: { now: number; withoutMedia?: boolean },
): Promise<BackupContents> {
  const made_at = new Date(now).toISOString();
  const contents: BackupContents = { made_at, tables: {}, secrets: [], releases: [], media: noMedia() };
  const files = await mediaBeside(config);
  const carries = config.media.kind === 'folder' && !withoutMedia;
  async function* lines(): AsyncGenerator<Line> {
    yield { kind: 'prakat-server-backup', format: 3, made_at };
    const named: string[] = [];
    const releases = new ReleaseFolder(config.data);
    for (const release of await releases.byArea()) {
      contents.releases.push(release.area);
      yield { kind: 'release', ...release };
      // They lie on the disk also where media lie in a bucket.
      if (carries) await nameFiles(contents, named, await releases.filesOf(release.text), files);
    }
    for await (const row of eachRow(config)) {
      count(contents, row, named);
      yield { kind: 'row', ...row };
    }
    // Behind the rows: of keys that are rotated meanwhile none is named by them that is not here.
    for (const secret of await secretsIn(config)) {
      contents.secrets.push(secret.name);
      yield secret;
    }
    const { bytes } = contents.media;
    if (carries && bytes > BACKUP_LIMITS.mediaBytes)
      throw new ServerError('backup-media-too-large', {
        context: { bytes, limit: BACKUP_LIMITS.mediaBytes },
      });
    for (const sha256 of named) {
      const size = await files.size(sha256);
      const isWhole = size !== undefined && (!carries || (await hashOf(files, sha256, size)) === sha256);
      if (!isWhole) contents.media.missing.push(sha256);
      else if (carries) {
        contents.media.inside += 1;
        yield* partsOf(files, sha256, size);
      }
    }
  }
  await writeBackup(path, lines());
  return contents;
}

/**
 * Makes the server of a backup in an empty place, on either database, its media in either store. Rejects `backup-invalid`,
 * `not-empty`, `already-running`; then nothing was written.
 */
export async function restore(config: ServerConfig, path: string): Promise<BackupContents> {
  const { contents, secrets, releases, migrations, named } = await checked(path);
  await mkdir(config.data, { recursive: true, mode: 0o750 });
  const lock = config.database === 'sqlite' ? fileMandate(config.data) : undefined;
  try {
    if ((await secretsIn(config)).length > 0)
      throw new ServerError('not-empty', { context: { where: config.data } });
    refuse(await whyNotFilled(config, migrations));
    const files = await mediaOf(config);
    // The files before the rows: a row without its file would be promised to villages.
    await takeMedia(path, files);
    refuse(await fill(config, migrations, rowsIn(path)));
    for (const { area, text } of releases) await new ReleaseFolder(config.data).put(area, text);
    for (const secret of secrets) await writeSecret(config, secret);
    for (const sha256 of named)
      if ((await files.size(sha256)) === undefined) contents.media.missing.push(sha256);
  } finally {
    await lock?.stop();
  }
  return contents;
}

function refuse(why: Awaited<ReturnType<typeof fill>>): void {
  if (why === undefined) return;
  if (why.taken.length > 0) throw new ServerError('not-empty', { context: { where: why.taken.join(', ') } });
  throw invalid(
    `of another version: ${why.strange.join(', ')}`,
    `เป็นของโปรแกรมคนละรุ่น: ${why.strange.join(', ')}`,
  );
}

/** The whole file, read once to its end before anything of it is believed. Rows are not kept: there may be millions. */
async function checked(path: string) {
  const contents: BackupContents = { made_at: '', tables: {}, secrets: [], releases: [], media: noMedia() };
  const secrets: (Line & { kind: 'secret' })[] = [];
  const releases: (Line & { kind: 'release' })[] = [];
  const migrations: string[] = [];
  const named: string[] = [];
  for await (const line of readBackup(path)) {
    if (line.kind === 'prakat-server-backup') contents.made_at = line.made_at;
    else if (line.kind === 'secret') {
      secrets.push(line);
      contents.secrets.push(line.name);
    } else if (line.kind === 'release') {
      releases.push(line);
      contents.releases.push(line.area);
    } else if (line.kind === 'row') {
      count(contents, line, named);
      if (line.table === MIGRATIONS) migrations.push(String(line.row.name));
    } else if (line.last) contents.media.inside += 1;
  }
  return { contents, secrets, releases, migrations, named };
}

/** The rows of a file that was checked before. */
async function* rowsIn(path: string): AsyncGenerator<DumpedRow> {
  for await (const line of readBackup(path)) if (line.kind === 'row') yield line;
}

/** Files that no row names. */
async function nameFiles(
  { media }: BackupContents,
  named: string[],
  hashes: string[],
  files: MediaFiles,
): Promise<void> {
  for (const sha256 of hashes) {
    if (named.includes(sha256)) continue;
    named.push(sha256);
    media.files += 1;
    media.bytes += (await files.size(sha256)) ?? 0;
  }
}

const noMedia = (): BackupContents['media'] => ({ files: 0, bytes: 0, inside: 0, missing: [] });

function count({ tables, media }: BackupContents, { table, row }: DumpedRow, named: string[]): void {
  tables[table] = (tables[table] ?? 0) + 1;
  if (!MEDIA_TABLES.has(table)) return;
  media.files += 1;
  media.bytes += Number(row.bytes);
  named.push(String(row.sha256));
}

const mediaOf = ({ data, media }: ServerConfig): Promise<MediaFiles> =>
  media.kind === 's3' ? MediaBucket.open(data, media) : MediaFolder.open(data);
/** Beside a running server, whose half-made files are left alone. */
const mediaBeside = async ({ data, media }: ServerConfig): Promise<MediaFiles> =>
  media.kind === 's3' ? MediaBucket.beside(data, media) : MediaFolder.beside(data);

async function hashOf(files: MediaFiles, sha256: string, size: number): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of files.read(sha256, 0, size - 1)) hash.update(chunk);
  return hash.digest('hex');
}

async function* partsOf(files: MediaFiles, sha256: string, size: number): AsyncGenerator<MediaLine> {
  const { partBytes } = BACKUP_LIMITS;
  let kept: Buffer = Buffer.alloc(0);
  let left = size;
  for await (const chunk of files.read(sha256, 0, size - 1)) {
    kept = Buffer.concat([kept, chunk]);
    while (kept.length >= partBytes || kept.length === left) {
      const part = kept.subarray(0, partBytes);
      left -= part.length;
      kept = kept.subarray(part.length);
      yield { kind: 'media', sha256, base64: part.toString('base64'), last: left === 0 };
      if (left === 0) return;
    }
  }
}

/** The file was checked before; what is read now is held to its name again by the store. */
async function takeMedia(path: string, files: MediaFiles): Promise<void> {
  const lines = readBackup(path);
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    if (next.value.kind !== 'media') continue;
    const first = next.value;
    async function* bytes(): AsyncGenerator<Uint8Array> {
      let part: MediaLine = first;
      yield Buffer.from(part.base64, 'base64');
      while (!part.last) {
        const following = await lines.next();
        if (following.done || following.value.kind !== 'media')
          throw invalid(`media ${first.sha256} is cut`, `ไฟล์สื่อ ${first.sha256} ขาดหาย`);
        part = following.value;
        yield Buffer.from(part.base64, 'base64');
      }
    }
    const { sha256 } = await files.keep(await files.receive(bytes(), BACKUP_LIMITS.mediaBytes));
    if (sha256 !== first.sha256)
      throw invalid(`media ${first.sha256} is damaged`, `ไฟล์สื่อ ${first.sha256} เสียหาย`);
  }
}

const secretsFolder = ({ data }: ServerConfig) => join(data, 'secrets');

async function secretsIn(config: ServerConfig): Promise<(Line & { kind: 'secret' })[]> {
  const folder = secretsFolder(config);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  // What begins with a dot is half-written.
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
  return Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      return { kind: 'secret' as const, name: relative(folder, path), value: await readFile(path, 'utf8') };
    }),
  );
}

async function writeSecret(
  config: ServerConfig,
  { name, value }: { name: string; value: string },
): Promise<void> {
  const path = join(secretsFolder(config), name);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await chmod(dirname(path), 0o700);
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(value);
    await file.sync();
  } finally {
    await file.close();
  }
}
