import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import type { Hall } from '../../../scripts/virtual-village/hall.ts';
import { SPEECH_WAV } from '../../integration/sound/speech.ts';
import { foundCountry, temporaryFolder } from '../setting.ts';
import { seriousFaults } from './axe.ts';
import { saysAndShows, sentAtOnce } from './said.ts';
import { type Account, colleague, expectNoComplaints, logOn, picture, visit } from './stage.ts';

const WORDS = 'ประชุมหมู่บ้านคืนนี้ เวลา 19.00 น. ที่ศาลาประชาคม';
const somchaiIn = (country: Country) =>
  colleague(country, { user: 'somchai', roles: ['author'], areas: ['43'] });
const folder = await temporaryFolder();
let country: Country;
let mae: Hall;
let somchai: Account;

beforeAll(async () => {
  // A voice that says the same whatever it is given: what it says is known.
  const voice = { engine: 'command', program: 'cp', args: [SPEECH_WAV, '{out}'] };
  country = await foundCountry(
    { folder, server: { speech: [voice] } },
    { device: 'hall-mae', village: '43010101', config: { laws: { quiet: [] } } },
  );
  [mae] = country.halls as [Hall];
  somchai = await somchaiIn(country);
  await country.wake();
});

async function atTheForm(where: Country, account: Account) {
  const visitor = await visit(where, { path: '/console/push' });
  await logOn(visitor.page, account);
  await visitor.page.getByRole('heading', { name: 'ประกาศทันที' }).waitFor();
  return visitor;
}

const sounds = (page: Page) => page.getByRole('list', { name: /^เสียงที่จะออกหอกระจายข่าว/ });

test('the words of the sign are read out, listened to as the tower will say them, and said by the tower', async () => {
  const { page, complaints } = await atTheForm(country, somchai);
  await page.getByRole('checkbox', { name: 'จังหวัดหนองคาย' }).check();
  await page.getByLabel('ข้อความบนป้าย').fill(WORDS);
  await page.getByRole('tab', { name: 'ให้ระบบอ่าน' }).click();
  await page.getByRole('button', { name: 'ใช้ข้อความบนป้าย' }).click();
  expect(await page.getByLabel('ข้อความที่ให้อ่านออกเสียง').inputValue()).toBe(WORDS);
  await picture(page, 'say');
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'สร้างเสียงอ่าน' }).click();
  await sounds(page).getByText('0:01').waitFor();
  // What was read out stands in the field no more: it is not said twice by a second press.
  expect(await page.getByLabel('ข้อความที่ให้อ่านออกเสียง').inputValue()).toBe('');
  const heard = page.waitForResponse(/\/media\/[0-9a-f]{64}$/);
  await sounds(page).getByRole('button', { name: /^ฟัง / }).click();
  expect((await heard).ok()).toBe(true);
  const order = await sentAtOnce(page);
  await saysAndShows(country, mae, order);
  expectNoComplaints({ complaints });
});

test('a saved announcement with words to be said is filled in with their sound', async () => {
  await country.operator.ask('templates', {
    ...{ change: 'put', area: '43', template: 'wai-phra', use: 'saved', title: 'ชวนเข้าวัด' },
    push: { kind: 'announce', text: 'วันพระ ชวนเข้าวัด', say: 'พรุ่งนี้วันพระ ขอเชิญชวนเข้าวัดฟังธรรม' },
  });
  const { page } = await atTheForm(country, somchai);
  await page.getByRole('combobox', { name: 'ใช้ประกาศที่บันทึกไว้' }).click();
  await page.getByRole('option', { name: /^ชวนเข้าวัด/ }).click();
  // This voice says the same of both texts, and the library calls it by the first.
  await sounds(page).getByText('0:01').waitFor();
  expect(await sounds(page).getByRole('listitem').count()).toBe(1);
  expect(await page.getByLabel('ข้อความบนป้าย').inputValue()).toBe('วันพระ ชวนเข้าวัด');
  expect(await page.getByText('อัดเสียงแทนได้').count()).toBe(0);
});

test('a server without a voice says so where it would be asked, and when what is saved has words to be said', async () => {
  const silent = await foundCountry(await temporaryFolder());
  const author = await somchaiIn(silent);
  await silent.operator.ask('templates', {
    ...{ change: 'put', area: '43', template: 'wai-phra', use: 'saved', title: 'ชวนเข้าวัด' },
    push: { kind: 'announce', text: 'วันพระ ชวนเข้าวัด', say: 'พรุ่งนี้วันพระ ขอเชิญชวนเข้าวัดฟังธรรม' },
  });
  const { page } = await atTheForm(silent, author);
  await page.getByRole('tab', { name: 'ให้ระบบอ่าน' }).click();
  await page.getByText(/^ระบบนี้ยังไม่มีเสียงอ่าน/).waitFor();
  expect(await page.getByRole('button', { name: 'สร้างเสียงอ่าน' }).count()).toBe(0);
  await page.getByRole('combobox', { name: 'ใช้ประกาศที่บันทึกไว้' }).click();
  await page.getByRole('option', { name: /^ชวนเข้าวัด/ }).click();
  await page.getByText(/อัดเสียงแทนได้$/).waitFor();
  expect(await page.getByLabel('ข้อความบนป้าย').inputValue()).toBe('วันพระ ชวนเข้าวัด');
});
