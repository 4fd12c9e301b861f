import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { wavFilesIn } from '../../device/drivers/sound/wav-player.ts';
import type { Country } from '../../scripts/virtual-village/country.ts';
import type { Hall } from '../../scripts/virtual-village/hall.ts';
import { endsOf, foundCountry, onAir, recordedSpeech, say, temporaryFolder, until } from './setting.ts';

/** F40, F41: a supervisor that listens where systemd would, and does what systemd does. */
const folder = await temporaryFolder();
const VILLAGE = '43010101';
const WATCHDOG_MS = 3_000;
const words = join(folder, 'words');
let systemd: ChildProcess;
let country: Country;
let hall: Hall;
/** Of the hall, as it was started last. */
let agent: ChildProcess;
let media: string[];

beforeAll(async () => {
  const socket = join(folder, 'notify');
  writeFileSync(words, '');
  systemd = spawn('socat', ['-u', `UNIX-RECV:${socket}`, `OPEN:${words},append`], { stdio: 'ignore' });
  vi.stubEnv('NOTIFY_SOCKET', socket);
  vi.stubEnv('WATCHDOG_USEC', String(WATCHDOG_MS * 1_000));
  country = await foundCountry(folder, { device: 'hall-stuck', village: VILLAGE });
  [hall] = country.halls as [Hall];
  await country.wake();
  media = [(await recordedSpeech(country)).sha256];
});
afterAll(() => {
  systemd.kill();
  vi.unstubAllEnvs();
});

const heard = (word: string) => readFileSync(words, 'utf8').split(word).length - 1;

/** As `Restart=always`. */
async function startedAnew(): Promise<ChildProcess> {
  const before = heard('READY=1');
  const agent = hall.start();
  await until(() => expect(heard('READY=1')).toBe(before + 1));
  return agent;
}

/** Half a minute of speech that has begun and is heard, to be interrupted. */
async function longPlay(): Promise<string> {
  const files = (await wavFilesIn(hall.wavFolder)).length;
  const order = await say(country, { to: [VILLAGE], media: [...media, ...media], times: 10 });
  await onAir(country, hall, order);
  await until(async () => expect(await wavFilesIn(hall.wavFolder)).toHaveLength(files + 1));
  return order;
}

async function interruptedOnce(order: string, files: number): Promise<void> {
  await until(async () =>
    expect(await endsOf(country, hall, order)).toEqual(['tower interrupted power-lost']),
  );
  expect(await wavFilesIn(hall.wavFolder)).toHaveLength(files);
}

test('the supervisor is told when the hall listens, and from then on that it lives', async () => {
  await until(() => expect(heard('READY=1')).toBe(1));
  await until(() => expect(heard('WATCHDOG=1')).toBeGreaterThan(3));
  expect(readFileSync(words, 'utf8')).toContain(`MAINPID=${hall.pid}`);
});

test('a loop that stands still tells nothing; killed and started anew, nothing is played again', async () => {
  const order = await longPlay();
  const files = (await wavFilesIn(hall.wavFolder)).length;
  process.kill(hall.pid ?? 0, 'SIGSTOP');
  // Words that were under way still arrive; then there is silence for as long as systemd waits.
  let [last, since] = [heard('WATCHDOG=1'), Date.now()];
  await until(() => {
    if (heard('WATCHDOG=1') !== last) [last, since] = [heard('WATCHDOG=1'), Date.now()];
    expect(Date.now() - since).toBeGreaterThan(WATCHDOG_MS);
  });
  await hall.killAgent();
  agent = await startedAnew();
  await interruptedOnce(order, files);
});

test('told to stop in its first second, it ends by itself and well', async () => {
  await hall.stopAgent();
  expect([agent.exitCode, agent.signalCode]).toEqual([0, null]);
});

test('a rejection that nobody handles ends the process, and the next one tells what it interrupted', async () => {
  const blunder = 'process.once("SIGUSR2", () => Promise.reject(new Error("a blunder")));';
  vi.stubEnv('NODE_OPTIONS', `--import=data:text/javascript,${encodeURIComponent(blunder)}`);
  agent = hall.start();
  vi.stubEnv('NODE_OPTIONS', '');
  const order = await longPlay();
  const files = (await wavFilesIn(hall.wavFolder)).length;
  const gone = once(agent, 'exit');
  agent.kill('SIGUSR2');
  expect(await gone).toEqual([1, null]);
  agent = await startedAnew();
  await interruptedOnce(order, files);
});
