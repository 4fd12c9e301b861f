import { stat } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { wavFilesIn } from '../../device/drivers/sound/wav-player.ts';
import { makeChime } from '../../device/tower/chime.ts';
import type { Country } from '../../scripts/virtual-village/country.ts';
import type { Hall } from '../../scripts/virtual-village/hall.ts';
import { find } from '../integration/sound/correlation.ts';
import {
  endsOf,
  events,
  foundCountry,
  onAir,
  recordedSpeech,
  samplesIn,
  say,
  secondsOf,
  temporaryFolder,
  until,
} from './setting.ts';

const folder = await temporaryFolder();
const VILLAGE = '43010101';
let country: Country;
let hall: Hall;
let media: string[];

beforeAll(async () => {
  country = await foundCountry(folder, { device: 'hall-stop', village: VILLAGE });
  [hall] = country.halls as [Hall];
  await country.wake();
  media = [(await recordedSpeech(country)).sha256];
});

/** What became of the plays, in order: `low paused`. */
async function courseOf(names: Record<string, string>): Promise<string[]> {
  const known = await events(country, hall);
  return known.flatMap((event) => {
    if (!('play' in event) || event.type === 'accepted') return [];
    const name = names[event.play];
    const how = event.type === 'ended' ? event.outcome : event.type;
    return name === undefined ? [] : [`${name} ${how}`];
  });
}

test('a stop is silence within a second of the request, by the samples themselves', async () => {
  const order = await say(country, { to: [VILLAGE], media, times: 10 });
  await onAir(country, hall, order);
  await until(async () => expect(await wavFilesIn(hall.wavFolder)).toHaveLength(1));
  const askedAt = Date.now();
  await country.operator.ask('stop', { order });
  await until(async () => expect(await endsOf(country, hall, order)).toEqual(['tower cancelled stopped']));
  const [wav = ''] = await wavFilesIn(hall.wavFolder);
  const lastSampleAt = (await stat(wav)).birthtimeMs + secondsOf(await samplesIn(wav)) * 1_000;
  expect(lastSampleAt - askedAt).toBeLessThan(1_000);
  const off = hall.board.relay.timeline().at(-1);
  expect(off?.power).toBe('off');
  expect((off?.at ?? 0) - askedAt).toBeLessThan(1_000);
});

test('an alert takes the air at once, and what it cut goes on', async () => {
  const low = await say(country, { to: [VILLAGE], media, times: 2, chime: 'none' });
  await onAir(country, hall, low);
  await until(async () => expect(await wavFilesIn(hall.wavFolder)).toHaveLength(2));
  const pushedAt = Date.now();
  const alert = await say(country, { to: [VILLAGE], media, kind: 'alert', chime: 'alert' });
  // The notice hands its voice on to the alert: they are one recording.
  const [, wav = ''] = await wavFilesIn(hall.wavFolder);
  const chime = makeChime('alert').subarray(0, 48_000);
  const soundedMs = await until(async () => {
    const { at, likeness } = find(chime, await samplesIn(wav));
    expect(likeness).toBeGreaterThan(0.99);
    return at / 48;
  });
  expect((await stat(wav)).birthtimeMs + soundedMs - pushedAt).toBeLessThan(3_000);
  await until(async () =>
    expect(await courseOf({ [low]: 'low', [alert]: 'alert' })).toEqual([
      ...['low started', 'low paused', 'alert started'],
      ...['alert finished', 'low resumed', 'low finished'],
    ]),
  );
});

test('stop everything spares the alert, and nothing else', async () => {
  const low = await say(country, { to: [VILLAGE], media, times: 10 });
  await onAir(country, hall, low);
  const alert = await say(country, { to: [VILLAGE], media, kind: 'alert', chime: 'alert' });
  await onAir(country, hall, alert);
  await country.operator.ask('stop', { to: [VILLAGE] });
  await until(async () => expect(await endsOf(country, hall, low)).toEqual(['tower cancelled stopped']));
  await until(async () => expect(await endsOf(country, hall, alert)).toEqual(['tower finished']));
  const wavs = await wavFilesIn(hall.wavFolder);
  expect(secondsOf(await samplesIn(wavs.at(-1) ?? ''))).toBeGreaterThan(4.5);
});
