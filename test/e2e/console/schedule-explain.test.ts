import { beforeAll, expect, test } from 'vitest';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import { foundCountry, temporaryFolder } from '../setting.ts';
import { atSchedule, type Entry, entry, MONDAY, middleOf, villages } from './plan-stage.ts';
import { type Account, colleague, expectNoComplaints, picture } from './stage.ts';

const folder = await temporaryFolder();
let country: Country;
let author: Account;

const minutes = (title: string, count: number) => ({
  title,
  panel: { pages: [{ text: title, seconds: 60 }], times: count },
});

/** Of the nation, the province and the district, one against another: cut and gone, waiting, waiting in vain, cut and going on. */
const PLANS: [string, Entry[]][] = [
  [
    'th',
    [
      entry('anthem', '08:00', 'เพลงชาติ', {
        rule: 'FREQ=DAILY',
        band: 80,
        announcement: minutes('เพลงชาติ', 2),
      }),
      entry('brief', '07:00', 'ข่าวสั้นทั่วประเทศ', { announcement: minutes('ข่าวสั้นทั่วประเทศ', 3) }),
      entry('speech', '12:00', 'สารจากนายกรัฐมนตรี', { announcement: minutes('สารจากนายกรัฐมนตรี', 20) }),
    ],
  ],
  [
    '43',
    [
      entry('news', '07:58', 'ข่าวเช้าจังหวัด', {
        rule: 'FREQ=DAILY',
        when_cut: 'give-up',
        announcement: minutes('ข่าวเช้าจังหวัด', 5),
      }),
      entry('noon', '12:10', 'ข่าวเที่ยงจังหวัด', { grace_s: 3_600, announcement: minutes('ข่าวเที่ยงจังหวัด', 5) }),
    ],
  ],
  [
    '4301',
    [
      entry('market', '12:05', 'ตลาดนัดอำเภอ', { grace_s: 60, announcement: minutes('ตลาดนัดอำเภอ', 5) }),
      entry('song', '06:50', 'เพลงตามสายอำเภอ', {
        band: 20,
        when_cut: 'resume',
        announcement: minutes('เพลงตามสายอำเภอ', 15),
      }),
    ],
  ],
];

beforeAll(async () => {
  country = await foundCountry(folder);
  author = await colleague(country, { user: 'somchai', roles: ['author'], areas: ['43'] });
  await villages(country);
  for (const [area, entries] of PLANS) {
    await country.operator.ask('draft', { area, entries, slots: [] });
    await country.operator.ask('publish', { area, accept: ['conflicts', 'frozen'] });
  }
});

const HOUR_PX = 72;

test('one click at any place says what wins there, what loses, and why', async () => {
  const visitor = await atSchedule(country, author, { search: `?area=4301&view=day&day=${MONDAY}` });
  const { page } = visitor;
  await page.getByRole('button', { name: 'ตรวจและเผยแพร่' }).waitFor();
  const { y } = await middleOf(page, /08\.00 เพลงชาติ/);
  const column = await page.locator('[data-day]').boundingBox();
  if (column === null) throw new Error('there is no day');
  // Half past ten is empty.
  await page.mouse.click(column.x + column.width / 2, y + 2.3 * HOUR_PX);
  await page.getByRole('menu').getByText('ไม่มีเสียงและไม่มีข้อความตามผัง').waitFor();
  await picture(page, 'schedule-point');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /07\.58 ข่าวเช้าจังหวัด/ }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByText('ถูกแทรก: หยุดให้ "เพลงชาติ" และไม่ออกต่อ').waitFor();
  await drawer.getByText('ออก: สำคัญกว่า "ข่าวเช้าจังหวัด" จึงออกแทรก').waitFor();
  await picture(page, 'schedule-explain-entry');
  expectNoComplaints(visitor);
});

test('of a whole week what met something is told, each with its reason, for all villages that hear the same', async () => {
  const visitor = await atSchedule(country, author);
  const { page } = visitor;
  await page.getByRole('button', { name: 'หมู่บ้านจะได้ยินอะไร' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByText('7 วัน', { exact: true }).click();
  await drawer.getByRole('checkbox', { name: /^เฉพาะที่ชนกัน/ }).check();
  for (const words of [
    'ถูกแทรก: หยุดให้ "เพลงชาติ" และไม่ออกต่อ',
    'รอ: รอจน "สารจากนายกรัฐมนตรี" จบ',
    'ไม่ออก: "สารจากนายกรัฐมนตรี" ยาวเกินกว่าที่จะรอได้',
    'ถูกแทรก: ออกต่อเมื่อ "ข่าวสั้นทั่วประเทศ" จบ',
  ])
    await drawer.getByText(words).first().waitFor();
  expect(await drawer.getByText('ถูกแทรก: หยุดให้ "เพลงชาติ" และไม่ออกต่อ').count()).toBeGreaterThanOrEqual(7);
  await picture(page, 'schedule-explain-week');
  expectNoComplaints(visitor);
});
