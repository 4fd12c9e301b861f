import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Country } from '../../scripts/virtual-village/country.ts';
import type { Hall } from '../../scripts/virtual-village/hall.ts';
import {
  endsOf,
  events,
  foundCountry,
  recordedSpeech,
  say,
  stateOf,
  temporaryFolder,
  until,
} from './setting.ts';

const folder = await temporaryFolder();
const bin = join(folder, 'bin');
const aplay = join(bin, 'aplay');
const VILLAGE = '43010101';
let country: Country;
let hall: Hall;
let media: string[];

beforeAll(async () => {
  const asoundrc = join(folder, 'asoundrc');
  await writeFile(asoundrc, 'pcm.quiet { type null }\n');
  await mkdir(bin);
  country = await foundCountry(folder, {
    device: 'hall-player',
    village: VILLAGE,
    config: { tower: { player: { type: 'alsa', device: 'quiet' } } },
    env: { ALSA_CONFIG_PATH: asoundrc, PATH: `${bin}:${process.env.PATH}` },
  });
  [hall] = country.halls as [Hall];
  await country.wake();
  media = [(await recordedSpeech(country)).sha256];
});

/** Once the real aplay is back the hall speaks again, and says so. */
afterEach(async () => {
  await rm(aplay, { force: true });
  const order = await say(country, { to: [VILLAGE], media });
  await until(async () => expect(await endsOf(country, hall, order)).toEqual(['tower finished']));
  await until(async () =>
    expect(await stateOf(country, hall)).toMatchObject({ outputs: { tower: { works: true } }, warnings: [] }),
  );
  expect(await playersLeft()).toEqual([]);
  expect(hall.board.relay.contact()).toBe('off');
});

async function playerThat(script: string): Promise<void> {
  await writeFile(`${aplay}.new`, `#!/bin/bash\n${script}\n`);
  await chmod(`${aplay}.new`, 0o755);
  await rm(aplay, { force: true });
  await writeFile(aplay, await readFile(`${aplay}.new`));
  await chmod(aplay, 0o755);
}

/** Processes of the player in the place of aplay that still live. */
async function playersLeft(): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '')),
  );
  return lines.filter((line) => line.includes(aplay));
}

async function residentMegabytes(): Promise<number> {
  const status = await readFile(`/proc/${hall.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024;
}

test('a player that opens and then takes nothing: what it took is told, not more', async () => {
  await playerThat("echo 'Playing raw data' >&2; exec sleep 1000");
  const order = await say(country, { to: [VILLAGE], media, times: 5 });
  await until(async () =>
    expect(await endsOf(country, hall, order)).toEqual([expect.stringMatching(/^tower \w+ player-hung$/)]),
  );
  const end = (await events(country, hall)).findLast((event) => event.type === 'ended');
  // A pipe holds 64 KiB: two thirds of a second.
  if (end?.type === 'ended') expect((end.tower?.frames ?? 0) / 48_000).toBeLessThan(1.5);
});

test('a player that never opens: rejected, nothing sounded', async () => {
  await playerThat('exec sleep 1000');
  const order = await say(country, { to: [VILLAGE], media });
  await until(async () => expect(await endsOf(country, hall, order)).toEqual(['tower rejected player-hung']));
});

test('a player that floods its error output and dies: interrupted, and the agent stays small', async () => {
  await playerThat(
    "echo 'Playing raw data' >&2; yes flood | head -c 50000000 >&2; head -c 96000 >/dev/null; exit 1",
  );
  const order = await say(country, { to: [VILLAGE], media, times: 5 });
  await until(async () =>
    expect(await endsOf(country, hall, order)).toEqual(['tower interrupted player-failed']),
  );
  expect(await residentMegabytes()).toBeLessThan(150);
});
