import { beforeAll, expect, test } from 'vitest';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import { foundCountry, temporaryFolder } from '../setting.ts';
import { type Account, colleague, expectNoComplaints, logOn, picture, visit } from './stage.ts';

const folder = await temporaryFolder();
let country: Country;
let somchai: Account;
let malee: Account;

beforeAll(async () => {
  country = await foundCountry(folder, { device: 'hall-door', village: '43010101' });
  somchai = await colleague(country, { user: 'somchai', roles: ['author'], areas: ['43'] });
  malee = await colleague(country, { user: 'malee', roles: ['author'], areas: ['43'] });
});

test('an operator logs on, is known again after a reload, and is gone after the log-out', async () => {
  const { page, context, complaints } = await visit(country);
  await page.getByLabel('ชื่อผู้ใช้').fill(somchai.user);
  await page.getByLabel('รหัสผ่าน').fill('ผิดแน่นอน');
  await page.getByRole('button', { name: 'เข้าสู่ระบบ' }).click();
  await page.getByRole('alert').waitFor();
  await picture(page, 'log-on');
  await logOn(page, somchai);
  await page.reload();
  await page.getByRole('status').filter({ hasText: 'เชื่อมต่ออยู่' }).waitFor();
  const [cookie] = await context.cookies();
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
  expect(await page.evaluate('document.cookie')).toBe('');
  await page.getByRole('button', { name: 'บัญชีของฉัน' }).click();
  await page.getByRole('menuitem', { name: 'ออกจากระบบ' }).click();
  await page.getByRole('button', { name: 'เข้าสู่ระบบ' }).waitFor();
  expectNoComplaints({ complaints });
});

test('what somebody was writing when the session ended is found by nobody else at that desk, and is gone after the log-out', async () => {
  const { page, context } = await visit(country, { path: '/console/push' });
  const words = page.getByLabel('ข้อความบนป้าย');
  const backAs = async (account: Account) => {
    await context.clearCookies();
    await page.reload();
    await logOn(page, account);
    await words.waitFor();
    return words.inputValue();
  };
  await logOn(page, somchai);
  await words.fill('ประชุมหมู่บ้านเย็นนี้');
  expect(await backAs(malee)).toBe('');
  expect(await backAs(somchai)).toBe('ประชุมหมู่บ้านเย็นนี้');
  await page.getByRole('button', { name: 'บัญชีของฉัน' }).click();
  await page.getByRole('menuitem', { name: 'ออกจากระบบ' }).click();
  await page.getByRole('button', { name: 'เข้าสู่ระบบ' }).waitFor();
  expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('ประชุม');
  expect(await backAs(somchai)).toBe('');
});
