import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import { PaperHall } from '../../integration/server/paper-hall.ts';
import { foundCountry, temporaryFolder, until } from '../setting.ts';
import { seriousFaults } from './axe.ts';
import { type Account, colleague, expectNoComplaints, logOn, picture, visit } from './stage.ts';

const folder = await temporaryFolder();
let country: Country;
let ministry: Account;
/** The one that this is about, its neighbour in the same tambon, and one of the next province. */
let faulty: PaperHall;
const halls: PaperHall[] = [];

const LINEAGE = ['ทั้งประเทศ', 'จังหวัดหนองคาย', 'อำเภอท่าบ่อ', 'ตำบลท่าบ่อ', 'บ้านฝั่งแดง หมู่ที่ 1'];
const PLACES =
  'code,name\n43020101,บ้านฝั่งแดง\n43020102,บ้านน้ำไพ\n41010106,บ้านหนองบัว\n42010101,บ้านกุดป่อง\n39010101,บ้านลำภู\n';

beforeAll(async () => {
  country = await foundCountry(folder);
  await country.operator.ask('places', { csv: PLACES });
  for (const village of ['43020101', '43020102', '41010106', '42010101', '39010101'])
    halls.push(await hallIn(village));
  const [first] = halls;
  if (first === undefined) throw new Error('no hall was enrolled');
  faulty = first;
  ministry = await colleague(country, { user: 'ministry', roles: ['viewer'], areas: ['th'] });
});
afterAll(async () => {
  for (const { guest } of halls) await guest?.leave();
});

async function hallIn(village: string): Promise<PaperHall> {
  const enrolled = await country.operator.ask('enrol', {
    ...{ device: `hall-${village}`, village, name: `หอ ${village}` },
  });
  const hall = await PaperHall.enrol(country.server.httpUrl, enrolled.code);
  await hall.connect();
  await tells(hall, {});
  return hall;
}

/** What a hall says of itself, over its own line. */
async function tells(hall: PaperHall, { tower = true, panel = true, trust = 'full' }): Promise<void> {
  const state = {
    ...{ boot: 1, version: '0.1.0', village: hall.answer.village, trust, boot_nonce: 'n', keys: 1 },
    ...{ programmes: [], warnings: [], outputs: { tower: { works: tower }, panel: { works: panel } } },
  };
  await hall.guest?.publish(topicOf('state', hall.topic), JSON.stringify(state), { retain: true });
}

const line = (page: Page, area: string) =>
  page.locator('.fleet-tree').getByRole('button', { name: new RegExp(`^${area}\\s*:`) });
const onMap = (page: Page, province: string) =>
  page
    .getByRole('group', { name: /^แผนที่ 77 จังหวัด/ })
    .getByRole('button', { name: new RegExp(`^${province}:`) });

/** The tree, opened down to the village. */
async function opened(page: Page): Promise<void> {
  for (const area of LINEAGE.slice(1, -1))
    await page.getByRole('button', { name: `เปิดรายการย่อยของ ${area}` }).click();
  await line(page, 'บ้านฝั่งแดง หมู่ที่ 1').waitFor();
}

test('a fault in one hall stands at its village, tambon, district, province and nation, on tree and map, and goes again', async () => {
  const { page, complaints } = await visit(country);
  await logOn(page, ministry);
  await opened(page);
  for (const area of LINEAGE) expect(await line(page, area).locator('[data-count]').count(), area).toBe(0);

  await tells(faulty, { tower: false, trust: 'floor' });
  for (const area of LINEAGE) {
    await until(() => line(page, area).locator('[data-count=tower_fault]').waitFor({ timeout: 1_000 }));
    expect(await line(page, area).locator('[data-count=tower_fault]').innerText(), area).toBe('1');
    expect(await line(page, area).locator('[data-count=clock]').innerText(), area).toBe('1');
    expect(await line(page, area).innerText()).toContain('เสียงขัดข้อง 1, เวลาไม่แน่นอน 1');
  }
  expect(await line(page, 'จังหวัดอุดรธานี').locator('[data-count]').count()).toBe(0);
  expect(await line(page, 'บ้านน้ำไพ หมู่ที่ 2').locator('[data-count]').count()).toBe(0);
  await onMap(page, 'จังหวัดหนองคาย')
    .and(page.getByRole('button', { name: /เสียงขัดข้อง 1/ }))
    .waitFor();
  expect(await seriousFaults(page)).toEqual([]);

  faulty.guest?.cut();
  for (const area of LINEAGE)
    await until(() => line(page, area).locator('[data-count=silent]').waitFor({ timeout: 1_000 }));
  await faulty.connect();
  await tells(faulty, { panel: false });
  for (const area of LINEAGE) {
    await until(() => line(page, area).locator('[data-count=sign_fault]').waitFor({ timeout: 1_000 }));
    expect(await line(page, area).locator('[data-count]').count(), area).toBe(1);
  }

  await tells(faulty, {});
  for (const area of LINEAGE)
    await until(async () => expect(await line(page, area).locator('[data-count]').count(), area).toBe(0));
  expectNoComplaints({ complaints });
});

test('the map is coloured by what one asks about, says so in a legend with stripes, and the address keeps it', async () => {
  await tells(faulty, { panel: false });
  const { page, complaints } = await visit(country);
  await logOn(page, ministry);
  const legend = page.getByRole('list', { name: /^ความหมายของสีและลาย/ });
  await until(async () =>
    expect(await legend.getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringMatching(/^ตั้งแต่ 90%\s*4 จังหวัด$/),
      expect.stringMatching(/^ตั้งแต่ 50%\s*0 จังหวัด$/),
      expect.stringMatching(/^ต่ำกว่า 50%\s*0 จังหวัด$/),
      'ไม่มีหอ หรือนอกพื้นที่',
    ]),
  );
  const fill = () => onMap(page, 'จังหวัดหนองคาย').getAttribute('fill');
  expect(await fill()).not.toContain('url');
  await page.getByLabel('สีของแผนที่').selectOption({ label: 'ป้ายขัดข้อง' });
  await until(async () =>
    expect(await legend.innerText()).toMatch(/ไม่มีเลย\s*3 จังหวัด[\s\S]*เกิน 10%\s*1 จังหวัด/),
  );
  expect(await legend.getAttribute('aria-label')).toContain('ป้ายขัดข้อง');
  // Stripes, and not a colour alone.
  expect(await fill()).toMatch(/^url\(#.*bad/);
  expect(page.url()).toContain('map=sign_fault');
  await picture(page, 'fleet-by-sign');
  await page.reload();
  await until(async () => expect(await fill()).toMatch(/bad/));
  await tells(faulty, {});
  expectNoComplaints({ complaints });
});

test('the map is one stop of the tab key; arrows go from province to province, and Enter chooses', async () => {
  const { page } = await visit(country);
  await logOn(page, ministry);
  await onMap(page, 'จังหวัดเลย').waitFor();
  await page.getByLabel('สีของแผนที่').focus();
  await page.keyboard.press('Tab');
  const here = () => page.evaluate<string>("document.activeElement.getAttribute('aria-label') ?? ''");
  expect(await here()).toMatch(/^จังหวัด/);
  await onMap(page, 'จังหวัดหนองคาย').focus();
  await page.keyboard.press('ArrowDown');
  expect(await here()).toMatch(/^จังหวัดอุดรธานี/);
  await page.keyboard.press('ArrowLeft');
  expect(await here()).not.toMatch(/^จังหวัดอุดรธานี/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await until(() => expect(page.url()).toMatch(/area=\d\d/));
  await page.keyboard.press('Tab');
  expect(await page.evaluate("document.activeElement.hasAttribute('data-area')")).toBe(false);
});
