import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wavFilesIn } from '../../device/drivers/sound/wav-player.ts';
import type { Country } from '../../scripts/virtual-village/country.ts';
import type { Hall } from '../../scripts/virtual-village/hall.ts';
import {
  endsOf,
  events,
  foundCountry,
  recordedSpeech,
  samplesIn,
  say,
  stateOf,
  temporaryFolder,
  until,
} from './setting.ts';

const folder = await temporaryFolder();
const bin = join(folder, 'bin');
const isSpeaking = join(folder, 'somebody-speaks');
const VILLAGE = '43010101';
let country: Country;
let hall: Hall;
let media: string[];
const path = process.env.PATH;
afterAll(() => {
  process.env.PATH = path;
});

beforeAll(async () => {
  await microphoneOnPath();
  const inputs = { microphone: { device: 'plughw:CARD=Mic', level: { hang_ms: 400 } } };
  country = await foundCountry(folder, { device: 'hall-mic', village: VILLAGE, config: { inputs } });
  [hall] = country.halls as [Hall];
  await country.wake();
  media = [(await recordedSpeech(country)).sha256];
});

/** The samples of the voice: a square wave of 600 Hz, told from all else by its height. */
const VOICE = 6_001;

/** In the place of arecord, in real time: a voice while a file is there, else silence. */
async function microphoneOnPath(): Promise<void> {
  await mkdir(bin);
  const program = join(bin, 'arecord');
  await writeFile(
    program,
    `#!${process.execPath}
const { existsSync } = require('node:fs');
let n = 0;
const from = performance.now();
setInterval(() => {
  const level = existsSync(${JSON.stringify(isSpeaking)}) ? ${VOICE} : 2;
  for (const now = performance.now(); from + n * 20 <= now; n += 1)
    process.stdout.write(Buffer.from(Int16Array.from({ length: 960 }, (_, i) => (i % 80 < 40 ? level : -level)).buffer));
}, 20);
`,
  );
  await chmod(program, 0o755);
  process.env.PATH = `${bin}:${path}`;
}

const speak = () => writeFile(isSpeaking, '');
const fallSilent = () => rm(isSpeaking, { force: true });

/** Ids of what the microphone said, in order. */
async function talks(): Promise<string[]> {
  const known = await events(country, hall);
  return known.flatMap((event) => (event.type === 'accepted' && event.kind === 'live' ? [event.play] : []));
}

/** On air now, as the hall says. */
async function title(): Promise<string | undefined> {
  return (await stateOf(country, hall))?.outputs.tower?.title;
}

/** How long the voice was heard on the tower so far, ms. */
async function heardMs(): Promise<number> {
  const wavs = await Promise.all((await wavFilesIn(hall.wavFolder)).map(samplesIn));
  return wavs.reduce((sum, wav) => sum + wav.filter((sample) => Math.abs(sample) === VOICE).length / 48, 0);
}

/** What became of a play, in order, as the server stored it. */
async function courseOf(play: string): Promise<string[]> {
  const known = await events(country, hall);
  return known.flatMap((event) => ('play' in event && event.play === play ? [event.type] : []));
}

test('who speaks at the hall is heard and reported; an alert speaks between, and then who still speaks', async () => {
  await speak();
  await until(async () => expect(await title()).toBe('ไมโครโฟนประจำหมู่บ้าน'));
  await until(async () => expect(await heardMs()).toBeGreaterThan(500));
  const alert = await say(country, { to: [VILLAGE], media, kind: 'alert', chime: 'alert' });
  await until(async () => expect(await endsOf(country, hall, alert)).toEqual(['tower finished']));
  const before = await heardMs();
  await until(async () => expect(await title()).toBe('ไมโครโฟนประจำหมู่บ้าน'));
  await until(async () => expect(await heardMs()).toBeGreaterThan(before + 500));
  await fallSilent();
  const [talk = ''] = await talks();
  await until(async () => expect(await endsOf(country, hall, talk)).toEqual(['tower finished']));
  expect(await courseOf(talk)).toEqual(['accepted', 'started', 'paused', 'resumed', 'ended']);
  const end = (await events(country, hall)).find((event) => event.type === 'ended' && event.play === talk);
  // -14.7 dBFS is 6,001 of 32,768.
  expect(end).toMatchObject({ tower: { peak_cdbfs: -1_474, rms_cdbfs: expect.any(Number) } });
});

test('the power fails while somebody speaks: interrupted, told, never repeated', async () => {
  const before = await talks();
  await speak();
  await until(async () => expect(await talks()).toHaveLength(before.length + 1));
  await until(async () => expect(await title()).toBe('ไมโครโฟนประจำหมู่บ้าน'));
  const talk = (await talks()).at(-1) ?? '';
  await hall.cutPower();
  await fallSilent();
  hall.start();
  await until(async () =>
    expect(await endsOf(country, hall, talk)).toEqual(['tower interrupted power-lost']),
  );
  expect(await courseOf(talk)).toEqual(['accepted', 'started', 'ended']);
  await speak();
  await until(async () => expect(await talks()).toHaveLength(before.length + 2));
  await fallSilent();
  const next = (await talks()).at(-1) ?? '';
  await until(async () => expect(await endsOf(country, hall, next)).toEqual(['tower finished']));
});
