import { beforeAll, expect, test } from 'vitest';
import { wavFilesIn } from '../../device/drivers/sound/wav-player.ts';
import type { Country } from '../../scripts/virtual-village/country.ts';
import type { Hall } from '../../scripts/virtual-village/hall.ts';
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
  country = await foundCountry(folder, { device: 'hall-cut', village: VILLAGE });
  [hall] = country.halls as [Hall];
  await country.wake();
  media = [(await recordedSpeech(country)).sha256];
});

async function boots(): Promise<boolean[]> {
  return (await events(country, hall)).flatMap((event) => (event.type === 'booted' ? [event.clean] : []));
}

/** As the last will or the birth of the hall has it. */
async function presence(): Promise<string | undefined> {
  const { devices } = await country.operator.ask('devices', {});
  return devices[0]?.presence?.state;
}

/** Announces once more and hears it whole. */
async function worksAgain(): Promise<void> {
  const before = (await wavFilesIn(hall.wavFolder)).length;
  const order = await say(country, { to: [VILLAGE], media, chime: 'none' });
  await until(async () => expect(await endsOf(country, hall, order)).toEqual(['tower finished']));
  const wavs = await wavFilesIn(hall.wavFolder);
  expect(wavs).toHaveLength(before + 1);
  expect(secondsOf(await samplesIn(wavs.at(-1) ?? ''))).toBeGreaterThan(1.4);
}

test('the power fails in a play: interrupted, told, never played again; the amplifier is off', async () => {
  const order = await say(country, { to: [VILLAGE], media, times: 10 });
  await onAir(country, hall, order);
  await until(async () => expect(await wavFilesIn(hall.wavFolder)).toHaveLength(1));
  expect(hall.board.relay.contact()).toBe('on');
  await hall.cutPower();
  expect(hall.board.relay.contact()).toBe('off');
  await until(async () => expect(await presence()).toBe('offline'));
  hall.start();
  await until(async () =>
    expect(await endsOf(country, hall, order)).toEqual(['tower interrupted power-lost']),
  );
  expect(await boots()).toEqual([true, false]);
  await worksAgain();
  expect(await wavFilesIn(hall.wavFolder)).toHaveLength(2);
});

test('the agent alone is killed: the next one finds the amplifier on and switches it off', async () => {
  const order = await say(country, { to: [VILLAGE], media, times: 10 });
  await onAir(country, hall, order);
  await until(() => expect(hall.board.relay.contact()).toBe('on'));
  await hall.killAgent();
  expect(hall.board.relay.contact()).toBe('on');
  hall.start();
  await until(() => expect(hall.board.relay.contact()).toBe('off'));
  await until(async () =>
    expect(await endsOf(country, hall, order)).toEqual(['tower interrupted power-lost']),
  );
  await worksAgain();
});

test('an agent that is told to end in a play is silent at once, and says so', async () => {
  const before = await boots();
  const order = await say(country, { to: [VILLAGE], media, times: 10 });
  await onAir(country, hall, order);
  await hall.stopAgent();
  expect(hall.board.relay.contact()).toBe('off');
  hall.start();
  await until(async () => expect(await endsOf(country, hall, order)).toEqual(['tower interrupted closed']));
  await until(async () => expect(await boots()).toEqual([...before, true]));
});

test('the server falls in a play: the hall ends it, and the server hears of it when it is back', async () => {
  const order = await say(country, { to: [VILLAGE], media, times: 2, chime: 'none' });
  await onAir(country, hall, order);
  await country.stopServer();
  await country.startServer();
  await until(async () => expect(await endsOf(country, hall, order)).toEqual(['tower finished']));
  const { reports } = await country.operator.ask('reports', { device: hall.plan.device, limit: 500 });
  expect(reports.map(({ n }) => n)).toEqual(reports.map((_report, index) => index + 1));
  await worksAgain();
});

test('an order for a hall without power outlives the server, and is played once', async () => {
  await hall.cutPower();
  const before = (await wavFilesIn(hall.wavFolder)).length;
  const order = await say(country, { to: [VILLAGE], media, chime: 'none' });
  await country.stopServer();
  await country.startServer();
  hall.start();
  await until(async () => expect(await endsOf(country, hall, order)).toEqual(['tower finished']));
  expect(await wavFilesIn(hall.wavFolder)).toHaveLength(before + 1);
  await worksAgain();
});
