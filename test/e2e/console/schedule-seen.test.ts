import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import { foundCountry, temporaryFolder } from '../setting.ts';
import { seriousFaults } from './axe.ts';
import { atSchedule, drafted, entry, MONDAY, sign, villages, WEEK } from './plan-stage.ts';
import { type Account, colleague, expectNoComplaints, logOn, picture, visit } from './stage.ts';

const folder = await temporaryFolder();
let country: Country;
let author: Account;

beforeAll(async () => {
  country = await foundCountry(folder);
  author = await colleague(country, { user: 'somchai', roles: ['author'], areas: ['43'] });
  await villages(country);
});
beforeEach(() => drafted(country, WEEK));

test('who only reads changes nothing, and another province is neither seen nor drafted', async () => {
  const reader = await colleague(country, { user: 'malee', roles: ['viewer'], areas: ['43'] });
  const visitor = await atSchedule(country, reader);
  const { page } = visitor;
  await page.getByRole('button', { name: /09\.00 ฉีดวัคซีน/ }).waitFor();
  expect(await page.getByRole('button', { name: 'เพิ่มรายการ' }).count()).toBe(0);
  expect(await page.getByRole('button', { name: 'ตรวจและเผยแพร่' }).count()).toBe(0);
  await page.getByRole('button', { name: /09\.00 ฉีดวัคซีน/ }).focus();
  await page.keyboard.press(' ');
  await page.keyboard.press('ArrowDown');
  await page.getByText('รายการนี้วางไว้ในผังของ').waitFor();
  expectNoComplaints(visitor);

  await country.operator.ask('draft', { area: '41', entries: [entry('secret', '09:00', 'ของจังหวัดอื่น')] });
  await country.operator.ask('publish', { area: '41', accept: ['conflicts', 'frozen'] });
  const other = await visit(country, { path: `/console/schedule?area=41&view=week&day=${MONDAY}` });
  await logOn(other.page, author);
  await other.page.getByRole('alert').first().waitFor();
  expect(await other.page.getByText('ของจังหวัดอื่น').count()).toBe(0);
});

test('nothing serious is in the way of who hears or types, in light, dark, drawers and menus', async () => {
  await drafted(country, WEEK, {
    slots: [{ id: 'heads', starts: `${MONDAY}T10:00:00`, rule: 'FREQ=DAILY', minutes: 30, level: 'village' }],
  });
  const visitor = await atSchedule(country, author);
  const { page } = visitor;
  await page.getByRole('button', { name: /09\.00 ฉีดวัคซีน/ }).waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByRole('button', { name: /09\.00 ฉีดวัคซีน/ }).click();
  await page.getByRole('textbox', { name: /^ชื่อรายการ/ }).waitFor();
  await page.getByRole('checkbox', { name: 'หอกระจายข่าว' }).check();
  expect(await seriousFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  for (const view of ['เดือน', 'ตามพื้นที่']) {
    await page.getByText(view, { exact: true }).click();
    await page.getByRole('button', { name: /09\.00 ฉีดวัคซีน/ }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByText('สัปดาห์', { exact: true }).click();
  await page
    .getByRole('button', { name: /10\.00–10\.30 เวลาของหมู่บ้าน/ })
    .first()
    .waitFor();
  await picture(page, 'schedule-dark');
  expect(await seriousFaults(page)).toEqual([]);
  expectNoComplaints(visitor);
});

test('on a telephone: a day to tap, a month of numbers', async () => {
  await drafted(country, [
    ...WEEK,
    entry('long', '09:00', 'ประชุมประชาคมหมู่บ้าน', { announcement: sign('ประชุม', 60) }),
  ]);
  const visitor = await atSchedule(country, author, { size: 'phone', search: `?area=43&day=${MONDAY}` });
  const { page } = visitor;
  await page.getByRole('button', { name: /09\.00 ฉีดวัคซีน/ }).waitFor();
  const isWide = () => page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.getByText('วัน', { exact: true }).click();
    await page.getByRole('button', { name: /09\.00 ฉีดวัคซีน/ }).waitFor();
    await picture(page, `schedule-phone-day-${scheme}`);
    await page.getByText('เดือน', { exact: true }).click();
    await page
      .getByRole('button', { name: /4 รายการ/ })
      .first()
      .waitFor();
    await picture(page, `schedule-phone-month-${scheme}`);
    expect(await isWide()).toBeLessThanOrEqual(0);
    await page.getByText('ตามพื้นที่', { exact: true }).click();
    await page.getByRole('button', { name: /09\.00 ฉีดวัคซีน/ }).waitFor();
    await picture(page, `schedule-phone-areas-${scheme}`);
    expect(await isWide()).toBeLessThanOrEqual(0);
    expect(await seriousFaults(page)).toEqual([]);
  }
  expectNoComplaints(visitor);
});
