import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { MediaInfo } from '../../../firmware-protocol/http/media.ts';
import { made, SPEECH } from '../content/sounds.ts';
import { basic, fileForm, openWorld, UPLOAD_LIMIT_BYTES, type World } from './world.ts';

let world: World;
let folder: string;
beforeAll(async () => {
  [world, folder] = await Promise.all([openWorld(), mkdtemp(join(tmpdir(), 'prakat-media-'))]);
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

const post = (body: FormData | string, headers: Record<string, string> = basic('somchai')) =>
  fetch(`${world.url}/media`, { method: 'POST', body, headers });
const get = (sha256: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${world.url}/media/${sha256}`, { method, headers: { ...basic('nongkhai-1'), ...headers } });
const speech = async () => fileForm(await readFile(SPEECH), 'ประกาศ_น้ำท่วม.wav');

describe('prepared media', () => {
  let info: MediaInfo;
  beforeAll(async () => {
    const response = await post(await speech());
    expect(response.status).toBe(200);
    info = MediaInfo.parse(await response.json());
  });

  it('is described as it is, in the library, and nothing half made is left', async () => {
    expect(info).toMatchObject({ title: 'ประกาศ น้ำท่วม' });
    expect(Math.abs(info.loudness_clufs + 1_600)).toBeLessThanOrEqual(100);
    expect(await world.row(info.sha256)).toEqual(info);
    expect(await world.remains()).toEqual({ scratch: 0, media: [info.sha256] });
  });

  it('comes whole, named by its hash, to be kept for ever', async () => {
    const response = await get(info.sha256);
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(response.status).toBe(200);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(info.sha256);
    expect(bytes.length).toBe(info.bytes);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'audio/ogg; codecs=opus',
      'accept-ranges': 'bytes',
      'cache-control': 'private, max-age=31536000, immutable',
    });
  });

  it('goes on where a download broke off, to the byte', async () => {
    const hash = createHash('sha256');
    const cuts = [0, 1, 1_000, info.bytes - 1];
    for (const [index, from] of cuts.entries()) {
      const to = cuts[index + 1];
      const response = await get(info.sha256, { range: `bytes=${from}-${to === undefined ? '' : to - 1}` });
      expect(response.status).toBe(206);
      expect(response.headers.get('content-range')).toBe(
        `bytes ${from}-${(to ?? info.bytes) - 1}/${info.bytes}`,
      );
      hash.update(new Uint8Array(await response.arrayBuffer()));
    }
    expect(hash.digest('hex')).toBe(info.sha256);
  });

  it('answers HEAD, a known copy, and a range behind its end', async () => {
    const head = await get(info.sha256, {}, 'HEAD');
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(info.bytes)]);
    expect((await get(info.sha256, { 'if-none-match': `"${info.sha256}"` })).status).toBe(304);
    const behind = await get(info.sha256, { range: `bytes=${info.bytes}-` });
    expect([behind.status, behind.headers.get('content-range')]).toEqual([416, `bytes */${info.bytes}`]);
    expect(await behind.json()).toMatchObject({ code: 'range-invalid', th: expect.stringMatching(/[ก-๙]/) });
    const other = await get(info.sha256, { range: 'bytes=5-', 'if-range': '"another"' });
    expect(other.status).toBe(200);
    await other.arrayBuffer();
  });

  it('is the same file when the same sound comes again', async () => {
    const again = MediaInfo.parse(await (await post(fileForm(await readFile(SPEECH), 'อีกครั้ง.wav'))).json());
    expect(again).toEqual(info);
  });

  it('tells its progress, line by line, when asked', async () => {
    const response = await post(await speech(), { ...basic('somchai'), accept: 'application/x-ndjson' });
    const lines: object[] = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.at(-1)).toEqual({ media: info });
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.slice(0, -1)).toContainEqual({ progress: 1 });
  });

  it.each(['f'.repeat(64), 'nonsense', '..%2f..%2fserver.db'])('there is none named %s', async (name) => {
    const response = await get(name);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'unknown-media' });
  });
});

describe('a bad upload is refused, in both languages, and leaves nothing', () => {
  const make = {
    'a text named .mp3': async () => fileForm('นี่ไม่ใช่เสียง\n'.repeat(500), 'ประกาศ.mp3'),
    'an empty file': async () => fileForm('', 'ว่าง.mp3'),
    'a video': async () => {
      const args = ['-f', 'lavfi', '-i', 'testsrc=d=1:s=64x64', '-i', SPEECH, '-t', '1'];
      return fileForm(await readFile(await made(folder, 'v.mp4', ...args)), 'v.mp4');
    },
    'a file of three hours': async () => {
      const args = ['-f', 'lavfi', '-i', 'anullsrc=r=8000:cl=mono:d=10800'];
      return fileForm(await readFile(await made(folder, 'long.flac', ...args)), 'long.flac');
    },
    silence: async () =>
      fileForm(
        await readFile(await made(folder, 's.wav', '-f', 'lavfi', '-i', 'anullsrc=r=8000:d=2')),
        's.wav',
      ),
    'too many bytes': async () => fileForm(new Uint8Array(UPLOAD_LIMIT_BYTES * 2), 'big.wav'),
    'a playlist': async () => fileForm(`#EXTM3U\n#EXTINF:9,\nfile://${SPEECH}\n#EXT-X-ENDLIST\n`, 'x.m3u8'),
    'no file at all': async () => new FormData(),
    'no form': async () => '{}',
  };

  it.each([
    ['a text named .mp3', 422, 'upload-not-sound'],
    ['an empty file', 422, 'upload-empty'],
    ['a video', 422, 'upload-is-video'],
    ['a file of three hours', 422, 'upload-too-long'],
    ['silence', 422, 'upload-silent'],
    ['too many bytes', 413, 'upload-too-large'],
    ['a playlist', 422, 'upload-not-sound'],
    ['no file at all', 400, 'upload-missing'],
    ['no form', 400, 'upload-missing'],
  ] as const)('%s: %i %s', async (what, status, code) => {
    const before = await world.remains();
    const response = await post(await make[what]());
    expect(await response.json()).toMatchObject({
      code,
      en: expect.stringMatching(/^[\x20-\x7e]+$/),
      th: expect.stringMatching(/[ก-๙]/),
    });
    expect(response.status).toBe(status);
    expect(await world.remains()).toEqual({ ...before, scratch: 0 });
    expect(world.logged).toEqual([]);
  });

  it('a connection that breaks off in the middle', async () => {
    const before = await world.remains();
    const socket = connect(Number(new URL(world.url).port), '127.0.0.1');
    const head = `--b\r\ncontent-disposition: form-data; name="file"; filename="a.wav"\r\n\r\n`;
    socket.write(
      `POST /media HTTP/1.1\r\nhost: x\r\nauthorization: ${basic('somchai').authorization}\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: 900000\r\n\r\n${head}`,
    );
    socket.write(Buffer.alloc(200_000));
    await vi.waitFor(async () => expect((await world.remains()).scratch).toBe(1));
    socket.destroy();
    await vi.waitFor(async () => expect(await world.remains()).toEqual({ ...before, scratch: 0 }));
  });

  it.each([
    ['nobody', {}, 401],
    ['a wrong password', basic('somchai', 'wrong'), 401],
    ['a device', basic('nongkhai-1'), 403],
    ['a viewer', basic('malee'), 403],
  ])('from %s', async (_who, headers, status) => {
    const response = await post(await speech(), headers);
    expect(response.status).toBe(status);
  });

  it('and media is not for strangers', async () => {
    const response = await fetch(`${world.url}/media/${'f'.repeat(64)}`);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 'not-authenticated' });
  });
});
