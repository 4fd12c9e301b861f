import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { backup, restore } from '../../../server/app/backup.ts';
import { configFrom, type ServerConfig } from '../../../server/config.ts';
import { openDatabaseOf } from '../../../server/drivers/database/database.ts';
import { MediaBucket } from '../../../server/drivers/media/media-bucket.ts';
import { MediaFolder } from '../../../server/drivers/media/media-folder.ts';
import type { MediaFiles } from '../../../server/ports.ts';

const ACCESS = 'AKIAIOSFODNN7EXAMPLE';
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const REGION = 'ap-southeast-7';

let folder: string;
let store: ChildProcess;
let endpoint: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prakat-media-'));
  await writeFile(join(folder, 'secret'), `${SECRET}\n`);
  const script = new URL('object-store.py', import.meta.url).pathname;
  store = spawn('python3', [script, ACCESS, SECRET, REGION], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = await once(store.stdout as NonNullable<typeof store.stdout>, 'data');
  endpoint = `http://127.0.0.1:${String(port).trim()}`;
});
afterAll(async () => {
  store.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

const mode = (name: string) => fetch(`${endpoint}/-/mode`, { method: 'PUT', body: name });
beforeEach(() => mode('ok'));

function bucketConfig(more: object = {}) {
  const media = { kind: 's3', endpoint, bucket: 'prakat', region: REGION, access_key: ACCESS };
  const config = configFrom({ media: { ...media, secret_key_file: 'secret', ...more } }, folder);
  if (config.media.kind !== 's3') throw new Error('it is a bucket');
  return config.media;
}
const openBucket = async (more: object = {}) =>
  MediaBucket.open(await mkdtemp(join(folder, 'data-')), bucketConfig(more));

async function* chunks(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += 10_000) yield bytes.subarray(at, at + 10_000);
}
async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

const stores: [string, () => Promise<MediaFiles>][] = [
  ['a folder', async () => MediaFolder.open(await mkdtemp(join(folder, 'data-')))],
  ['a bucket', () => openBucket()],
];

describe.each(stores)('media in %s', (_name, open) => {
  it('is kept under its hash, and read whole and in ranges', async () => {
    const files = await open();
    const content = randomBytes(123_457);
    const sha256 = createHash('sha256').update(content).digest('hex');
    expect(await files.size(sha256)).toBeUndefined();
    const kept = await files.keep(await files.receive(chunks(content), 1_000_000));
    expect(kept).toEqual({ sha256, bytes: content.length });
    expect(await files.size(sha256)).toBe(content.length);
    expect(await bytesOf(files.read(sha256, 0, content.length - 1))).toEqual(content);
    expect(await bytesOf(files.read(sha256, 100_000, 100_009))).toEqual(content.subarray(100_000, 100_010));
    // The same again is the same file.
    expect(await files.keep(await files.receive(chunks(content), 1_000_000))).toEqual(kept);
  });

  it('is gone when it is removed, and nobody minds when it was gone before', async () => {
    const files = await open();
    const { sha256 } = await files.keep(await files.receive(chunks(randomBytes(2_000)), 10_000));
    await files.remove(sha256);
    expect(await files.size(sha256)).toBeUndefined();
    await files.remove(sha256);
  });

  it('keeps no upload that is too large or empty', async () => {
    const files = await open();
    await expect(files.receive(chunks(randomBytes(30_000)), 20_000)).rejects.toMatchObject({
      code: 'upload-too-large',
    });
    await expect(files.receive(chunks(Buffer.alloc(0)), 20_000)).rejects.toMatchObject({
      code: 'upload-empty',
    });
  });

  it('is asked for hashes only', async () => {
    const files = await open();
    await expect(async () => await files.size('../secret')).rejects.toThrow('not a SHA-256');
    await expect(async () => bytesOf(files.read('../secret', 0, 1))).rejects.toThrow('not a SHA-256');
  });
});

describe('a bucket', () => {
  const content = randomBytes(5_000);
  const keep = async (files: MediaFiles) => files.keep(await files.receive(chunks(content), 10_000));

  it('leaves nothing on the disk of the server', async () => {
    const data = await mkdtemp(join(folder, 'data-'));
    await keep(await MediaBucket.open(data, bucketConfig()));
    expect(await readdir(join(data, 'media-scratch'))).toEqual([]);
  });

  it('that is busy is asked again', async () => {
    await mode('busy');
    expect((await keep(await openBucket())).bytes).toBe(content.length);
  });

  it('that is away keeps the upload for the next try, and says so', async () => {
    const data = await mkdtemp(join(folder, 'data-'));
    const files = await MediaBucket.open(data, bucketConfig());
    const scratch = await files.receive(chunks(content), 10_000);
    await mode('away');
    await expect(files.keep(scratch)).rejects.toMatchObject({ code: 'media-store-down' });
    expect(await readdir(join(data, 'media-scratch'))).toHaveLength(1);
    await mode('ok');
    expect((await files.keep(scratch)).bytes).toBe(content.length);
  });

  it('with other keys is refused, and the secret is in no message', async () => {
    await writeFile(join(folder, 'other'), 'another-secret');
    const files = await openBucket({ secret_key_file: 'other' });
    const error = await keep(files).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'media-store-down', message: expect.stringContaining('403') });
    expect(JSON.stringify(error)).not.toContain('another-secret');
  });

  it('that knows no ranges is not believed: those would be other bytes', async () => {
    const files = await openBucket();
    const { sha256 } = await keep(files);
    await mode('no-ranges');
    await expect(bytesOf(files.read(sha256, 10, 20))).rejects.toMatchObject({ code: 'media-store-down' });
  });

  it('whose secret is not there is a fault of the configuration, with its place', async () => {
    await expect(openBucket({ secret_key_file: 'nowhere' })).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining('secret_key_file'),
    });
  });
});

describe('a backup', () => {
  const content = randomBytes(150_001);
  /** A server of its own whose library names the content. */
  async function server(media: object | undefined) {
    const data = await mkdtemp(join(folder, 'server-'));
    return configFrom({ data, ...(media !== undefined && { media }) }, folder);
  }
  async function uploaded(config: ServerConfig, files: MediaFiles): Promise<string> {
    const { sha256, bytes } = await files.keep(await files.receive(chunks(content), 1_000_000));
    const db = await openDatabaseOf(config);
    const about = { sha256, bytes, ms: 1_400, title: 'เสียงตามสาย', loudness_clufs: -1_600 };
    await db.media.put({ ...about, uploadedBy: 'somchai', uploadedAt: 0 });
    await db.close();
    return sha256;
  }
  const inBucket = () => ({
    ...{ kind: 's3', endpoint, bucket: 'prakat', region: REGION, access_key: ACCESS },
    secret_key_file: 'secret',
  });

  it('of a folder is restored into a bucket, and of a bucket only names what stays there', async () => {
    const before = await server(undefined);
    const sha256 = await uploaded(before, await MediaFolder.open(before.data));
    const file = join(before.data, 'a.backup');
    expect((await backup(before, file, { now: 0 })).media).toMatchObject({
      files: 1,
      inside: 1,
      missing: [],
    });

    const after = await server(inBucket());
    expect((await restore(after, file)).media).toMatchObject({ inside: 1, missing: [] });
    const files = await MediaBucket.open(after.data, bucketConfig());
    expect(await bytesOf(files.read(sha256, 0, content.length - 1))).toEqual(content);

    const again = join(after.data, 'b.backup');
    expect((await backup(after, again, { now: 0 })).media).toMatchObject({
      files: 1,
      inside: 0,
      missing: [],
    });
    const third = await server(inBucket());
    expect((await restore(third, again)).media).toMatchObject({ inside: 0, missing: [] });
  });
});
