import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { wavFilesIn } from '../../device/drivers/sound/wav-player.ts';
import type { Country } from '../../scripts/virtual-village/country.ts';
import type { Hall } from '../../scripts/virtual-village/hall.ts';
import { find } from '../integration/sound/correlation.ts';
import { SPEECH_WAV } from '../integration/sound/speech.ts';
import {
  endsOf,
  events,
  foundCountry,
  recordedSpeech,
  samplesIn,
  say,
  temporaryFolder,
  until,
} from './setting.ts';

const folder = await temporaryFolder();
const VILLAGE = '43010101';
let country: Country;
let hall: Hall;
let sha256: string;

beforeAll(async () => {
  country = await foundCountry(folder, { device: 'hall-hurt', village: VILLAGE });
  [hall] = country.halls as [Hall];
  await country.wake();
  sha256 = (await recordedSpeech(country)).sha256;
  await worksWhole();
});

beforeEach(() => hall.cutPower());

const dataFile = (...names: string[]) => join(hall.folder, 'data', ...names);

/** Announces, and finds every word of it in what sounded. */
async function worksWhole(): Promise<void> {
  const before = (await wavFilesIn(hall.wavFolder)).length;
  const order = await say(country, { to: [VILLAGE], media: [sha256], chime: 'none' });
  await until(async () => expect(await endsOf(country, hall, order)).toEqual(['tower finished']));
  const wavs = await wavFilesIn(hall.wavFolder);
  expect(wavs).toHaveLength(before + 1);
  const heard = await samplesIn(wavs.at(-1) ?? '');
  expect(find(await samplesIn(SPEECH_WAV), heard).likeness).toBeGreaterThan(0.9);
}

async function quarantined(): Promise<string[]> {
  return (await events(country, hall)).flatMap((event) => (event.type === 'quarantined' ? [event.what] : []));
}

async function bootsTold(): Promise<number> {
  return (await events(country, hall)).filter(({ type }) => type === 'booted').length;
}

/** A hall that lost its claims refuses what was ordered before: it may have been heard already. */
async function bootAfter(boots: number): Promise<void> {
  await until(async () => expect(await bootsTold()).toBeGreaterThan(boots));
}

test('a sound file that was altered on the card is put aside, told, fetched again, and sounds right', async () => {
  const bytes = await readFile(dataFile('media', sha256));
  const middle = Math.floor(bytes.length / 2);
  bytes.fill(0x55, middle, middle + 512);
  await writeFile(dataFile('media', sha256), bytes);
  hall.start();
  await worksWhole();
  const now = createHash('sha256').update(await readFile(dataFile('media', sha256)));
  expect(now.digest('hex')).toBe(sha256);
  await until(async () => expect((await quarantined()).join()).toContain(sha256));
});

test('a sound file that was cut short is fetched again', async () => {
  await truncate(dataFile('media', sha256), 1_000);
  hall.start();
  await worksWhole();
});

test('a store that was cut short: the hall boots, says so, and speaks; the server takes its new reports', async () => {
  const [before, boots] = [(await quarantined()).length, await bootsTold()];
  await truncate(dataFile('store', 'store.db'), 5_000);
  hall.start();
  await bootAfter(boots);
  await worksWhole();
  await until(async () => expect((await quarantined()).length).toBeGreaterThan(before));
});

test('a store that is noise from end to end is no worse', async () => {
  const path = dataFile('store', 'store.db');
  const [before, boots] = [(await quarantined()).length, await bootsTold()];
  await writeFile(path, Buffer.alloc((await readFile(path)).length, 'noise'));
  hall.start();
  await bootAfter(boots);
  await worksWhole();
  await until(async () => expect((await quarantined()).length).toBeGreaterThan(before));
});

test('an identity that was cut short: the hall says what is wrong and ends; given back, it speaks', async () => {
  const whole = await readFile(dataFile('identity.json'));
  await truncate(dataFile('identity.json'), 20);
  expect(await once(hall.start(), 'exit')).toEqual([1, null]);
  await until(async () => expect(await readFile(hall.logPath, 'utf8')).toContain('damaged; enrol again'));
  await writeFile(dataFile('identity.json'), whole);
  hall.start();
  await worksWhole();
});
