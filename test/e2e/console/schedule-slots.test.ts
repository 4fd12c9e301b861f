import { beforeAll, expect, test } from 'vitest';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import { foundCountry, temporaryFolder, until } from '../setting.ts';
import {
  atSchedule,
  drafted,
  type Entry,
  entriesOf,
  entry,
  MONDAY,
  middleOf,
  villages,
  WEEK,
} from './plan-stage.ts';
import { type Account, colleague, expectNoComplaints, picture } from './stage.ts';

const VILLAGE = '43010101';
/** Hours down: 72 px each on a day. */
const HOUR_PX = 72;
const folder = await temporaryFolder();
let country: Country;
let author: Account;
let head: Account;

const heads = {
  ...{ id: 'heads', starts: `${MONDAY}T07:00:00`, rule: 'FREQ=DAILY' },
  ...{ minutes: 60, level: 'village' as const },
};
const chime = (id: string, time: string, title: string): Entry =>
  entry(id, time, title, {
    outputs: ['tower'],
    announcement: { title, tower: { chime: 'attention' as const } },
  });

beforeAll(async () => {
  country = await foundCountry(folder);
  author = await colleague(country, { user: 'somchai', roles: ['author'], areas: ['43'] });
  head = await colleague(country, { user: 'kamnan', roles: ['author'], areas: [VILLAGE] });
  await villages(country);
  await drafted(country, WEEK, { slots: [heads] });
  await country.operator.ask('publish', { area: '43', accept: ['conflicts', 'frozen'] });
  await country.operator.ask('draft', { area: VILLAGE, entries: [chime('news', '07:15', 'ข่าวผู้ใหญ่บ้าน')] });
  await country.operator.ask('publish', { area: VILLAGE, accept: ['frozen'] });
});

test('the province sees its slots as places, and how many use them', async () => {
  const visitor = await atSchedule(country, author);
  const { page } = visitor;
  await page
    .getByRole('button', { name: /07\.00–08\.00 เวลาของหมู่บ้าน, ใช้ 1 แห่ง มากสุด 1 จาก 60 นาที/ })
    .waitFor();
  expect(await page.getByRole('button', { name: /07\.00–08\.00 เวลาของหมู่บ้าน, ยังว่าง/ }).count()).toBe(6);
  await picture(page, 'schedule-slots');
  await page.getByRole('button', { name: /ใช้ 1 แห่ง/ }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'นาน (นาที)' }).waitFor();
  expectNoComplaints(visitor);
});

test('a village head sees whose time it is and what is left of it, and is told at once who drags outside of it', async () => {
  const visitor = await atSchedule(country, head, { search: `?area=${VILLAGE}&view=day&day=${MONDAY}` });
  const { page } = visitor;
  await page.getByText(/เวลาของหมู่บ้าน · จังหวัดหนองคายจัดให้ · ใช้แล้ว 1 จาก 60 นาที/).waitFor();
  const entryOfHead = /07\.15 ข่าวผู้ใหญ่บ้าน/;
  await page.getByRole('button', { name: 'ตรวจและเผยแพร่' }).waitFor();
  const { x, y } = await middleOf(page, entryOfHead);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y + HOUR_PX * 2, { steps: 8 });
  await page
    .getByText('"ข่าวผู้ใหญ่บ้าน" อยู่นอกช่วงเวลาที่จัดไว้ให้ (07.00–08.00 น.)', { exact: true })
    .first()
    .waitFor();
  await picture(page, 'schedule-outside-slot');
  await page.mouse.move(x, y + HOUR_PX / 4, { steps: 8 });
  await page.getByText('ไม่พบข้อขัดแย้ง', { exact: true }).waitFor();
  await page.mouse.up();
  await until(async () => {
    const { entries } = await country.operator.ask('draft', { area: VILLAGE });
    expect(entries[0]?.starts).toBe(`${MONDAY}T07:30:00`);
  });
  expect((await entriesOf(country)).length).toBe(WEEK.length);
  expectNoComplaints(visitor);
});
