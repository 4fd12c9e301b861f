import { createHash } from 'node:crypto';
import { chmod, mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import type { ServerConfig } from '../config.ts';
import { type DumpedRow, eachRow, fill } from '../drivers/database-dump.ts';
import { fileMandate } from '../drivers/mandate-file.ts';
import { MediaBucket } from '../drivers/media-bucket.ts';
import { MediaFolder } from '../drivers/media-folder.ts';
import { ServerError } from '../errors.ts';

/** A backup is gzip of JSON lines: the head, each secret, each row, and the end with the hash of all lines before it. */
const Line = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('prakat-server-backup'), format: z.literal(1), made_at: z.string() }),
  // A name below the folder of secrets, never above it.
  z.object({
    kind: z.literal('secret'),
    name: z.string().regex(/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/),
    value: z.string(),
  }),
  z.object({ kind: z.literal('row'), table: z.string(), row: z.record(z.string(), z.unknown()) }),
  z.object({ kind: z.literal('end'), sha256: z.string() }),
]);
type Line = z.infer<typeof Line>;

export interface BackupContents {
  made_at: string;
  tables: Record<string, number>;
  secrets: string[];
  /** Sound and pictures that the rows name: they are not in the file. */
  media: { files: number; bytes: number; missing: string[] };
}

/** Writes all that a server is, except its media, into one file (mode 0600: it holds the keys). Also while it runs. */
export async function backup(config: ServerConfig, path: string, now: number): Promise<BackupContents> {
  const lines: Line[] = [
    { kind: 'prakat-server-backup', format: 1, made_at: new Date(now).toISOString() },
    ...(await secretsIn(config)),
  ];
  await eachRow(config, async (row) => void lines.push({ kind: 'row', ...row }));
  const text = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
  const end: Line = { kind: 'end', sha256: sha256Of(text) };
  const scratch = `${path}.new`;
  const file = await open(scratch, 'w', 0o600);
  try {
    await file.writeFile(gzipSync(`${text}${JSON.stringify(end)}\n`));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(scratch, path);
  return contentsOf(config, lines);
}

/**
 * Makes the server of a backup in an empty place, on either database. Rejects `backup-invalid`, `not-empty`, `already-running`; then
 * nothing was written.
 */
export async function restore(config: ServerConfig, path: string): Promise<BackupContents> {
  const lines = read(await readFile(path));
  await mkdir(config.data, { recursive: true, mode: 0o750 });
  const lock = config.database === 'sqlite' ? fileMandate(config.data) : undefined;
  try {
    if ((await secretsIn(config)).length > 0)
      throw new ServerError('not-empty', { context: { where: config.data } });
    const refused = await fill(config, lines.filter(isRow));
    if (refused !== undefined && refused.taken.length > 0)
      throw new ServerError('not-empty', { context: { where: refused.taken.join(', ') } });
    if (refused !== undefined) throw invalid(`of another version: ${refused.strange.join(', ')}`);
    for (const line of lines) if (line.kind === 'secret') await writeSecret(config, line);
  } finally {
    await lock?.stop();
  }
  return contentsOf(config, lines);
}

const isRow = (line: Line): line is Line & DumpedRow => line.kind === 'row';
const invalid = (why: string) => new ServerError('backup-invalid', { context: { why } });
const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex');
const secretsFolder = ({ data }: ServerConfig) => join(data, 'secrets');

function read(bytes: Uint8Array): Line[] {
  let text: string;
  try {
    text = gunzipSync(bytes).toString();
  } catch {
    throw invalid('not gzip, or cut');
  }
  const lines = text
    .split('\n')
    .slice(0, -1)
    .map((each, at) => {
      try {
        return Line.parse(JSON.parse(each));
      } catch {
        throw invalid(`line ${at + 1}`);
      }
    });
  const end = lines.pop();
  if (lines[0]?.kind !== 'prakat-server-backup') throw invalid('line 1');
  const before = text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1);
  if (end?.kind !== 'end' || end.sha256 !== sha256Of(before))
    throw invalid('its end is missing, or it was altered');
  return lines;
}

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

async function contentsOf(config: ServerConfig, lines: Line[]): Promise<BackupContents> {
  const tables: Record<string, number> = {};
  const secrets: string[] = [];
  const media = { files: 0, bytes: 0, missing: [] as string[] };
  const files =
    config.media.kind === 's3'
      ? await MediaBucket.open(config.data, config.media)
      : await MediaFolder.open(config.data);
  for (const line of lines) {
    if (line.kind === 'secret') secrets.push(line.name);
    if (!isRow(line)) continue;
    tables[line.table] = (tables[line.table] ?? 0) + 1;
    if (line.table !== 'media' && line.table !== 'pictures') continue;
    media.files++;
    media.bytes += Number(line.row.bytes);
    const sha256 = String(line.row.sha256);
    if ((await files.size(sha256)) === undefined) media.missing.push(sha256);
  }
  const [head] = lines;
  return { made_at: head?.kind === 'prakat-server-backup' ? head.made_at : '', tables, secrets, media };
}
