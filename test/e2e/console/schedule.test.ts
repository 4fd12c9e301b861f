import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import { foundCountry, temporaryFolder, until } from '../setting.ts';
import {
  atSchedule,
  drafted,
  entriesOf,
  entry,
  MONDAY,
  middleOf,
  TUESDAY,
  villages,
  WEDNESDAY,
  WEEK,
} from './plan-stage.ts';
import { type Account, colleague, expectNoComplaints, picture } from './stage.ts';

const folder = await temporaryFolder();
let country: Country;
let author: Account;

beforeAll(async () => {
  country = await foundCountry(folder);
  author = await colleague(country, { user: 'somchai', roles: ['author'], areas: ['43'] });
  await villages(country);
});
beforeEach(() => drafted(country, WEEK));

/** Hours down: 52 px each in a week. */
const HOUR_PX = 52;

test('days, weeks, months and the areas below are seen, with holidays and wan phra', async () => {
  await country.operator.ask('draft', {
    area: '4301',
    entries: [entry('mueang', '10:00', 'ตลาดนัดอำเภอ')],
  });
  await country.operator.ask('publish', { area: '4301', accept: ['conflicts', 'frozen'] });
  const visitor = await atSchedule(country, author);
  const { page } = visitor;
  await page
    .getByRole('button', { name: /06\.30 ข่าวเช้าจังหวัดหนองคาย/ })
    .nth(4)
    .waitFor();
  expect(await page.getByRole('button', { name: /06\.30 ข่าวเช้า/ }).count()).toBe(5);
  await page.getByRole('button', { name: /พื้นที่: จังหวัดหนองคาย|พื้นที่: หนองคาย/ }).waitFor();
  await picture(page, 'schedule-week');

  await page.getByText('เดือน', { exact: true }).click();
  await page.getByRole('button', { name: /09\.00 ฉีดวัคซีน/ }).waitFor();
  await picture(page, 'schedule-month');

  await page.goto('/console/schedule?area=43&view=month&day=2026-12-05');
  await page.getByText('วันพ่อแห่งชาติ', { exact: true }).waitFor();
  await page.getByText('วันพระ', { exact: true }).first().waitFor();

  await page.goto(`/console/schedule?area=43&view=areas&day=${MONDAY}`);
  await page.getByRole('button', { name: /10\.00 ตลาดนัดอำเภอ/ }).waitFor();
  await picture(page, 'schedule-areas');
  await page
    .getByRole('button', { name: /เมืองหนองคาย/ })
    .first()
    .click();
  await page.getByRole('button', { name: /พื้นที่: .*เมืองหนองคาย/ }).waitFor();
  expectNoComplaints(visitor);
});

test('what is dragged says what it would meet before it is dropped, and can be taken back', async () => {
  const visitor = await atSchedule(country, author);
  const { page } = visitor;
  const { x, y } = await middleOf(page, /09\.00 ฉีดวัคซีน/);
  await page.mouse.move(x, y);
  await page.mouse.down();
  // Ten minutes from 07:55 are cut by the anthem.
  await page.mouse.move(x, y - HOUR_PX, { steps: 6 });
  await page.mouse.move(x, y - HOUR_PX - 4, { steps: 3 });
  await page
    .getByText(/เคารพธงชาติ" แทรก|ถูก "เคารพธงชาติ"/)
    .first()
    .waitFor();
  await picture(page, 'schedule-conflict');
  // Nothing is kept while it hangs in the air.
  expect((await entriesOf(country)).find(({ id }) => id === 'vaccine')?.starts).toBe(`${MONDAY}T09:00:00`);
  const tuesday = await middleOf(page, /^อังคาร/);
  await page.mouse.move(tuesday.x, y + HOUR_PX, { steps: 6 });
  await page.getByText('ไม่พบข้อขัดแย้ง', { exact: true }).waitFor();
  await page.mouse.up();
  await until(async () =>
    expect((await entriesOf(country)).find(({ id }) => id === 'vaccine')?.starts).toBe(`${TUESDAY}T10:00:00`),
  );
  await page.getByRole('button', { name: /10\.00 ฉีดวัคซีน.*ยังไม่เผยแพร่/ }).waitFor();
  await page.getByRole('button', { name: 'เลิกทำ' }).click();
  await page.getByRole('button', { name: /09\.00 ฉีดวัคซีน/ }).waitFor();
  expect((await entriesOf(country)).find(({ id }) => id === 'vaccine')?.starts).toBe(`${MONDAY}T09:00:00`);
  expectNoComplaints(visitor);
});

test('by keyboard alone an entry is moved, one time of a series or all of it, and put back by Esc', async () => {
  const visitor = await atSchedule(country, author);
  const { page } = visitor;
  const news = page.getByRole('button', { name: /06\.30 ข่าวเช้า/ });
  await news.nth(2).focus();
  await page.keyboard.press(' ');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.getByRole('status').filter({ hasText: 'เวลา 06.40 น.' }).waitFor();
  await page.keyboard.press('Escape');
  expect(await page.getByRole('button', { name: /06\.30 ข่าวเช้า/ }).count()).toBe(5);

  await news.nth(2).focus();
  await page.keyboard.press(' ');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'เฉพาะครั้งนี้' }).click();
  await page.getByRole('button', { name: /06\.35 ข่าวเช้า/ }).waitFor();
  const [series, alone] = (await entriesOf(country)).filter(({ id }) => id.startsWith('news'));
  expect(series?.except).toEqual([`${WEDNESDAY}T06:30:00`]);
  expect(alone).toMatchObject({ starts: `${WEDNESDAY}T06:35:00` });
  expect(alone?.rule).toBeUndefined();

  await news.first().focus();
  await page.keyboard.press(' ');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'ทุกครั้ง' }).click();
  await page
    .getByRole('button', { name: /07\.30 ข่าวเช้า/ })
    .nth(3)
    .waitFor();
  const moved = (await entriesOf(country)).find(({ id }) => id === 'news');
  expect(moved).toMatchObject({ starts: `${MONDAY}T07:30:00`, except: [`${WEDNESDAY}T07:30:00`] });
  expectNoComplaints(visitor);
});

test('the end of an entry is pulled in whole times', async () => {
  const visitor = await atSchedule(country, author);
  const { page } = visitor;
  const { x, y, height } = await middleOf(page, /09\.00 ฉีดวัคซีน/);
  await page.mouse.move(x, y + height / 2 - 2);
  await page.mouse.down();
  // Five minutes each time: twelve more make an hour.
  await page.mouse.move(x, y + height / 2 - 2 + HOUR_PX, { steps: 8 });
  await page.mouse.up();
  await until(async () => {
    const vaccine = (await entriesOf(country)).find(({ id }) => id === 'vaccine');
    expect(vaccine?.announcement.panel?.times).toBeGreaterThanOrEqual(13);
    expect(vaccine?.announcement.panel?.times).toBeLessThanOrEqual(15);
  });
  expectNoComplaints(visitor);
});

test('an entry is begun at an empty place, its recurrence filled in and said in words, and survives a reload', async () => {
  const visitor = await atSchedule(country, author);
  const { page } = visitor;
  const { x, y } = await middleOf(page, /09\.00 ฉีดวัคซีน/);
  await page.mouse.click(x, y + 2 * HOUR_PX);
  await page.getByRole('menuitem', { name: 'เพิ่มรายการ' }).click();
  await page.getByRole('textbox', { name: /^ชื่อรายการ/ }).fill('เก็บขยะอันตราย');
  await page.getByRole('textbox', { name: /^ข้อความบนป้าย/ }).fill('เก็บขยะอันตราย ที่ศาลาประชาคม');
  await page.reload();
  await page.getByRole('button', { name: 'เพิ่มรายการ' }).click();
  await page.getByText('มีสิ่งที่พิมพ์ค้างไว้ นำกลับมาให้แล้ว').waitFor();
  expect(await page.getByRole('textbox', { name: /^ชื่อรายการ/ }).inputValue()).toBe('เก็บขยะอันตราย');

  await page.getByRole('combobox', { name: 'ซ้ำ' }).click();
  await page.getByRole('option', { name: 'ทุกสัปดาห์ ในวันที่เลือก' }).click();
  await page.getByRole('checkbox', { name: 'วันพุธ' }).check();
  await page.getByLabel('เวลา: ชั่วโมง').fill('06');
  await page.getByLabel('เวลา: นาที').fill('30');
  await page.getByRole('combobox', { name: 'สิ้นสุด' }).click();
  await page.getByRole('option', { name: 'ถึงวันที่' }).click();
  await page
    .getByRole('status')
    .filter({ hasText: /^ทุกวันจันทร์และพุธ เวลา 06\.30 น\. จนถึง .* 25\d\d$/ })
    .waitFor();
  await picture(page, 'schedule-entry');
  await page.getByRole('button', { name: 'บันทึกลงฉบับร่าง' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const made = (await entriesOf(country)).find(({ announcement: { title } }) => title === 'เก็บขยะอันตราย');
  expect(made).toMatchObject({ starts: `${MONDAY}T06:30:00` });
  expect(made?.rule).toMatch(/^FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=\d{8}$/);
  expectNoComplaints(visitor);
});

test('time is left to the village heads, which binds no sign; and all of it in English at a switch', async () => {
  const visitor = await atSchedule(country, author);
  const { page } = visitor;
  const { x, y } = await middleOf(page, /09\.00 ฉีดวัคซีน/);
  await page.mouse.click(x, y - 2 * HOUR_PX);
  await page.getByRole('menuitem', { name: 'หมู่บ้านจะได้ยินอะไร' }).waitFor();
  await page.getByRole('menuitem', { name: 'จัดเวลาให้พื้นที่ย่อย' }).click();
  await page.getByRole('textbox', { name: 'นาน (นาที)' }).fill('90');
  await page.getByRole('button', { name: 'บันทึกลงฉบับร่าง' }).click();
  await page
    .getByRole('button', { name: /เวลาของหมู่บ้าน/ })
    .nth(6)
    .waitFor();
  const { slots, check } = await country.operator.ask('draft', { area: '43' });
  expect(slots).toMatchObject([{ minutes: 90, level: 'village', rule: 'FREQ=DAILY' }]);
  expect(check.conflicts.map(({ kind }) => kind)).not.toContain('in-slot');
  await page.getByRole('button', { name: 'บัญชีของฉัน' }).click();
  await page.getByRole('menuitem', { name: 'English' }).click();
  await page.getByRole('button', { name: 'Check and publish' }).waitFor();
  await page
    .getByRole('button', { name: /06:30 ข่าวเช้า.*Not published/ })
    .first()
    .click();
  await page.getByText('every Monday to Friday at 06:30').waitFor();
  await picture(page, 'schedule-english');
  expectNoComplaints(visitor);
});

test('an edit over what a colleague changed meanwhile is refused, and what was typed stays', async () => {
  const visitor = await atSchedule(country, author);
  const { page } = visitor;
  await page.getByRole('button', { name: /09\.00 ฉีดวัคซีน/ }).click();
  await page.getByRole('textbox', { name: /^ชื่อรายการ/ }).fill('ฉีดวัคซีน เลื่อนเป็นบ่าย');
  await drafted(country, [...WEEK, entry('more', '12:00', 'ของเพื่อนร่วมงาน')]);
  await page.getByRole('button', { name: 'บันทึกลงฉบับร่าง' }).click();
  await page.getByRole('alert').filter({ hasText: 'ฉบับร่างถูกแก้ไขไประหว่างนี้' }).waitFor();
  expect((await entriesOf(country)).map(({ id }) => id)).toContain('more');
  await page.getByRole('button', { name: 'บันทึกลงฉบับร่าง' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const titles = (await entriesOf(country)).map(({ announcement: { title } }) => title);
  expect(titles).toEqual(expect.arrayContaining(['ฉีดวัคซีน เลื่อนเป็นบ่าย', 'ของเพื่อนร่วมงาน']));
  expectNoComplaints(visitor, /401|409/);
});
