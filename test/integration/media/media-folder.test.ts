import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MediaFolder, type MediaFolderParts } from '../../../device/drivers/media-folder.ts';
import type { HeldMedia } from '../../../device/ports.ts';

const KIB = 1_024;
let folder: string;
let now: number;
let damaged: Parameters<NonNullable<MediaFolderParts['damaged']>>[0][];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prakat-media-'));
  now = Date.now();
  damaged = [];
});
afterEach(() => rm(folder, { recursive: true }));

function open(): MediaFolder {
  return new MediaFolder({ folder, clock: { wall: () => now }, damaged: (found) => damaged.push(found) });
}

function contentOf(name: string): { content: Buffer; sha256: string } {
  const content = Buffer.alloc(16 * KIB, name);
  return { content, sha256: createHash('sha256').update(content).digest('hex') };
}

async function put(media: MediaFolder, name: string): Promise<string> {
  const { content, sha256 } = contentOf(name);
  await media.append(sha256, content.subarray(0, 1_000));
  expect(await media.partial(sha256)).toBe(1_000);
  expect(await media.path(sha256)).toBeUndefined();
  await media.append(sha256, content.subarray(1_000));
  expect(await media.finish(sha256)).toBe(join(folder, sha256));
  return sha256;
}

async function* pieces(content: Buffer, cutAfter = content.length): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < cutAfter; at += 5_000) yield content.subarray(at, Math.min(at + 5_000, cutAfter));
  if (cutAfter < content.length) throw new Error('the stick was pulled');
}

const byName = (held: HeldMedia[]) => new Map(held.map((file) => [file.name, file]));

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

describe('a file from elsewhere', () => {
  test('is taken whole, and ends the download of the same file', async () => {
    const media = open();
    const { content, sha256 } = contentOf('a');
    await media.append(sha256, content.subarray(0, 100));
    expect(await media.adopt(sha256, pieces(content))).toBe(join(folder, sha256));
    expect(await readFile(join(folder, sha256))).toEqual(content);
    expect(await readdir(folder)).toEqual([sha256]);
  });

  test('that is another one is not taken, and what was fetched of the right one stays', async () => {
    const media = open();
    const { content, sha256 } = contentOf('a');
    await media.append(sha256, content.subarray(0, 100));
    expect(await media.adopt(sha256, pieces(contentOf('b').content))).toBeUndefined();
    expect(await readdir(folder)).toEqual([`${sha256}.part`]);
    expect(await media.partial(sha256)).toBe(100);
  });

  test('that breaks off leaves nothing half done', async () => {
    const media = open();
    const { content, sha256 } = contentOf('a');
    await expect(media.adopt(sha256, pieces(content, 9_000))).rejects.toThrow('the stick was pulled');
    expect(await readdir(folder)).toEqual([]);
  });
});

test('everything that takes room is told: whole files, parts, what a power cut left and what is not ours', async () => {
  const media = open();
  const a = await put(media, 'a');
  const b = contentOf('b').sha256;
  await media.append(b, Buffer.alloc(100));
  await writeFile(join(folder, `${b}.copy`), Buffer.alloc(200));
  await writeFile(join(folder, 'ประกาศ.mp3'), Buffer.alloc(300));
  const used = new Date('2026-11-01T00:00:00Z');
  await utimes(join(folder, a), used, used);
  const held = byName(await media.held());
  expect(held.get(a)).toMatchObject({ sha256: a, bytes: 16 * KIB, isWhole: true, usedAt: used.getTime() });
  expect(held.get(`${b}.part`)).toMatchObject({ sha256: b, bytes: 100, isWhole: false });
  expect(held.get(`${b}.copy`)).toMatchObject({ sha256: '', bytes: 200, isWhole: false });
  expect(held.get('ประกาศ.mp3')).toMatchObject({ sha256: '', bytes: 300, isWhole: false });
  await media.remove('ประกาศ.mp3');
  expect((await media.held()).map(({ name }) => name)).not.toContain('ประกาศ.mp3');
});

test('before the first file there is nothing, and the card says how much it has free', async () => {
  const media = new MediaFolder({ folder: join(folder, 'media'), clock: { wall: () => now } });
  expect(await media.held()).toEqual([]);
  expect(await media.freeBytes()).toBeGreaterThan(0);
});

test('a name that is no hash is a broken invariant, not a path', async () => {
  await expect(open().path('../../etc/passwd')).rejects.toThrow(TypeError);
});
