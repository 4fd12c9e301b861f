import { beforeAll, expect, test } from 'vitest';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import { events, foundCountry, temporaryFolder, until } from '../setting.ts';
import { type Account, colleague, expectNoComplaints, logOn, picture, type Visitor, visit } from './stage.ts';

const VILLAGE = '43010101';
const folder = await temporaryFolder();
let country: Country;
let author: Account;
let approver: Account;

beforeAll(async () => {
  // The password is asked again, and nobody is alone: as it is for real.
  const approvals = { alone: [], step_up: true };
  country = await foundCountry({ folder, server: { approvals } }, { device: 'hall-alarm', village: VILLAGE });
  author = await colleague(country, { user: 'somchai', roles: ['author'], areas: ['43'] });
  approver = await colleague(country, { user: 'malee', roles: ['approver'], areas: ['43'] });
  await country.wake();
});

/** Held down until it acts. */
async function hold({ page }: Visitor, name: RegExp): Promise<void> {
  const button = page.getByRole('button', { name });
  await button.scrollIntoViewIfNeeded();
  const box = await button.boundingBox();
  if (box === null) throw new Error(`there is no ${name}`);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  const held = page.locator('[data-holding]');
  await held.waitFor();
  await until(async () => expect(await held.count()).toBe(0), 5_000);
  await page.mouse.up();
}

async function giveThePasswordAgain({ page }: Visitor, { password }: Account): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'ยืนยันด้วยรหัสผ่านอีกครั้ง' });
  await dialog.locator('input[type=password]').fill(password);
  await dialog.getByRole('button', { name: 'ยืนยัน' }).click();
}

test('a warning takes two people in two browsers, is followed to the hall, and is taken back in one press', async () => {
  const somchai = await visit(country, { path: '/console/emergency' });
  await logOn(somchai.page, author);
  const { page } = somchai;
  const arm = page.getByRole('button', { name: /เตรียมส่งการเตือนภัย/ });
  expect(await arm.isDisabled()).toBe(true);
  await page.getByRole('group', { name: 'เลือกข้อความที่เตรียมไว้' }).getByRole('button').first().click();
  await page.getByLabel('สัญญาณเตือนภัยอย่างเดียว').check();
  await page.getByRole('checkbox', { name: 'จังหวัดหนองคาย' }).check();
  await page.getByText('30 นาที').click();
  await page.getByLabel(/^เหตุผล/).fill('ระดับน้ำที่สะพานสูง 4.2 เมตร');
  await page.getByText(/ถึง 1 แห่ง ออนไลน์ 1 แห่ง/).waitFor();
  await picture(page, 'emergency');

  await hold(somchai, /เตรียมส่งการเตือนภัย/);
  await page.getByText(/พร้อมส่งภายใน 1[0-9] วินาที/).waitFor();
  await page.getByRole('button', { name: 'ส่งการเตือนภัย', exact: true }).click();
  await giveThePasswordAgain(somchai, author);
  await page.getByRole('heading', { name: 'รออนุมัติ' }).waitFor();
  const hall = country.halls[0];
  if (hall === undefined) throw new Error('no hall');
  expect((await events(country, hall)).filter(({ type }) => type === 'started')).toEqual([]);

  const malee = await visit(country, { path: '/console/approvals' });
  await logOn(malee.page, approver);
  await malee.page.getByText('ระดับน้ำที่สะพานสูง 4.2 เมตร').waitFor();
  await picture(malee.page, 'approvals');
  await hold(malee, /^อนุมัติ/);
  await giveThePasswordAgain(malee, approver);

  // Somchai's page hears of it by itself, and follows it to the hall.
  await page.getByRole('heading', { name: 'การเตือนภัยที่ยังมีผล' }).waitFor();
  await page.getByText(/อนุมัติโดย malee/).waitFor();
  await page.getByText(/ได้ยินแล้วหรือกำลังดัง 1 จาก 1 แห่ง/).waitFor();
  await picture(page, 'alarm');
  expect((await events(country, hall)).filter(({ type }) => type === 'started')).not.toEqual([]);

  await malee.page.getByRole('button', { name: 'หยุดเสียง' }).click();
  await hold(malee, /ยกเลิกการเตือนภัย/);
  await page.getByText('ขณะนี้ไม่มีการเตือนภัยในพื้นที่ของท่าน').waitFor();
  for (const each of [somchai, malee]) expectNoComplaints(each);
});

test('a press that is let go, a single key, and a form that lacks something send nothing', async () => {
  const visitor = await visit(country, { path: '/console/emergency' });
  const { page } = visitor;
  await logOn(page, author);
  const stop = page.getByRole('button', { name: 'หยุดเสียง' });
  await stop.click();
  const all = page.getByRole('button', { name: /หยุดทุกประกาศ/ });
  await all.click();
  await page.keyboard.press('Escape');
  for (const key of ['Enter', ' ', 'a', 's', 'e']) await page.keyboard.press(key);
  const { orders } = await country.operator.ask('orders', { live: false, kinds: ['stop'] });
  expect(orders).toEqual([]);
});
