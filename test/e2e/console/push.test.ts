import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { wavFilesIn } from '../../../device/drivers/sound/wav-player.ts';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import type { Hall } from '../../../scripts/virtual-village/hall.ts';
import { find } from '../../integration/sound/correlation.ts';
import { SPEECH_WAV, samplesOfWav } from '../../integration/sound/speech.ts';
import { events, foundCountry, samplesIn, temporaryFolder, until } from '../setting.ts';
import { seriousFaults } from './axe.ts';
import { type Account, colleague, expectNoComplaints, logOn, picture, visit } from './stage.ts';

const folder = await temporaryFolder();
let country: Country;
let mae: Hall;
let pong: Hall;
let somchai: Account;
const OTHER_WAV = '/usr/share/sounds/alsa/Rear_Left.wav';
const laws = { quiet: [] };

beforeAll(async () => {
  country = await foundCountry(
    folder,
    { device: 'hall-mae', village: '43010101', config: { laws } },
    { device: 'hall-pong', village: '43010102', sign: { width: 128, height: 64 }, config: { laws } },
    { device: 'hall-udon', village: '41010101', config: { laws } },
  );
  [mae, pong] = country.halls as [Hall, Hall];
  mae.start();
  pong.start();
  await until(async () => {
    const { devices } = await country.operator.ask('devices', { area: '43' });
    expect(devices.filter(({ state }) => state?.outputs.panel?.works)).toHaveLength(2);
  }, 80_000);
  somchai = await colleague(country, { user: 'somchai', roles: ['author'], areas: ['43'] });
});

/** At the form, with an empty page before. */
async function atTheForm(options: Parameters<typeof visit>[1] = {}) {
  const visitor = await visit(country, { path: '/console/push', ...options });
  await logOn(visitor.page, somchai);
  await visitor.page.getByRole('heading', { name: 'ประกาศทันที' }).waitFor();
  return visitor;
}

/** What the page said that was wrong, but for the knock at the door before the log-on. */

const bothVillages = (page: Page) => page.getByRole('checkbox', { name: 'จังหวัดหนองคาย' }).check();

/** The form is longer than a screen: with all of it. */
async function tallPicture(page: Page, name: string): Promise<void> {
  await page.setViewportSize({ width: 1360, height: 1_500 });
  await picture(page, name);
  await page.setViewportSize({ width: 1360, height: 850 });
}

/** Ids of the announcements that a hall began. */
async function started(hall: Hall): Promise<string[]> {
  return (await events(country, hall)).flatMap((event) => (event.type === 'started' ? [event.play] : []));
}

test('what is said into the browser is cut, heard as the tower will say it, and found in what the tower said', async () => {
  const { page, complaints } = await atTheForm();
  await bothVillages(page);
  await page.getByRole('list', { name: 'ประกาศถึง' }).getByText('2 แห่ง').waitFor();
  await page.getByRole('button', { name: 'เริ่มอัดเสียง' }).click();
  const timer = page.getByRole('timer');
  await page.getByLabel('ระดับเสียง').waitFor();
  await until(async () => expect(await timer.innerText()).toBe('กำลังอัด 0:05'));
  await tallPicture(page, 'record');
  await page.getByRole('button', { name: 'หยุดอัด' }).click();
  // The fake microphone says the same 1.4 s again and again: cut to two of them.
  await page.getByLabel('เริ่มที่ (วินาที)').fill('1.2');
  await page.getByLabel('จบที่ (วินาที)').fill('4.2');
  await page.getByLabel('จบที่ (วินาที)').blur();
  await tallPicture(page, 'trim');
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'ใช้เสียงนี้' }).click();
  const chosen = page.getByRole('list', { name: /^เสียงที่จะออกหอกระจายข่าว/ });
  await chosen.getByText('0:03').waitFor();
  const heard = page.waitForResponse(/\/media\/[0-9a-f]{64}$/);
  await chosen.getByRole('button', { name: /^ฟัง / }).click();
  expect((await (await heard).allHeaders())['content-type']).toBe('audio/ogg; codecs=opus');
  await chosen.getByRole('button', { name: /^หยุดฟัง / }).waitFor();
  await page.getByText(/เสียงยาว 0:0[56]/).waitFor();
  await page.getByText('ถึงหอกระจายข่าว 2 แห่ง').waitFor();

  await page.getByRole('button', { name: 'ส่งประกาศ' }).click();
  await page.getByRole('button', { name: 'ส่งทันที' }).click();
  await page.getByText(/ได้ยินแล้วหรือกำลังดัง 2 จาก 2 แห่ง/).waitFor();
  await page.getByText('ทราบผลครบทุกแห่งแล้ว').waitFor();
  expect(await page.getByRole('row').filter({ hasText: 'จบครบ' }).count()).toBe(2);
  await picture(page, 'order');
  expect(await seriousFaults(page)).toEqual([]);

  const [speech, another] = [await samplesOfWav(SPEECH_WAV), await samplesOfWav(OTHER_WAV)];
  for (const hall of [mae, pong]) {
    const [wav = ''] = await wavFilesIn(hall.wavFolder);
    const said = await samplesIn(wav);
    // The browser levels what it hears, so it is not the very same; other words of the same voice are far from it.
    expect(find(speech, said).likeness).toBeGreaterThan(0.9);
    expect(find(another, said).likeness).toBeLessThan(0.3);
  }
  expectNoComplaints({ complaints });
});

test('five seconds to take it back: then nothing was sent; what was written is still there', async () => {
  const { page, complaints } = await atTheForm();
  const before = await started(mae);
  await bothVillages(page);
  await page.getByLabel('ข้อความบนป้าย').fill('ผิดอำเภอ');
  await page.getByRole('button', { name: 'ส่งประกาศ' }).click();
  await page.getByText(/จะส่งใน [1-5] วินาที/).waitFor();
  await page.getByRole('button', { name: 'เลิกส่ง' }).click();
  await page.reload();
  expect(await page.getByLabel('ข้อความบนป้าย').inputValue()).toBe('ผิดอำเภอ');
  // Who goes to another room within them is told.
  await page.getByRole('button', { name: 'ส่งประกาศ' }).click();
  await page.getByText(/จะส่งใน [1-5] วินาที/).waitFor();
  await page.getByRole('link', { name: 'ผังรายการ' }).click();
  await page.getByText('ประกาศยังไม่ได้ส่ง').waitFor();
  await page.getByRole('link', { name: 'ประกาศทันที' }).click();
  // Left to itself it goes.
  await page.getByLabel('ข้อความบนป้าย').fill('ถูกอำเภอแล้ว');
  await page.getByRole('button', { name: 'ส่งประกาศ' }).click();
  await page.getByRole('heading', { name: 'ถูกอำเภอแล้ว' }).waitFor();
  await until(async () => expect((await started(mae)).length).toBeGreaterThan(before.length));
  const { orders } = await country.operator.ask('orders', { kinds: ['announce'] });
  expect(orders.map(({ title }) => title)).not.toContain('ผิดอำเภอ');
  expectNoComplaints({ complaints });
});

test('a file that is no sound is refused in words, and what was written stays', async () => {
  const { page } = await atTheForm();
  const nonsense = join(folder, 'ข่าว.mp3');
  await writeFile(nonsense, 'นี่ไม่ใช่เสียง'.repeat(500));
  await page.getByLabel('ข้อความบนป้าย').fill('ประชุมหมู่บ้าน');
  await page.getByRole('tab', { name: 'อัปโหลด' }).click();
  await page.getByLabel('เลือกไฟล์เสียง').setInputFiles(nonsense);
  await page.getByText('ไฟล์นี้ไม่ใช่ไฟล์เสียงที่อ่านได้').waitFor();
  await picture(page, 'upload-refused');
  await page.getByLabel('เลือกไฟล์เสียง').setInputFiles(SPEECH_WAV);
  await page
    .getByRole('list', { name: /^เสียงที่จะออกหอกระจายข่าว/ })
    .getByText('0:01')
    .waitFor();
  expect(await page.getByLabel('ข้อความบนป้าย').inputValue()).toBe('ประชุมหมู่บ้าน');
});

test('a group and a province of the map are chosen; what is for later is for the next time that it is so late', async () => {
  await country.operator.ask('groups', { group: 'rim-khong', title: 'ริมโขง', areas: ['43010102'] });
  const { page, complaints } = await atTheForm();
  const chosen = page.getByRole('list', { name: 'ประกาศถึง' });
  await page.getByRole('tab', { name: 'แผนที่' }).click();
  // By key: the middle of its box lies in another province.
  await page.getByRole('button', { name: /^จังหวัดหนองคาย/ }).press('Enter');
  await chosen.getByText('จังหวัดหนองคาย').waitFor();
  await picture(page, 'targets-map');
  // A province of somebody else is drawn, and is no button.
  expect(await page.getByRole('button', { name: /^จังหวัดอุดรธานี/ }).count()).toBe(0);
  await page.getByRole('button', { name: 'เอา จังหวัดหนองคาย ออก' }).click();
  await page.getByRole('tab', { name: 'กลุ่ม' }).click();
  await page.getByRole('checkbox', { name: 'ริมโขง' }).check();
  await chosen.getByText('กลุ่ม ริมโขง').waitFor();
  await page.getByLabel('ข้อความบนป้าย').fill('น้ำโขงลดลงแล้ว');
  await page.getByText('ตั้งเวลา').click();
  const soon = new Date(Date.now() + 3 * 3_600_000);
  const at = soon.toLocaleTimeString('en-GB', {
    timeZone: 'Asia/Bangkok',
    hour: '2-digit',
    minute: '2-digit',
  });
  await page.getByLabel('เริ่มเวลา').fill(at);
  await page.getByText('ถึงหอกระจายข่าว 1 แห่ง').waitFor();
  await page.getByRole('button', { name: 'ส่งประกาศ' }).click();
  await page.getByRole('button', { name: 'ส่งทันที' }).click();
  await page.getByRole('heading', { name: 'น้ำโขงลดลงแล้ว' }).waitFor();
  const { orders } = await country.operator.ask('orders', { limit: 1 });
  expect(orders).toMatchObject([{ title: 'น้ำโขงลดลงแล้ว', to: ['43010102'] }]);
  expect(new Date(orders[0]?.start_at ?? 0).getTime()).toBe(Math.floor(soon.getTime() / 60_000) * 60_000);
  expectNoComplaints({ complaints });
});

/** From now on the page's line can be made deaf: what it says arrives, what it is told is lost; and then cut. */
async function lineThatIsCut(page: Page): Promise<{ deafen: () => void; cut: () => Promise<void> }> {
  let deaf = false;
  let cut = async () => {};
  await page.routeWebSocket(/\/mqtt$/, (line) => {
    const server = line.connectToServer();
    server.onMessage((message) => {
      if (!deaf) line.send(message);
    });
    cut = () => line.close();
  });
  await page.reload();
  return {
    deafen: () => {
      deaf = true;
    },
    cut: async () => {
      await cut();
      deaf = false;
    },
  };
}

test('the line is cut after the order left and before its answer: nothing is lost, and it is made once', async () => {
  const { page } = await visit(country, { path: '/console/push' });
  const line = await lineThatIsCut(page);
  await logOn(page, somchai);
  await bothVillages(page);
  await page.getByLabel('ข้อความบนป้าย').fill('ไฟดับวันพุธ');
  await page.getByText('ถึงหอกระจายข่าว 2 แห่ง').waitFor();
  const ordered = async () =>
    (await country.operator.ask('orders', {})).orders.filter(({ title }) => title === 'ไฟดับวันพุธ');
  await page.getByRole('button', { name: 'ส่งประกาศ' }).click();
  line.deafen();
  await page.getByRole('button', { name: 'ส่งทันที' }).click();
  await until(async () => expect(await ordered()).toHaveLength(1));
  await line.cut();
  await page.getByText('ยังไม่ได้รับคำตอบจากเซิร์ฟเวอร์').waitFor();
  await picture(page, 'unanswered');
  // The lid was closed and opened again.
  await page.reload();
  await page.getByText('ยังไม่ได้รับคำตอบจากเซิร์ฟเวอร์').waitFor();
  expect(await page.getByLabel('ข้อความบนป้าย').inputValue()).toBe('ไฟดับวันพุธ');
  await page.getByRole('button', { name: /^ส่งซ้ำ/ }).click();
  await page.getByRole('heading', { name: 'ไฟดับวันพุธ' }).waitFor();
  expect(await ordered()).toHaveLength(1);
});
