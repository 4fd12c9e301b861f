import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { httpMediaSource } from '../../../device/drivers/http-media-source.ts';
import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import { MediaFolder } from '../../../device/drivers/media-folder.ts';
import { isDeviceError } from '../../../device/errors.ts';
import { MediaFetcher } from '../../../device/media/fetcher.ts';
import { SeededRandom } from '../../../scripts/virtual-world/seeded-random.ts';
import { CAREFREE } from '../../contract/ports/memory-media.ts';
import { FileServer } from './file-server.ts';
import { ThinLineProxy } from './thin-line-proxy.ts';

const SEED = 41;
const SPEECH = randomBytes(20_000);
const ALERT = randomBytes(3_000);
const shaOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

let server: FileServer;
let port: number;
let folder: string;
let line: ThinLineProxy | undefined;

beforeEach(async () => {
  server = new FileServer();
  port = Number(new URL(await server.start()).port);
  folder = await mkdtemp(join(tmpdir(), 'prakat-thin-'));
});
afterEach(async () => {
  await line?.stop();
  await server.stop();
  await rm(folder, { recursive: true });
});

function fetcherFrom(base: string): MediaFetcher {
  return new MediaFetcher({
    ...CAREFREE,
    store: new MediaFolder({ folder, clock: systemClock }),
    source: httpMediaSource({ base, user: 'hall-1', password: 'secret', silence_ms: 5_000 }),
    clock: systemClock,
    random: { fraction: () => 0.05 },
  });
}

/** Each by its hash, with ranges. */
function serveAll(...all: Buffer[]): void {
  server.answer = (request, response) => {
    const bytes = all.find((each) => request.url?.endsWith(shaOf(each)));
    if (bytes === undefined) return void response.writeHead(404).end();
    server.serve(bytes);
    const { answer } = server;
    serveAll(...all);
    answer(request, response);
  };
}

test(`64 kbit/s, every fifth packet lost, reset every few kilobytes: it arrives, and hardly a byte twice (F21, seed ${SEED})`, async () => {
  serveAll(SPEECH);
  const faults = { bytesPerSecond: 8_000, loss: 0.2, flapsAfterBytes: 5_000 };
  line = new ThinLineProxy(port, faults, new SeededRandom(SEED));
  const fetcher = fetcherFrom(`http://127.0.0.1:${await line.start()}/media`);
  const path = await fetcher.ensure(shaOf(SPEECH), SPEECH.length, new AbortController().signal);
  expect(await readFile(path)).toEqual(SPEECH);
  expect(line.flaps).toBeGreaterThan(1);
  // Headers of each answer, and what was in flight at each reset.
  expect(line.carried).toBeLessThan(SPEECH.length * 1.3 + line.flaps * 2_000);
}, 60_000);

test('on such a line an alert does not wait for what is fetched ahead', async () => {
  serveAll(SPEECH, ALERT);
  const faults = { bytesPerSecond: 8_000, loss: 0, flapsAfterBytes: 1e9 };
  line = new ThinLineProxy(port, faults, new SeededRandom(SEED));
  const fetcher = fetcherFrom(`http://127.0.0.1:${await line.start()}/media`);
  const { signal } = new AbortController();
  const order: string[] = [];
  const ahead = fetcher.ensure(shaOf(SPEECH), SPEECH.length, signal, 'ahead').then(() => order.push('ahead'));
  await expect.poll(() => line?.carried, { timeout: 20_000 }).toBeGreaterThan(2_000);
  await fetcher.ensure(shaOf(ALERT), ALERT.length, signal).then(() => order.push('alert'));
  await ahead;
  expect(order).toEqual(['alert', 'ahead']);
  expect((await readdir(folder)).sort()).toEqual([shaOf(ALERT), shaOf(SPEECH)].sort());
}, 60_000);

/** What came of a fetch that is given up after a second. */
async function outcomeFrom(base: string): Promise<unknown> {
  const fetcher = fetcherFrom(base);
  return fetcher
    .ensure(shaOf(SPEECH), SPEECH.length, AbortSignal.timeout(1_000))
    .catch((error: unknown) => error);
}

test('a name that nobody has, or that leads to somebody else: nothing is taken (F22)', async () => {
  const nobody = await outcomeFrom('http://no-such-server.invalid/media');
  expect(isDeviceError(nobody, 'media-unreachable')).toBe(true);
  server.answer = (_request, response) =>
    response.writeHead(200, { 'content-type': 'audio/ogg' }).end(randomBytes(SPEECH.length));
  const another = await outcomeFrom(`http://127.0.0.1:${port}/media`);
  expect(isDeviceError(another, 'media-corrupt') || isDeviceError(another, 'media-unreachable')).toBe(true);
  expect(await readdir(folder).catch(() => [])).toEqual([]);
});

test('a portal that answers everything with a page, whatever it calls it: nothing is taken, no password is shown (F22)', async () => {
  server.asksWho = false;
  const page = '<html>เข้าสู่ระบบ Wi-Fi ประชารัฐ</html>';
  for (const type of ['text/html; charset=utf-8', 'application/octet-stream']) {
    server.answer = (_request, response) => response.writeHead(200, { 'content-type': type }).end(page);
    const error = await outcomeFrom(`http://127.0.0.1:${port}/media`);
    expect(isDeviceError(error, 'media-unreachable') || isDeviceError(error, 'media-corrupt'), type).toBe(
      true,
    );
  }
  expect(server.asked.length).toBeGreaterThan(1);
  expect(server.asked.every(({ authorization }) => authorization === '')).toBe(true);
  const whole = (await readdir(folder).catch(() => [])).filter((name) => !name.endsWith('.part'));
  expect(whole).toEqual([]);
});
