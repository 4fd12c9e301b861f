import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import type { Hall } from '../../../scripts/virtual-village/hall.ts';
import { SPEECH_WAV } from '../../integration/sound/speech.ts';
import { foundCountry, temporaryFolder, until } from '../setting.ts';
import { seriousFaults } from './axe.ts';
import { saysAndShows, sentAtOnce } from './said.ts';
import { type Account, colleague, expectNoComplaints, logOn, picture, visit } from './stage.ts';

const folder = await temporaryFolder();
let country: Country;
let mae: Hall;
let somchai: Account;
let nok: Account;

beforeAll(async () => {
  country = await foundCountry(folder, {
    ...{ device: 'hall-mae', village: '43010101', config: { laws: { quiet: [] } } },
  });
  [mae] = country.halls as [Hall];
  somchai = await colleague(country, { user: 'somchai', roles: ['author'], areas: ['43'] });
  nok = await colleague(country, { user: 'nok', roles: ['author'], areas: ['430101'] });
  await country.wake();
});

async function atTheForm(account: Account) {
  const visitor = await visit(country, { path: '/console/push' });
  await logOn(visitor.page, account);
  await visitor.page.getByRole('heading', { name: 'ประกาศทันที' }).waitFor();
  return visitor;
}

const sign = (page: Page) => page.getByLabel('ข้อความบนป้าย');
const savedOnes = (page: Page) => page.getByRole('combobox', { name: 'ใช้ประกาศที่บันทึกไว้' });
const sounds = (page: Page) => page.getByRole('list', { name: /^เสียงที่จะออกหอกระจายข่าว/ });

/** Found by its title and taken, without a mouse. */
async function takeByKeys(page: Page, words: string): Promise<void> {
  await savedOnes(page).focus();
  await page.keyboard.type(words);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText(/แก้ไขได้ทุกช่อง$/).waitFor();
}

test('what was written is saved, is there after a reload, is changed, and is heard and read at the hall', async () => {
  const { page, complaints } = await atTheForm(somchai);
  await page.getByLabel('เรื่อง', { exact: true }).fill('ตลาดนัดวันเสาร์');
  await sign(page).fill('ตลาดนัดวันเสาร์ ที่ลานวัด');
  await page.getByLabel('โทรสอบถาม').fill('042-411-000');
  await page.getByRole('tab', { name: 'อัปโหลด' }).click();
  await page.getByLabel('เลือกไฟล์เสียง').setInputFiles(SPEECH_WAV);
  await sounds(page).getByText('0:01').waitFor();
  await page.getByLabel('พูดซ้ำ (ครั้ง)').fill('2');
  await page.getByRole('button', { name: 'บันทึกไว้ใช้อีก…' }).click();
  const dialog = page.getByRole('dialog', { name: 'บันทึกไว้ใช้อีก…' });
  expect(await dialog.getByLabel('ชื่อของประกาศที่บันทึก').inputValue()).toBe('ตลาดนัดวันเสาร์');
  await dialog.getByRole('radio', { name: 'จังหวัดหนองคาย' }).waitFor();
  await picture(page, 'save-as');
  expect(await seriousFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'บันทึก', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'ล้างทั้งหมด' }).click();
  await page.reload();
  expect(await sign(page).inputValue()).toBe('');

  await takeByKeys(page, 'ตลาด');
  expect(await sign(page).inputValue()).toBe('ตลาดนัดวันเสาร์ ที่ลานวัด');
  expect(await page.getByLabel('โทรสอบถาม').inputValue()).toBe('042-411-000');
  expect(await page.getByLabel('พูดซ้ำ (ครั้ง)').inputValue()).toBe('2');
  await sounds(page).getByText('Front Center').waitFor();
  await picture(page, 'saved-taken');
  expect(await seriousFaults(page)).toEqual([]);
  await sign(page).fill('ตลาดนัดวันอาทิตย์ ที่ลานวัด');
  await page.getByRole('checkbox', { name: 'จังหวัดหนองคาย' }).check();
  await page.getByText('ถึงหอกระจายข่าว 1 แห่ง').waitFor();
  const order = await sentAtOnce(page);
  await saysAndShows(country, mae, order);
  expectNoComplaints({ complaints });
});

test('a tambon takes what its province saved, gets its own words back, and may neither replace nor delete it', async () => {
  const { page } = await atTheForm(nok);
  await sign(page).fill('เขียนไว้ก่อน');
  await takeByKeys(page, 'วันเสาร์');
  expect(await sign(page).inputValue()).toBe('ตลาดนัดวันเสาร์ ที่ลานวัด');
  expect(await sounds(page).getByRole('listitem').count()).toBe(1);
  expect(await page.getByRole('button', { name: 'ลบประกาศที่บันทึกไว้' }).count()).toBe(0);
  await page.getByRole('button', { name: 'คืนที่เขียนไว้เดิม' }).click();
  expect(await sign(page).inputValue()).toBe('เขียนไว้ก่อน');
  expect(await sounds(page).count()).toBe(0);
});

test('under the same title it replaces the one before, and is deleted when nobody needs it', async () => {
  const { page } = await atTheForm(somchai);
  const saved = async () => (await country.operator.ask('templates', { use: 'saved' })).templates;
  await sign(page).fill('ตลาดนัดวันเสาร์ ย้ายไปสนามโรงเรียน');
  await page.getByRole('button', { name: 'บันทึกไว้ใช้อีก…' }).click();
  await page.getByLabel('ชื่อของประกาศที่บันทึก').fill('ตลาดนัดวันเสาร์');
  await page.getByText('การบันทึกจะแทนที่ของเดิม').waitFor();
  await page.getByRole('button', { name: 'บันทึกแทนที่' }).click();
  await until(async () =>
    expect((await saved()).map(({ push }) => push.text)).toEqual(['ตลาดนัดวันเสาร์ ย้ายไปสนามโรงเรียน']),
  );
  await page.getByRole('button', { name: 'ล้างทั้งหมด' }).click();
  await takeByKeys(page, 'ตลาด');
  await page.getByRole('button', { name: 'ลบประกาศที่บันทึกไว้' }).click();
  await page
    .getByRole('dialog', { name: 'ลบประกาศที่บันทึกไว้' })
    .getByRole('button', { name: 'ลบประกาศที่บันทึกไว้' })
    .click();
  await savedOnes(page).waitFor({ state: 'detached' });
  expect(await saved()).toEqual([]);
  expect(await sign(page).inputValue()).toBe('ตลาดนัดวันเสาร์ ย้ายไปสนามโรงเรียน');
});
