import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MEDIA_LIMITS, MediaFolder, type MediaFolderParts } from '../../../device/drivers/media-folder.ts';

const KIB = 1_024;
let folder: string;
let now: number;
let needed: string[];
let damaged: Parameters<NonNullable<MediaFolderParts['damaged']>>[0][];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prakat-media-'));
  now = Date.now();
  needed = [];
  damaged = [];
});
afterEach(() => rm(folder, { recursive: true }));

function open(budgetBytes = 64 * KIB): MediaFolder {
  return new MediaFolder({
    folder,
    clock: { wall: () => now },
    budgetBytes,
    needed: () => needed,
    damaged: (found) => damaged.push(found),
  });
}

async function put(media: MediaFolder, name: string, bytes = 16 * KIB): Promise<string> {
  const content = Buffer.alloc(bytes, name);
  const sha256 = createHash('sha256').update(content).digest('hex');
  await media.append(sha256, content.subarray(0, 1_000));
  expect(await media.partial(sha256)).toBe(1_000);
  expect(await media.path(sha256)).toBeUndefined();
  await media.append(sha256, content.subarray(1_000));
  expect(await media.finish(sha256)).toBe(join(folder, sha256));
  return sha256;
}

test('a file is there when it is whole, also after a restart', async () => {
  const sha256 = await put(open(), 'a');
  expect(await open().path(sha256)).toBe(join(folder, sha256));
  expect(await open().partial(sha256)).toBe(0);
});

test('a partial file with the wrong hash is gone', async () => {
  const media = open();
  await media.append('0'.repeat(64), Buffer.from('x'));
  expect(await media.finish('0'.repeat(64))).toBeUndefined();
  expect(await readdir(folder)).toEqual([]);
  expect(await media.finish('1'.repeat(64))).toBeUndefined();
});

test.each([
  ['truncated', (path: string) => truncate(path, 512)],
  ['zero-filled', (path: string) => writeFile(path, Buffer.alloc(16 * KIB))],
  ['empty', (path: string) => truncate(path, 0)],
])('a whole file that is %s since is not given, but told and fetched again (F3)', async (_name, harm) => {
  const sha256 = await put(open(), 'a');
  await harm(join(folder, sha256));
  const media = open();
  expect(await media.path(sha256)).toBeUndefined();
  expect(damaged).toMatchObject([{ what: `media/${sha256}` }]);
  expect(damaged[0]?.sha256).not.toBe(sha256);
  expect(await readdir(folder)).toEqual([]);
});

test('over its budget the least recently used goes, never what is needed or was used just now (I5)', async () => {
  const media = open();
  now -= 3 * MEDIA_LIMITS.inUse_ms;
  const files: string[] = [];
  for (const name of ['a', 'b', 'c', 'd']) {
    files.push(await put(media, name));
    now += 1_000;
  }
  const [a = '', b = '', c = '', d = ''] = files;
  needed = [a];
  now = Date.now() + 2 * MEDIA_LIMITS.inUse_ms;
  await media.path(c);
  const e = await put(media, 'e');
  expect((await readdir(folder)).sort()).toEqual([a, c, d, e].sort());
  expect(await media.path(b)).toBeUndefined();
});

test('a name that is no hash is a broken invariant, not a path', async () => {
  await expect(open().path('../../etc/passwd')).rejects.toThrow(TypeError);
});
