import { readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wavFilesIn } from '../../device/drivers/sound/wav-player.ts';
import { makeChime } from '../../device/tower/chime.ts';
import { fingerprintOf } from '../../server/alerts/signature.ts';
import { type MadeAlert, madeAlert } from '../fixtures/cap/made-alert.ts';
import { rsaKey, signAlert } from '../integration/alerts/signed-alert.ts';
import { find } from '../integration/sound/correlation.ts';
import { decodedSamples } from '../integration/sound/speech.ts';
import { endsOf, onAir, samplesIn, stateOf, until } from './setting.ts';
import { THA_BO, timesHeard, WarnedDistrict } from './warned-district.ts';

const [TMD, DDPM, OFFICE] = ['urn:oid:2.49.0.0.764.0', 'urn:oid:2.49.0.0.764.7', 'amphoe.thabo'];
const key = rsaKey();
const signedByTmd = (alert: MadeAlert) =>
  signAlert(madeAlert(alert), key, { hash: 'sha256', exclusive: true, transform: true });
/** Recorded speech, as an agency attaches it, and as it is heard. */
const recorded = (name: string) => readFile(`/usr/share/sounds/alsa/${name}.wav`);
const wordsOf = (name: string) => decodedSamples(`/usr/share/sounds/alsa/${name}.wav`);

let district: WarnedDistrict;
beforeAll(async () => {
  district = await WarnedDistrict.found((feed) => ({
    senders: [
      { sender: TMD, areas: ['43'], keys: [fingerprintOf(key.publicKey)] },
      { sender: DDPM, areas: ['43'], from: [`feed:${feed}`, 'post:admin'] },
      { sender: OFFICE, areas: ['4302'], from: ['file'] },
    ],
    rules: [
      { sender: DDPM, mode: 'approval' },
      { severity: ['Extreme', 'Severe'], mode: 'automatic' },
    ],
  }));
});
afterAll(() => district.close());

const ends = (order: string) => endsOf(district.country, district.inside, order);
const wavs = () => wavFilesIn(district.inside.wavFolder);
const SILENCE = new Int16Array();

const FLOOD: MadeAlert = {
  identifier: 'TMD-น้ำท่วม-1',
  sender: TMD,
  sent: Date.now(),
  event: 'น้ำท่วมฉับพลัน',
  response: 'Evacuate',
  senderName: 'กรมอุตุนิยมวิทยา',
  headline: 'เตือนน้ำท่วมฉับพลัน อำเภอท่าบ่อ',
  description: 'ระดับน้ำในลำห้วยโมงเพิ่มขึ้นอย่างรวดเร็ว',
  instruction: 'ขอให้ผู้ที่อยู่ริมน้ำขนของขึ้นที่สูง',
  contact: '1182',
  polygon: THA_BO,
};
const flood = async () => ({ ...FLOOD, sound: await recorded('Front_Center') });

test('posted and signed by a trusted agency: the village in the polygon hears its recording and reads its words', async () => {
  const xml = signedByTmd(await flood());
  const postedAt = Date.now();
  const { alert, state, reply } = await district.post(xml);
  expect([state, reply]).toEqual(['live', expect.stringContaining('<msgType>Ack</msgType>')]);
  const order = await district.orderOf(alert);
  await until(async () => expect(await ends(order)).toEqual(['tower finished']));

  const [wav = ''] = await wavs();
  console.log(`post -> first sample: ${Math.round((await stat(wav)).birthtimeMs - postedAt)} ms`);

  const text = `${FLOOD.description}\n${FLOOD.instruction}`;
  await district.shows(await district.pagesOf(FLOOD.headline ?? '', text, FLOOD.contact));
  expect((await stateOf(district.country, district.inside))?.outputs.panel?.play).toBe(order);

  expect(await district.post(xml)).toMatchObject({ alert, duplicate: true });
  expect((await district.row(alert)).orders).toEqual([order]);
});

const RISEN: MadeAlert = {
  ...FLOOD,
  identifier: 'TMD-น้ำท่วม-2',
  msgType: 'Update',
  names: FLOOD,
  headline: 'น้ำโขงล้นตลิ่ง อำเภอท่าบ่อ',
  description: 'น้ำเข้าบ้านเรือนริมโขงแล้ว',
  instruction: 'ขอให้อพยพไปที่ศาลาประชาคม',
};

test('an Update takes its place: the new words, and the old ones never again', async () => {
  const before = await district.rowNamed(FLOOD.identifier);
  const risen = { ...RISEN, sent: Date.now(), sound: await recorded('Front_Left') };
  const { alert, state } = await district.post(signedByTmd(risen));
  expect(state).toBe('live');
  expect(await district.row(before.alert)).toMatchObject({ state: 'replaced', why: risen.identifier });
  const order = await district.orderOf(alert);
  await district.shows(
    await district.pagesOf(risen.headline ?? '', `${risen.description}\n${risen.instruction}`, risen.contact),
  );
  const [old = ''] = before.orders;
  await until(async () => expect(await ends(old)).toEqual(['panel cancelled stopped', 'tower finished']));
  await until(async () => expect(await ends(order)).toEqual(['tower finished']));
  // The Cancel names what stands now.
  const { state: done } = await district.post(
    signedByTmd({ ...risen, identifier: 'TMD-น้ำท่วม-3', msgType: 'Cancel', names: risen }),
  );
  expect(done).toBe('done');
  expect((await district.row(alert)).state).toBe('cancelled');
  await until(async () => expect(await ends(order)).toEqual(['panel cancelled stopped', 'tower finished']));
  await district.idle();
});

test('from a feed, where a person decides: silent until then, and a Cancel ends it in mid-sentence', async () => {
  const storm: MadeAlert = {
    identifier: 'DDPM-พายุ-1',
    sender: DDPM,
    sent: Date.now(),
    event: 'พายุฤดูร้อน',
    headline: 'เตือนพายุฤดูร้อน',
    description: 'ลมกระโชกแรง ลูกเห็บตก',
    polygon: THA_BO,
    sound: await recorded('Rear_Center'),
  };
  district.publish(madeAlert(storm));
  const { alert } = await district.rowNamed(storm.identifier);
  expect(await district.row(alert)).toMatchObject({ state: 'waiting', trust: 'trusted', to: ['43020101'] });
  const { length: before } = await wavs();
  const { alert: approved } = await district.country.operator.ask('alert', { alert, decision: 'approve' });
  expect(approved.state).toBe('live');
  const [order = ''] = approved.orders;
  await onAir(district.country, district.inside, order);
  await until(async () => expect(await wavs()).toHaveLength(before + 1));
  const cancelledAt = Date.now();
  await district.post(madeAlert({ ...storm, identifier: 'DDPM-พายุ-2', msgType: 'Cancel', names: storm }));
  await until(async () =>
    expect(await ends(order)).toEqual(['panel cancelled stopped', 'tower cancelled stopped']),
  );
  const off = district.inside.board.relay.timeline().at(-1);
  expect(off?.power).toBe('off');
  expect((off?.at ?? 0) - cancelledAt).toBeLessThan(5_000);
  await district.idle();
});

test('from a file, in English and without a recording: the horn, and the sign says it in Thai', async () => {
  const quake: MadeAlert = {
    identifier: 'office-1',
    sender: OFFICE,
    sent: Date.now(),
    language: 'en-US',
    event: 'Earthquake Warning',
    category: 'Geo',
    response: 'Shelter',
    senderName: 'อำเภอท่าบ่อ',
    areaDesc: 'Tha Bo District',
    polygon: THA_BO,
  };
  const { length: before } = await wavs();
  const path = join(district.folder, 'drop', 'quake.cap');
  await writeFile(path, madeAlert(quake));
  const settled = new Date(Date.now() - 10_000);
  await utimes(path, settled, settled);
  const { alert } = await district.rowNamed(quake.identifier);
  const order = await district.orderOf(alert);
  await until(async () => expect(await ends(order)).toEqual(['tower finished']));
  expect(await wavs()).toHaveLength(before + 1);
  expect((await stateOf(district.country, district.inside))?.outputs.panel?.title).toBe('เตือนภัย แผ่นดินไหว');
  expect(await readFile(join(district.folder, 'drop', 'taken', 'quake.cap.reply'), 'utf8')).toContain(
    '<msgType>Ack',
  );
});

test.each([
  ['an exercise', { status: 'Exercise' as const }, 'recorded'],
  ['a test', { status: 'Test' as const }, 'recorded'],
  ['what is over', { sent: Date.now() - 7_200_000, expires: Date.now() - 3_600_000 }, 'recorded'],
])('%s never sounds', async (name, more, state) => {
  const { length: before } = await wavs();
  const posted = await district.post(
    signedByTmd({
      ...(await flood()),
      identifier: `TMD-${name.replaceAll(' ', '-')}`,
      sent: Date.now(),
      ...more,
    }),
  );
  expect(posted.state).toBe(state);
  expect(await district.row(posted.alert)).toMatchObject({ state, orders: [] });
  expect(await wavs()).toHaveLength(before);
});

test('the village outside the polygon heard nothing of all that', async () => {
  expect(await wavFilesIn(district.outside.wavFolder)).toEqual([]);
  const { reports } = await district.country.operator.ask('reports', {
    device: district.outside.plan.device,
    limit: 500,
  });
  expect(reports.filter(({ event }) => 'play' in event)).toEqual([]);
});

// Last: to search a recording takes this process for a second, and the sign lives in it.
test('the village inside heard each warning in the recording of its agency, twice, after the horn', async () => {
  const heard = await Promise.all((await wavs()).map(samplesIn));
  const [flooded = SILENCE, risen = SILENCE, storm = SILENCE, quake = SILENCE, ...more] = heard;
  expect(more).toEqual([]);
  const [center = SILENCE, left = SILENCE] = await Promise.all(['Front_Center', 'Front_Left'].map(wordsOf));
  const horn = makeChime('alert');
  expect([timesHeard(center, flooded), timesHeard(left, flooded)]).toEqual([2, 0]);
  expect([timesHeard(center, risen), timesHeard(left, risen)]).toEqual([0, 2]);
  expect(find(center, flooded).at).toBeGreaterThanOrEqual(find(horn, flooded).at + horn.length);
  for (const each of [flooded, risen, quake]) expect(find(horn, each).likeness).toBeGreaterThan(0.95);
  expect(timesHeard(horn, quake)).toBe(1);
  // Cancelled in mid-sentence, or in the horn.
  expect(storm.length).toBeLessThan(flooded.length);
});
