import { beforeAll, expect, test } from 'vitest';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import { foundCountry, temporaryFolder, until } from '../setting.ts';
import { atSchedule, entry, sign, villages } from './plan-stage.ts';
import { type Account, colleague, expectNoComplaints, logOn, picture, visit } from './stage.ts';

const folder = await temporaryFolder();
let country: Country;
let author: Account;
let auditor: Account;

beforeAll(async () => {
  country = await foundCountry(folder);
  author = await colleague(country, { user: 'somchai', roles: ['author'], areas: ['43'] });
  auditor = await colleague(country, { user: 'malee', roles: ['auditor'], areas: ['th'] });
  await villages(country);
});

/** In Thailand, so many minutes from now, on the minute: `2026-11-30T06:30:00`. */
function inMinutes(minutes: number): string {
  const ms = Math.ceil(Date.now() / 60_000) * 60_000 + minutes * 60_000;
  return new Date(ms + 7 * 3_600_000).toISOString().slice(0, 19);
}

test('what is about to air is changed by who says yes to it and why, and the audit has both', async () => {
  const starts = inMinutes(7);
  const [day, time] = [starts.slice(0, 10), starts.slice(11, 16)];
  const meeting = { ...entry('meeting', time, 'ประชุมหมู่บ้าน'), starts };
  const publish = () => country.operator.ask('publish', { area: '4301', accept: ['frozen'] });
  await country.operator.ask('draft', { area: '4301', entries: [meeting], slots: [] });
  await publish();
  const later = { ...meeting, announcement: sign('ประชุมหมู่บ้าน เลื่อนไปพรุ่งนี้') };
  await country.operator.ask('draft', { area: '4301', entries: [later], slots: [] });

  const visitor = await atSchedule(country, author, { search: `?area=4301&view=day&day=${day}` });
  const { page } = visitor;
  await page.getByRole('button', { name: 'ตรวจและเผยแพร่' }).click();
  const dialog = page.getByRole('dialog', { name: /^เผยแพร่ผังรายการ/ });
  // Said in words: what, and when.
  await dialog.getByText('เปลี่ยนสิ่งที่จะออกภายใน 10 นาที 1 ครั้ง', { exact: false }).waitFor();
  await dialog.getByText(new RegExp(`${time.replace(':', '[.]')}.* · ประชุมหมู่บ้าน เลื่อนไปพรุ่งนี้`)).waitFor();
  const now = dialog.getByRole('button', { name: 'เผยแพร่', exact: true });
  expect(await now.isDisabled()).toBe(true);
  await dialog.getByRole('checkbox', { name: 'รับทราบ และยืนยันให้เปลี่ยนทันที' }).check();
  const why = dialog.getByRole('textbox', { name: /^เหตุผลที่รอไม่ได้/ });
  await why.waitFor();
  expect(await now.isDisabled()).toBe(true);
  await why.fill('ฝนตกหนัก ถนนขาด');
  await until(async () => expect(await now.isEnabled()).toBe(true));
  await picture(page, 'schedule-frozen');
  await now.click();
  await until(async () => {
    const { versions } = await country.operator.ask('versions', { area: '4301' });
    expect(versions[0]).toMatchObject({ version: 2, by: 'somchai' });
  });
  expect((await country.operator.ask('programme', { area: '4301' })).entries[0]?.announcement.title).toBe(
    'ประชุมหมู่บ้าน เลื่อนไปพรุ่งนี้',
  );
  expectNoComplaints(visitor);

  const malee = await visit(country, { path: '/console/audit' });
  await logOn(malee.page, auditor);
  await malee.page.getByRole('textbox', { name: /ค้นหา/ }).first().fill('ถนนขาด');
  const row = malee.page
    .getByRole('row')
    .filter({ hasText: 'somchai' })
    .filter({ hasText: 'request/publish' });
  await row.first().waitFor();
  expect(await row.first().textContent()).toContain('frozen');
  await picture(malee.page, 'schedule-frozen-audit');
});
