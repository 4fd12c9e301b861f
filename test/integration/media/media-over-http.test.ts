import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { httpMediaSource } from '../../../device/drivers/http-media-source.ts';
import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import { MediaFolder } from '../../../device/drivers/media-folder.ts';
import { MediaFetcher } from '../../../device/media/fetcher.ts';
import { CAREFREE } from '../../contract/ports/memory-media.ts';
import { FileServer } from './file-server.ts';

const FILE = randomBytes(300_000);
const SHA = createHash('sha256').update(FILE).digest('hex');

let server: FileServer;
let base: string;
let folder: string;
let fetcher: MediaFetcher;
const given = new AbortController().signal;

beforeEach(async () => {
  server = new FileServer();
  base = `${await server.start()}/media`;
  folder = await mkdtemp(join(tmpdir(), 'prakat-media-'));
  fetcher = makeFetcher();
});
afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

function makeFetcher(silence_ms = 5_000): MediaFetcher {
  return new MediaFetcher({
    ...CAREFREE,
    store: new MediaFolder({ folder, clock: systemClock }),
    source: httpMediaSource({ base, user: 'hall-1', password: 'secret', silence_ms }),
    clock: systemClock,
    random: { fraction: () => 0.01 },
  });
}

test('a file is fetched whole, as the device, and lies under its hash', async () => {
  server.serve(FILE);
  const path = await fetcher.ensure(SHA, FILE.length, given);
  expect(path).toBe(join(folder, SHA));
  expect(await readFile(path)).toEqual(FILE);
  expect(await readdir(folder)).toEqual([SHA]);
  expect(server.asked).toEqual([
    { url: `/media/${SHA}`, range: 'bytes=0-', authorization: `Basic ${btoa('hall-1:secret')}` },
  ]);
});

test('a line that is cut again and again brings the file all the same (F21)', async () => {
  server.serve(FILE, 70_000);
  expect(await readFile(await fetcher.ensure(SHA, FILE.length, given))).toEqual(FILE);
  const starts = server.asked.map(({ range }) => Number(/\d+/.exec(range)?.[0]));
  expect(starts.length).toBeGreaterThan(3);
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
});

test('an agent that was killed in between goes on where it was', async () => {
  await writeFile(join(folder, `${SHA}.part`), FILE.subarray(0, 123_456));
  server.serve(FILE);
  expect(await readFile(await makeFetcher().ensure(SHA, FILE.length, given))).toEqual(FILE);
  expect(server.asked[0]?.range).toBe('bytes=123456-');
});

test('a partial file that a power cut filled with zeros is thrown away and fetched anew', async () => {
  await writeFile(join(folder, `${SHA}.part`), Buffer.alloc(100_000));
  server.serve(FILE);
  expect(await readFile(await fetcher.ensure(SHA, FILE.length, given))).toEqual(FILE);
  expect(server.asked.map(({ range }) => range)).toEqual(['bytes=100000-', 'bytes=0-']);
});

test('a line that falls silent is given up and taken up again', async () => {
  server.answer = (_request, response) => {
    response.writeHead(206, { 'content-range': `bytes 0-${FILE.length - 1}/${FILE.length}` });
    response.write(FILE.subarray(0, 1_000), () => server.serve(FILE));
  };
  expect(await readFile(await makeFetcher(100).ensure(SHA, FILE.length, given))).toEqual(FILE);
  expect(server.asked).toHaveLength(2);
});

describe('refused before a byte is kept (F22, F33)', () => {
  const portal = '<html>เข้าสู่ระบบ Wi-Fi</html>';
  const cases: [string, FileServer['answer'], string][] = [
    [
      'a captive portal',
      (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(portal),
      'media-refused',
    ],
    [
      'a redirect',
      (_request, response) => response.writeHead(302, { location: '/login' }).end(),
      'media-refused',
    ],
    ['not found', (_request, response) => response.writeHead(404).end(), 'media-refused'],
    ['wrong password', (_request, response) => response.writeHead(401).end(), 'media-refused'],
    [
      'another part of the file',
      (_request, response) => response.writeHead(206, { 'content-range': 'bytes 7-9/10' }).end('abc'),
      'media-refused',
    ],
    ['no server', (_request, response) => response.destroy(), 'media-unreachable'],
  ];
  test.each(cases)('%s', async (_name, answer, code) => {
    server.answer = answer;
    const source = httpMediaSource({ base, user: 'u', password: 'p' });
    const chunks: Uint8Array[] = [];
    const all = (async () => {
      for await (const chunk of source.fetch(SHA, 0, given)) chunks.push(chunk);
    })();
    await expect(all).rejects.toMatchObject({ code });
    expect(chunks).toEqual([]);
  });

  test('the whole file in place of its rest', async () => {
    server.answer = (_request, response) => response.writeHead(200).end(FILE);
    const source = httpMediaSource({ base, user: 'u', password: 'p' });
    await expect(source.fetch(SHA, 5, given)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'media-refused',
    });
  });
});

test('2 GB where 300 KB were announced: not a byte more is kept', async () => {
  server.answer = (_request, response) => {
    response.writeHead(200, { 'content-length': 2 ** 31 });
    const pour = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536))) {}
    };
    response.on('drain', pour);
    pour();
  };
  await expect(fetcher.ensure(SHA, FILE.length, given)).rejects.toMatchObject({ code: 'media-corrupt' });
  expect(await readdir(folder)).toEqual([]);
});
