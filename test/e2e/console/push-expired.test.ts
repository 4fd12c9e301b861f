import { beforeAll, expect, test } from 'vitest';
import { wavFilesIn } from '../../../device/drivers/sound/wav-player.ts';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import type { Hall } from '../../../scripts/virtual-village/hall.ts';
import { find } from '../../integration/sound/correlation.ts';
import { SPEECH_WAV, samplesOfWav } from '../../integration/sound/speech.ts';
import {
  endsOf,
  events,
  foundCountry,
  recordedSpeech,
  samplesIn,
  say,
  temporaryFolder,
  until,
} from '../setting.ts';
import { type Account, colleague, expectNoComplaints, logOn, picture, visit } from './stage.ts';

const folder = await temporaryFolder();
const laws = { quiet: [] };
let country: Country;
let mae: Hall;
let pong: Hall;
let somchai: Account;

beforeAll(async () => {
  country = await foundCountry(
    folder,
    { device: 'hall-mae', village: '43010101', config: { laws } },
    { device: 'hall-pong', village: '43010102', config: { laws } },
  );
  [mae, pong] = country.halls as [Hall, Hall];
  somchai = await colleague(country, { user: 'somchai', roles: ['author'], areas: ['43'] });
  await country.wake();
  await pong.stopAgent();
  await until(async () => {
    const { devices } = await country.operator.ask('devices', { device: 'hall-pong' });
    expect(devices[0]?.presence?.state).toBe('offline');
  });
});

test('an announcement that expired before a hall came back is sent again to that hall alone, which hears it', async () => {
  const { sha256 } = await recordedSpeech(country);
  const first = await say(country, {
    ...{ to: ['43'], title: 'น้ำประปาหยุดไหล', media: [sha256], chime: 'none', expires_in_s: 10 },
  });
  await until(async () => expect(await endsOf(country, mae, first)).toEqual(['tower finished']));

  const { page, complaints } = await visit(country, { path: `/console/orders/${first}` });
  await logOn(page, somchai);
  const row = (device: string) => page.getByRole('row').filter({ hasText: device });
  await row('hall-pong').getByText('ติดต่อไม่ได้จนหมดเวลา').waitFor();
  await picture(page, 'order-expired');
  await page.getByRole('button', { name: 'ส่งอีกครั้งถึงหอที่ยังไม่ตอบ' }).click();
  await page.getByText('ส่งเป็นประกาศใหม่ถึง 1 แห่งแล้ว').waitFor();
  await page.waitForURL(
    (url) => /\/orders\/[0-9A-Z]{26}$/.test(url.pathname) && !url.pathname.endsWith(first),
  );
  const second = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await row('hall-pong').waitFor();
  expect(await row('hall-mae').count()).toBe(0);

  pong.start();
  await row('hall-pong').getByText('จบครบ').waitFor({ timeout: 80_000 });
  await until(async () => expect(await endsOf(country, pong, second)).toEqual(['tower finished']));
  const [wav = ''] = await wavFilesIn(pong.wavFolder);
  expect(find(await samplesOfWav(SPEECH_WAV), await samplesIn(wav)).likeness).toBeGreaterThan(0.9);
  // Neither plays twice: the one that had heard it is not asked again, the other never heard the first.
  const heard = async (hall: Hall) =>
    (await events(country, hall)).flatMap((event) => (event.type === 'started' ? [event.play] : []));
  expect(await heard(mae)).toEqual([first]);
  expect(await heard(pong)).toEqual([second]);
  expectNoComplaints({ complaints });
});
