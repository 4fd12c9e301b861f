import { beforeAll, expect, test } from 'vitest';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import { foundCountry, temporaryFolder } from '../setting.ts';
import { seriousFaults } from './axe.ts';
import { type Account, colleague, expectNoComplaints, logOn, picture, visit } from './stage.ts';

const folder = await temporaryFolder();
let country: Country;
let somchai: Account;

beforeAll(async () => {
  country = await foundCountry(folder);
  somchai = await colleague(country, { user: 'somchai', roles: ['technician'], areas: ['43'] });
});

test('who is on the telephone reads where it is stuck: the line, slow and refused requests, the server itself', async () => {
  const { page, context, complaints } = await visit(country, { path: '/console/diagnose' });
  await logOn(page, somchai);
  const steps = page.getByRole('region', { name: 'ตรวจทีละขั้น' }).getByRole('listitem');
  await expect
    .poll(() => steps.filter({ hasText: 'ถามและตอบทาง MQTT' }).innerText())
    .toMatch(/(ปกติ|ช้า)\s+\d+ ms/);
  for (const step of await steps.allInnerTexts()) expect(step).toMatch(/ปกติ|ช้า/);
  const line = page.getByRole('region', { name: 'สายของหน้านี้' });
  expect(await line.innerText()).toMatch(/สถานะ\s+เชื่อมต่ออยู่/);
  expect(await line.innerText()).toContain('/mqtt');
  const server = page.getByRole('region', { name: 'สภาพเซิร์ฟเวอร์' });
  await server.getByText('ความหน่วงของเซิร์ฟเวอร์').waitFor();
  await page.getByText(/คำสั่ง 0 รายการล่าสุดไม่มีหอใดปฏิเสธหรือพลาด/).waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await picture(page, 'diagnose');

  // A question that the server refuses stands here with its reason.
  await page.goto('/console/coverage?area=41');
  await page.getByRole('alert').waitFor();
  await page.getByRole('link', { name: 'ตรวจการเชื่อมต่อ' }).click();
  const asked = page.getByRole('table', { name: 'คำขอของหน้านี้' });
  await asked.getByRole('row', { name: /coverage HTTP \d+ ms ถูกปฏิเสธ: .*outside-scope/ }).waitFor();

  await context.setOffline(true);
  await page.getByRole('button', { name: 'ตรวจอีกครั้ง' }).click();
  await steps.filter({ hasText: 'เซิร์ฟเวอร์ตอบ' }).getByText('ติดอยู่ตรงนี้').waitFor();
  await page.getByText(/เซิร์ฟเวอร์ไม่ตอบ หากเปิดเว็บอื่นได้/).waitFor();
  await picture(page, 'diagnose-offline');
  await context.setOffline(false);
  await page.getByRole('button', { name: 'ตรวจอีกครั้ง' }).click();
  await expect
    .poll(() => steps.filter({ hasText: 'เซิร์ฟเวอร์ตอบ' }).innerText(), { timeout: 20_000 })
    .toMatch(/ปกติ|ช้า/);
  // What was asked while there was no line failed, and a refusal is an answer of the server.
  const expected = /401|403|ERR_INTERNET_DISCONNECTED|WebSocket/;
  expectNoComplaints({ complaints }, expected);
});
