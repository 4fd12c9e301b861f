import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import type { Hall } from '../../../scripts/virtual-village/hall.ts';
import { SPEECH_WAV } from '../../integration/sound/speech.ts';
import { endsOf, events, foundCountry, temporaryFolder, until } from '../setting.ts';
import { seriousFaults } from './axe.ts';
import { type Account, colleague, logOn, picture, visit } from './stage.ts';

const folder = await temporaryFolder();
let country: Country;
let mae: Hall;
let pong: Hall;
let somchai: Account;
let malee: Account;

beforeAll(async () => {
  // As it is for real: nobody is alone, and the password is asked again.
  country = await foundCountry(
    { folder, server: { approvals: { alone: [], step_up: true, quiet: [] } } },
    { device: 'hall-mae', village: '43010101' },
    { device: 'hall-pong', village: '43010102' },
  );
  [mae, pong] = country.halls as [Hall, Hall];
  somchai = await colleague(country, { user: 'somchai', roles: ['author'], areas: ['43'] });
  malee = await colleague(country, { user: 'malee', roles: ['approver'], areas: ['43'] });
  await country.wake();
  // One village without power.
  await pong.stopAgent();
  await until(async () => {
    const { devices } = await country.operator.ask('devices', { device: 'hall-pong' });
    expect(devices[0]?.presence?.state).toBe('offline');
  });
});

/** Held down until it acts. */
async function hold(page: Page, name: RegExp): Promise<void> {
  const button = page.getByRole('button', { name });
  await button.scrollIntoViewIfNeeded();
  await button.hover();
  await page.mouse.down();
  const held = page.locator('[data-holding]');
  await held.waitFor();
  await until(async () => expect(await held.count()).toBe(0), 5_000);
  await page.mouse.up();
}

async function giveThePasswordAgain(page: Page, { password }: Account): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'ยืนยันด้วยรหัสผ่านอีกครั้ง' });
  await dialog.locator('input[type=password]').fill(password);
  await dialog.getByRole('button', { name: 'ยืนยัน' }).click();
}

test('what reaches a whole province says so before, takes the password, and waits for a second person', async () => {
  const { page } = await visit(country, { path: '/console/push' });
  await logOn(page, somchai);
  await page.getByRole('checkbox', { name: 'จังหวัดหนองคาย' }).check();
  await page.getByLabel('ข้อความบนป้าย').fill('ฉีดวัคซีนพรุ่งนี้');
  await page.getByText('ต้องมีผู้อนุมัติอีกหนึ่งคนก่อนออกอากาศ').waitFor();
  await page.getByText('กว้างกว่าหนึ่งอำเภอ').waitFor();
  await page.getByText(/^ถึงหอกระจายข่าว.*ขาดการติดต่อ 1/).waitFor();
  await page
    .getByRole('img', { name: /^ภาพที่ 1/ })
    .first()
    .waitFor();
  await picture(page, 'push');
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'ส่งเพื่อขออนุมัติ' }).click();
  await giveThePasswordAgain(page, somchai);
  await page.getByText(/รอผู้อนุมัติถึง/).waitFor();
  await picture(page, 'order-waits');
  expect((await events(country, mae)).filter(({ type }) => type === 'started')).toEqual([]);

  const other = await visit(country, { path: '/console/approvals' });
  await logOn(other.page, malee);
  await other.page.getByText('ฉีดวัคซีนพรุ่งนี้').first().waitFor();
  await hold(other.page, /^อนุมัติ/);
  await giveThePasswordAgain(other.page, malee);
  // The author's page follows by itself.
  await page.getByRole('heading', { name: 'ฉีดวัคซีนพรุ่งนี้' }).waitFor();
  await page.getByText(/ขาดการติดต่อ 1 จาก 2 แห่ง/).waitFor();
  await page.getByRole('row').filter({ hasText: 'hall-mae' }).getByText('สำเร็จ').waitFor();
});

test('a single hall is found by its name; who was away hears it when he is back; what plays is stopped', async () => {
  const { page } = await visit(country, { path: '/console/push' });
  await logOn(page, somchai);
  await page.getByRole('tab', { name: 'รายแห่ง' }).click();
  await page.getByLabel(/^ค้นหาชื่อหอกระจายข่าว/).fill('hall-pong');
  const found = page.getByRole('tabpanel', { name: 'รายแห่ง' }).getByRole('checkbox');
  await until(async () => expect(await found.count()).toBe(1));
  await found.check();
  await page.getByText('ไม่มีหอใดออนไลน์').waitFor();
  await page.getByRole('tab', { name: 'อัปโหลด' }).click();
  await page.getByLabel('เลือกไฟล์เสียง').setInputFiles(SPEECH_WAV);
  await page.getByRole('list', { name: /^เสียงที่จะออกหอกระจายข่าว/ }).waitFor();
  await page.getByLabel('พูดซ้ำ (ครั้ง)').fill('10');
  await page.getByRole('button', { name: 'ส่งประกาศ' }).click();
  await page.getByRole('button', { name: 'ส่งทันที' }).click();
  await page.getByText(/ขาดการติดต่อ 1 จาก 1 แห่ง/).waitFor();
  await picture(page, 'order-silent');
  await page.getByRole('button', { name: 'ส่งอีกครั้งถึงหอที่ยังไม่ตอบ' }).click();
  await page.getByText('ระบบจะส่งให้ทันทีที่หอกลับมา').waitFor();
  const order = new URL(page.url()).pathname.split('/').at(-1) ?? '';

  pong.start();
  await until(async () => {
    const { devices } = await country.operator.ask('devices', { device: 'hall-pong' });
    expect(devices[0]?.presence?.state).toBe('online');
  }, 80_000);
  await page.getByText(/ได้ยินแล้วหรือกำลังดัง 1 จาก 1 แห่ง/).waitFor({ timeout: 60_000 });
  await hold(page, /^หยุดประกาศนี้/);
  await page.getByText(/มีคำสั่งหยุด/).waitFor();
  await until(async () => expect((await endsOf(country, pong, order)).join()).toContain('stopped'));
});

test('on a phone, in the dark, everything has room and is legible', async () => {
  const { page } = await visit(country, { path: '/console/push', size: 'phone' });
  await page.emulateMedia({ colorScheme: 'dark' });
  await logOn(page, somchai);
  await page.getByRole('button', { name: 'บัญชีของฉัน' }).click();
  await page.getByRole('menuitem', { name: 'มืด' }).click();
  await page.getByRole('checkbox', { name: 'จังหวัดหนองคาย' }).check();
  await page.getByLabel('ข้อความบนป้าย').fill('ฉีดวัคซีนพรุ่งนี้');
  await page.getByText('ต้องมีผู้อนุมัติอีกหนึ่งคนก่อนออกอากาศ').waitFor();
  await page
    .getByRole('img', { name: /^ภาพที่ 1/ })
    .first()
    .waitFor();
  const width = await page.evaluate<number>('document.documentElement.scrollWidth');
  expect(width).toBeLessThanOrEqual(360);
  await picture(page, 'push-phone');
  expect(await seriousFaults(page)).toEqual([]);
  await page.goto('/console/orders');
  await page.getByRole('link', { name: 'ฉีดวัคซีนพรุ่งนี้' }).click();
  await page.getByRole('list', { name: 'ผลรายแห่ง' }).waitFor();
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  await picture(page, 'order-phone');
  expect(await seriousFaults(page)).toEqual([]);
});
