import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import { foundCountry, temporaryFolder, until } from '../setting.ts';
import { fingerOn } from './fingers.ts';
import { atSchedule, drafted, entriesOf, MONDAY, middleOf, TUESDAY, villages, WEEK } from './plan-stage.ts';
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

/** Hours down: 52 px each in a week, 72 in a day. */
const [WEEK_HOUR_PX, DAY_HOUR_PX] = [52, 72];
const VACCINE = /09\.00 ฉีดวัคซีน/;
const startOf = async (id: string) => (await entriesOf(country)).find((each) => each.id === id)?.starts;
const scrolledTo = (page: Page) =>
  page.evaluate<number>("document.querySelector('[data-scrolls]').scrollTop");

/** Of the entry, once everything around it is there and nothing moves any more. */
async function placeOf(page: Page) {
  await page.getByRole('button', { name: 'ตรวจและเผยแพร่' }).waitFor();
  await page.getByRole('button', { name: VACCINE }).scrollIntoViewIfNeeded();
  return middleOf(page, VACCINE);
}

test('a finger that rests lifts an entry and carries it to another day and hour, and the page stays', async () => {
  const visitor = await atSchedule(country, author, { touch: true });
  const { page } = visitor;
  await page.getByText('แตะค้างที่รายการแล้วลากเพื่อเลื่อน', { exact: false }).waitFor();
  const from = await placeOf(page);
  const tuesday = await middleOf(page, /^อังคาร/);
  const to = { x: tuesday.x, y: from.y + 2 * WEEK_HOUR_PX };
  const before = await scrolledTo(page);
  const finger = await fingerOn(page);
  await finger.down(from);
  await finger.rest();
  await finger.glide(from, to);
  await page.getByText('ไม่พบข้อขัดแย้ง', { exact: true }).waitFor();
  await picture(page, 'schedule-touch');
  expect(await scrolledTo(page)).toBe(before);
  // Nothing is kept while it hangs in the air.
  expect(await startOf('vaccine')).toBe(`${MONDAY}T09:00:00`);
  await finger.up();
  await until(async () => expect(await startOf('vaccine')).toBe(`${TUESDAY}T11:00:00`));
  expectNoComplaints(visitor);
});

test('a finger that is on its way scrolls, one that taps opens, one that lifts and lets go changes nothing', async () => {
  const search = `?area=43&view=day&day=${MONDAY}`;
  const visitor = await atSchedule(country, author, { touch: true, size: 'phone', search });
  const { page } = visitor;
  const from = await placeOf(page);
  const before = await scrolledTo(page);
  const finger = await fingerOn(page);
  await finger.swipe(from, { x: from.x, y: from.y - 200 });
  await until(async () => expect(await scrolledTo(page)).toBeGreaterThan(before + 100));
  expect(await page.locator('[data-dragged]').count()).toBe(0);

  const at = await placeOf(page);
  await finger.down(at);
  await finger.rest();
  await finger.up();
  await page.locator('[data-dragged]').waitFor({ state: 'detached' });
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.touchscreen.tap(at.x, at.y);
  await page.getByRole('textbox', { name: /^ชื่อรายการ/ }).waitFor();
  expect(await startOf('vaccine')).toBe(`${MONDAY}T09:00:00`);
  expectNoComplaints(visitor);
});

test('a finger pulls the lower edge: said more often; held at the edge of the screen the hours go on', async () => {
  const search = `?area=43&view=day&day=${MONDAY}`;
  const visitor = await atSchedule(country, author, { touch: true, size: 'phone', search });
  const { page } = visitor;
  const { x, y, width, height } = await placeOf(page);
  const edge = { x: x + width / 2 - 12, y: y + height / 2 - 8 };
  const finger = await fingerOn(page);
  await finger.down(edge);
  await finger.rest();
  await finger.glide(edge, { x: edge.x, y: edge.y + DAY_HOUR_PX });
  await finger.up();
  // Five minutes each time: an hour is twelve times more.
  const times = async () =>
    (await entriesOf(country)).find(({ id }) => id === 'vaccine')?.announcement.panel?.times;
  await until(async () => expect(await times()).toBeGreaterThanOrEqual(12));
  expect(await times()).toBeLessThanOrEqual(20);

  const lifted = await placeOf(page);
  const grid = await page.locator('[data-scrolls]').boundingBox();
  if (grid === null) throw new Error('there is no grid');
  const before = await scrolledTo(page);
  const top = { x: lifted.x, y: lifted.y - lifted.height / 2 + 12 };
  await finger.down(top);
  await finger.rest();
  await finger.glide(top, { x, y: grid.y + grid.height - 15 });
  await until(async () => expect(await scrolledTo(page)).toBeGreaterThan(before + 200));
  await finger.up();
  await until(async () => expect((await startOf('vaccine'))?.slice(11, 13)).toMatch(/^(1[4-9]|2\d)$/));
  expectNoComplaints(visitor);
});
