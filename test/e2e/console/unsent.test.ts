import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { wavFilesIn } from '../../../device/drivers/sound/wav-player.ts';
import { SAMPLE_RATE_HZ } from '../../../device/sound-ports.ts';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import type { Hall } from '../../../scripts/virtual-village/hall.ts';
import { find } from '../../integration/sound/correlation.ts';
import { SPEECH_WAV, samplesOfWav } from '../../integration/sound/speech.ts';
import { endsOf, foundCountry, samplesIn, temporaryFolder, until } from '../setting.ts';
import { seriousFaults } from './axe.ts';
import { type Account, colleague, expectNoComplaints, logOn, picture, visit } from './stage.ts';

const VILLAGE = '43010101';
const folder = await temporaryFolder();
let country: Country;
let mae: Hall;
let somchai: Account;
let malee: Account;
let head: Account;

beforeAll(async () => {
  country = await foundCountry(folder, {
    ...{ device: 'hall-mae', village: VILLAGE, config: { laws: { quiet: [] } } },
  });
  [mae] = country.halls as [Hall];
  somchai = await colleague(country, { user: 'somchai', roles: ['author'], areas: ['43'] });
  malee = await colleague(country, { user: 'malee', roles: ['author'], areas: ['43'] });
  head = await colleague(country, { user: 'phuyai', roles: ['author'], areas: [VILLAGE] });
  await country.wake();
});

/** At the form; whatever the browser asks before it leaves the page is written down. */
async function atTheForm(account: Account) {
  const visitor = await visit(country, { path: '/console/push' });
  const asked: string[] = [];
  visitor.page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await logOn(visitor.page, account);
  await visitor.page.getByRole('button', { name: 'เริ่มอัดเสียง' }).waitFor();
  return { ...visitor, asked };
}

const unsent = (page: Page) => page.getByRole('list', { name: 'เสียงที่อัดไว้และยังไม่ได้ใช้' }).getByRole('listitem');
const wave = (page: Page) => page.getByRole('img', { name: 'รูปคลื่นเสียงที่อัด' });

async function record(page: Page, time: string): Promise<void> {
  await page.getByRole('button', { name: 'เริ่มอัดเสียง' }).click();
  const timer = page.getByRole('timer');
  await until(async () => expect(await timer.innerText()).toBe(`กำลังอัด ${time}`));
}

async function anotherWindow(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto('/console/push');
  await page.getByRole('button', { name: 'เริ่มอัดเสียง' }).waitFor();
  return page;
}

/** The last sound that the hall made has the word "centre" in it. Of the whole sentence a busy machine's microphone may lose a moment. */
async function isHeardIn(hall: Hall, order: string): Promise<void> {
  await until(async () => expect(await endsOf(country, hall, order)).toContain('tower finished'));
  const wav = (await wavFilesIn(hall.wavFolder)).at(-1) ?? '';
  const word = (await samplesOfWav(SPEECH_WAV)).subarray(0.7 * SAMPLE_RATE_HZ, 1.1 * SAMPLE_RATE_HZ);
  // Other words of the same voice have 0.2 at most.
  expect(find(word, await samplesIn(wav)).likeness).toBeGreaterThan(0.6);
}

/** As if they had been made so long ago. */
const AGED = (days: number) => `new Promise((resolve) => {
  const open = indexedDB.open('prakat.recordings');
  open.onsuccess = () => {
    const rows = open.result.transaction('rows', 'readwrite').objectStore('rows');
    rows.openCursor().onsuccess = ({ target: { result } }) => {
      if (result === null) { open.result.close(); resolve(); return; }
      result.update({ ...result.value, at: result.value.at - ${days} * 86400000 });
      result.continue();
    };
  };
})`;
/** Pieces of sound that are in the browser's database. */
const PIECES = `new Promise((resolve) => {
  const open = indexedDB.open('prakat.recordings');
  open.onsuccess = () => {
    open.result.transaction('pieces').objectStore('pieces').count().onsuccess = ({ target: { result } }) => {
      open.result.close();
      resolve(result);
    };
  };
})`;

test('a recording that was not used is there after a reload, in one window, and is heard at the hall', async () => {
  const { page, context, complaints, asked } = await atTheForm(somchai);
  await record(page, '0:05');
  await page.getByRole('button', { name: 'หยุดอัด' }).click();
  await wave(page).waitFor();
  const other = await anotherWindow(context);
  expect(await other.evaluate(PIECES)).toBeGreaterThan(1);
  expect(await unsent(other).count()).toBe(0);
  await page.reload();
  await unsent(page).waitFor();
  await picture(page, 'unsent');
  expect(await seriousFaults(page)).toEqual([]);
  await unsent(page).getByRole('button', { name: 'เปิดต่อ' }).click();
  await wave(page).waitFor();
  await page.getByLabel('เริ่มที่ (วินาที)').fill('1.2');
  await page.getByLabel('จบที่ (วินาที)').fill('4.2');
  await page.getByLabel('จบที่ (วินาที)').blur();
  await page.getByRole('button', { name: 'ใช้เสียงนี้' }).click();
  await page.getByRole('list', { name: /^เสียงที่จะออกหอกระจายข่าว/ }).waitFor();
  await page.getByRole('checkbox', { name: 'จังหวัดหนองคาย' }).check();
  await page.getByRole('button', { name: 'ส่งประกาศ' }).click();
  await page.getByRole('button', { name: 'ส่งทันที' }).click();
  await page.getByText('ทราบผลครบทุกแห่งแล้ว').waitFor();
  await isHeardIn(mae, new URL(page.url()).pathname.split('/').at(-1) ?? '');
  // What was sent is kept no longer.
  expect(await page.evaluate(PIECES)).toBe(0);
  expect(asked).toEqual([]);
  expectNoComplaints({ complaints });
});

test('of a window that crashes in mid-speech, all but the last two seconds are there', async () => {
  const { page, context } = await atTheForm(somchai);
  await record(page, '0:07');
  const crashed = page.waitForEvent('crash');
  const debug = await context.newCDPSession(page);
  debug.send('Page.crash').catch(() => {});
  await crashed;
  const after = await anotherWindow(context);
  await unsent(after).getByRole('button', { name: 'เปิดต่อ' }).click();
  await wave(after).waitFor();
  expect(Number(await after.getByLabel('จบที่ (วินาที)').inputValue())).toBeGreaterThanOrEqual(5);
  await after.getByRole('button', { name: 'อัดใหม่' }).click();
  await until(async () => expect(await after.evaluate(PIECES)).toBe(0));
  await after.reload();
  await after.getByRole('button', { name: 'เริ่มอัดเสียง' }).waitFor();
  expect(await unsent(after).count()).toBe(0);
});

async function recordAndReload(page: Page): Promise<void> {
  await record(page, '0:01');
  await page.getByRole('button', { name: 'หยุดอัด' }).click();
  await wave(page).waitFor();
  await page.reload();
  await unsent(page).waitFor();
}

test('it is not told to another account, goes after a week, and with the log-off', async () => {
  const { page, context, asked } = await atTheForm(somchai);
  await recordAndReload(page);
  await page.evaluate(AGED(6.9));
  await page.reload();
  await unsent(page).waitFor();
  await context.clearCookies();
  await page.reload();
  await logOn(page, malee);
  await page.getByRole('button', { name: 'เริ่มอัดเสียง' }).waitFor();
  expect(await unsent(page).count()).toBe(0);
  expect(await page.evaluate(PIECES)).toBeGreaterThan(0);
  await page.evaluate(AGED(0.2));
  await page.reload();
  await until(async () => expect(await page.evaluate(PIECES)).toBe(0));

  await recordAndReload(page);
  await page.getByRole('button', { name: 'บัญชีของฉัน' }).click();
  await page.getByRole('menuitem', { name: 'ออกจากระบบ' }).click();
  await page.locator('input[name=user]').waitFor();
  expect(await page.evaluate(PIECES)).toBe(0);
  expect(asked).toEqual([]);
});

test('a village head finds it on the phone, hears it and sends it; then it is gone, and after the log-off too', async () => {
  const { page, complaints } = await visit(country, {
    ...{ size: 'phone', path: '/console/village.html' },
  });
  const enter = async () => {
    await page.locator('input[name=user]').fill(head.user);
    await page.locator('input[name=password]').fill(head.password);
    await page.getByRole('button', { name: 'เข้าสู่ระบบ' }).click();
    await page.getByText('พร้อมใช้').waitFor();
  };
  await enter();
  const speak = page.getByRole('region', { name: 'พูดประกาศ' });
  const say = async () => {
    await speak.getByRole('button', { name: 'เริ่มอัดเสียง' }).click();
    await speak.getByText(/กำลังอัด 0:03/).waitFor();
    await speak.getByRole('button', { name: 'หยุดอัด' }).click();
    await speak.getByLabel('ฟังก่อนส่ง').waitFor();
    await page.reload();
    await speak.getByText(/^อัดไว้เมื่อ .* ยังไม่ได้ส่ง$/).waitFor();
  };
  await say();
  await speak.getByLabel('ฟังก่อนส่ง').waitFor();
  await picture(page, 'village-unsent');
  await speak.getByRole('button', { name: 'ประกาศในหมู่บ้าน' }).click();
  await speak.getByRole('button', { name: 'ใช่ ประกาศเลย' }).click();
  await speak.getByText('ส่งแล้ว').waitFor();
  const { orders } = await country.operator.ask('orders', { limit: 1 });
  await isHeardIn(mae, orders[0]?.order ?? '');
  await until(async () => expect(await page.evaluate(PIECES)).toBe(0));

  await say();
  await page.getByRole('button', { name: 'ออกจากระบบ' }).click();
  await page.locator('input[name=user]').waitFor();
  expect(await page.evaluate(PIECES)).toBe(0);
  expectNoComplaints({ complaints });
});
