import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { enrolledHall } from '../../../scripts/bench/enrolled-hall.ts';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import { foundCountry, temporaryFolder } from '../setting.ts';
import { seriousFaults } from './axe.ts';
import { type Account, colleague, expectNoComplaints, logOn, picture, visit } from './stage.ts';

const folder = await temporaryFolder();
let country: Country;
let somchai: Account;

const VILLAGES = `code,name,tower,sign
43010101,บ้านเสาเล้า,yes,yes
43010102,บ้านท่าเสด็จ,yes,no
43020101,บ้านฝั่งแดง,yes,no
43020102,บ้านน้ำไพ,yes,yes
41010106,บ้านหนองบัว,yes,no
`;

beforeAll(async () => {
  country = await foundCountry(folder, { device: 'hall-sao-lao', village: '43010101' });
  await country.operator.ask('places', { csv: VILLAGES });
  const presence = { state: 'offline', boot: 1 } as const;
  await country.server.services.db.devices.put(
    enrolledHall('hall-nam-phai', '43020102', { name: 'บ้านน้ำไพ', presence, seenAt: Date.now() - 86_400_000 }),
  );
  somchai = await colleague(country, { user: 'somchai', roles: ['viewer'], areas: ['43'] });
  await country.wake();
});

test('an office sees per district who has a box that works and who has not, and takes it along', async () => {
  const { page, complaints } = await visit(country, { path: '/console/coverage' });
  await logOn(page, somchai);
  await page.getByText('ใช้งานได้ 25% จาก 4 หมู่บ้าน').waitFor();
  const parts = page.getByRole('table', { name: 'แยกตามพื้นที่' });
  expect(await parts.getByRole('row').allInnerTexts()).toEqual([
    expect.stringContaining('ร้อยละ'),
    // The one with most to do first.
    expect.stringMatching(/อำเภอท่าบ่อ\s+2\s+0%/),
    expect.stringMatching(/อำเภอเมืองหนองคาย\s+2\s+50%/),
  ]);
  const wanting = page.getByRole('table', { name: 'หมู่บ้านที่ต้องดูแล' });
  await wanting.getByRole('row', { name: /บ้านน้ำไพ 43020102 ขาดการติดต่อ/ }).waitFor();
  await picture(page, 'coverage');
  expect(await seriousFaults(page)).toEqual([]);
  expect(await page.locator('main').innerText()).not.toContain('หนองบัว');

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV รายหมู่บ้าน' }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  expect(
    text
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.split(',').slice(0, 3)),
  ).toEqual([
    ['43010102', 'บ้านท่าเสด็จ', 'ไม่มีกล่อง'],
    ['43020101', 'บ้านฝั่งแดง', 'ไม่มีกล่อง'],
    ['43020102', 'บ้านน้ำไพ', 'ขาดการติดต่อ'],
  ]);

  await parts.getByRole('button', { name: 'อำเภอท่าบ่อ' }).click();
  await page.getByText('ใช้งานได้ 0% จาก 2 หมู่บ้าน').waitFor();
  expect(page.url()).toContain('area=4302');
  await page
    .getByRole('group', { name: 'แสดงเฉพาะ' })
    .or(page.getByRole('radiogroup', { name: 'แสดงเฉพาะ' }))
    .getByText('ไม่มีกล่อง')
    .click();
  await expect.poll(() => wanting.getByRole('row').count()).toBe(2);
  await page.getByRole('radiogroup', { name: 'แสดงเฉพาะ' }).getByText('ทั้งหมด').click();
  await wanting.getByRole('link', { name: 'hall-nam-phai' }).click();
  await page.getByRole('heading', { name: 'บ้านน้ำไพ' }).waitFor();
  expectNoComplaints({ complaints });
});

test('on a phone the figures come first and nothing sticks out', async () => {
  const { page, complaints } = await visit(country, { path: '/console/coverage', size: 'phone' });
  await logOn(page, somchai);
  await page.getByText('ใช้งานได้ 25% จาก 4 หมู่บ้าน').waitFor();
  await picture(page, 'coverage-phone');
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  expectNoComplaints({ complaints });
});
