import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Country } from '../../scripts/virtual-village/country.ts';
import type { Hall } from '../../scripts/virtual-village/hall.ts';
import { APLAY_READY, aplayTakes } from '../integration/sound/fake-aplay.ts';
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
const asoundrc = join(folder, 'asoundrc');
/** One hall for each wrong player, so that none waits for the others. */
const HALLS = { deaf: '43010101', stuck: '43010102', floods: '43010103' };
type Name = keyof typeof HALLS;
let country: Country;
let media: string[];

beforeAll(async () => {
  await writeFile(asoundrc, 'pcm.quiet { type null }\n');
  const plans = Object.entries(HALLS).map(([device, village]) => ({
    ...{
      device,
      village,
      config: { tower: { player: { type: 'alsa', device: 'quiet' }, stays_ready: false } },
    },
    env: { ALSA_CONFIG_PATH: asoundrc, PATH: `${join(folder, 'bin', device)}:${process.env.PATH}` },
  }));
  country = await foundCountry(folder, ...plans);
  await country.wake();
  media = [(await recordedSpeech(country)).sha256];
});

function hallOf(name: Name): Hall {
  const hall = country.halls.find(({ plan }) => plan.device === name);
  if (hall === undefined) throw new Error(`no hall ${name}`);
  return hall;
}

/** Path of the program that this hall finds in the place of aplay. */
function aplayOf(name: Name): string {
  return join(folder, 'bin', name, 'aplay');
}

async function replacePlayer(name: Name, script: string): Promise<void> {
  await mkdir(join(folder, 'bin', name), { recursive: true });
  await writeFile(aplayOf(name), `#!/bin/bash\n${script}\n`, { mode: 0o755 });
}

/** How the announcement ended on the tower: `interrupted player-hung`. */
async function announce(name: Name, times: number): Promise<string> {
  const order = await say(country, { to: [HALLS[name]], media, times, chime: 'none' });
  const ends = await until(async () => {
    const found = await endsOf(country, hallOf(name), order);
    expect(found).toHaveLength(1);
    return found;
  });
  return ends[0] ?? '';
}

/** Once the real aplay is back the hall speaks again and says so; of the wrong one nothing lives on. */
async function worksAgain(name: Name): Promise<void> {
  await rm(aplayOf(name));
  expect(await announce(name, 1)).toBe('tower finished');
  await until(async () =>
    expect(await stateOf(country, hallOf(name))).toMatchObject({
      outputs: { tower: { works: true } },
      warnings: [],
    }),
  );
  expect(await playersLeft(name)).toEqual([]);
  expect(hallOf(name).board.relay.contact()).toBe('off');
}

/** Processes of the player in the place of aplay that still live. */
async function playersLeft(name: Name): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '')),
  );
  return lines.filter((line) => line.includes(aplayOf(name)));
}

async function residentMegabytes(name: Name): Promise<number> {
  const status = await readFile(`/proc/${hallOf(name).pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024;
}

test.concurrent('a player that hangs after half a second: what it took is told, not more', async () => {
  await replacePlayer('deaf', `${APLAY_READY}; ${aplayTakes(50)}; exec sleep 1000`);
  expect(await announce('deaf', 5)).toMatch(/^tower interrupted player-hung$/);
  const end = (await events(country, hallOf('deaf'))).findLast((event) => event.type === 'ended');
  expect(end?.type === 'ended' ? end.tower?.frames : undefined).toBe(50 * 480);
  await worksAgain('deaf');
});

test.concurrent('a player that never opens: rejected, nothing sounded', async () => {
  await replacePlayer('stuck', 'exec sleep 1000');
  expect(await announce('stuck', 1)).toBe('tower rejected player-hung');
  await worksAgain('stuck');
});

test.concurrent('a player that floods its error output and dies: interrupted, and the agent stays small', async () => {
  const flood = 'yes flood | head -c 50000000 >&2';
  await replacePlayer('floods', `${APLAY_READY}; ${flood}; ${aplayTakes(100)}; exit 1`);
  expect(await announce('floods', 5)).toBe('tower interrupted player-failed');
  expect(await residentMegabytes('floods')).toBeLessThan(150);
  await worksAgain('floods');
});
