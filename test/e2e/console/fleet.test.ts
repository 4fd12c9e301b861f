import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { enrolledHall } from '../../../scripts/bench/enrolled-hall.ts';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import { foundCountry, say, temporaryFolder, until } from '../setting.ts';
import { seriousFaults } from './axe.ts';
import { type Account, colleague, expectNoComplaints, logOn, picture, visit } from './stage.ts';

const folder = await temporaryFolder();
let country: Country;
let somchai: Account;

const NAMES = ['บ้านโพนทอง', 'บ้านป่าสัก', 'บ้านน้ำคำ', 'บ้านก่ำ', 'บ้านศรีเจริญ', 'บ้านหนองหญ้าไซใต้สามัคคีพัฒนา'];
const WORKS = { tower: { works: true }, panel: { works: true } };

beforeAll(async () => {
  country = await foundCountry(
    { folder, server: { approvals: { alone: ['th'], step_up: false } } },
    { device: 'hall-sao-lao', village: '43010101', config: { laws: { quiet: [] } } },
  );
  await silentHalls();
  somchai = await colleague(country, { user: 'somchai', roles: ['author'], areas: ['43'] });
  await country.wake();
});

/** Halls that spoke once, and one that never did; and one of another province. */
async function silentHalls(): Promise<void> {
  const { devices } = country.server.services.db;
  const presence = { state: 'offline', boot: 1 } as const;
  const state = (village: string, more: object) =>
    ({
      ...{
        boot: 1,
        version: '0.1.0',
        village,
        trust: 'full',
        boot_nonce: 'n',
        keys: 1,
        programmes: [],
        warnings: [],
      },
      ...{ outputs: WORKS, ...more },
    }) as never;
  const told: Record<number, object> = {
    1: { outputs: { ...WORKS, tower: { works: false } }, warnings: ['amplifier-failed', 'of-a-newer-hall'] },
    2: { trust: 'floor' },
  };
  for (const [at, name] of NAMES.entries()) {
    const village = `4302010${at + 1}`;
    const heard = {
      presence,
      seenAt: Date.now() - (at + 1) * 3_600_000,
      state: state(village, told[at] ?? {}),
    };
    await devices.put(
      enrolledHall(`hall-${at}`, village, {
        name,
        ...(at !== 4 && heard),
        ...(at === 4 && { presence: null }),
      }),
    );
  }
  await devices.put(enrolledHall('hall-udon', '41010106', { name: 'บ้านหนองบัว', presence }));
  await country.stopServer();
  await country.startServer();
}

const rows = (page: Page) =>
  page.getByRole('table', { name: 'รายชื่อหอกระจายข่าว' }).locator('tbody').getByRole('row');
const namesOf = (page: Page) => rows(page).getByRole('link').allInnerTexts();
const tile = (page: Page, name: string) =>
  page.getByRole('group', { name: /สถานะในพื้นที่นี้/ }).getByRole('button', { name });

test('an operator sees how the province fares, and finds a hall by map, tree, fault and word', async () => {
  const { page, complaints } = await visit(country);
  await logOn(page, somchai);
  await rows(page).first().waitFor();
  await expect.poll(() => tile(page, 'ทั้งหมด').innerText()).toContain('7');
  expect(await tile(page, 'ออนไลน์').innerText()).toContain('1');
  expect(await tile(page, 'ขาดการติดต่อ').innerText()).toContain('6');
  expect(await tile(page, 'เสียงขัดข้อง').innerText()).toContain('1');
  expect(await tile(page, 'เวลาไม่แน่นอน').innerText()).toContain('1');
  await picture(page, 'fleet');
  expect(await seriousFaults(page)).toEqual([]);

  await tile(page, 'เสียงขัดข้อง').click();
  await expect.poll(() => namesOf(page)).toEqual(['บ้านป่าสัก']);
  expect(page.url()).toContain('only=tower_fault');
  // A view is an address: whoever gets it sees the same.
  await page.reload();
  await expect.poll(() => namesOf(page)).toEqual(['บ้านป่าสัก']);
  await tile(page, 'ทั้งหมด').click();
  await expect.poll(() => namesOf(page)).toHaveLength(7);

  await page.getByRole('button', { name: 'เปิดรายการย่อยของ อำเภอท่าบ่อ' }).waitFor();
  await page.getByRole('button', { name: /^อำเภอท่าบ่อ/ }).click();
  await expect.poll(() => namesOf(page)).toHaveLength(6);
  expect(await page.getByRole('navigation', { name: 'พื้นที่ที่ดูอยู่' }).innerText()).toContain('อำเภอท่าบ่อ');
  await page.getByRole('button', { name: /^จังหวัดหนองคาย: ออนไลน์ 1 จาก 7/ }).press('Enter');
  await expect.poll(() => namesOf(page)).toHaveLength(7);

  await page.keyboard.press('Escape');
  await page.locator('body').press('/');
  await page.keyboard.type('ในเมือง');
  await expect.poll(() => namesOf(page)).toEqual(['บ้านเสาเล้า']);
  await page.getByRole('searchbox').fill('ไม่มีที่นี่');
  await page.getByRole('status').filter({ hasText: 'ไม่มีหอกระจายข่าวตรงกับที่เลือก' }).waitFor();
  await page.getByRole('button', { name: 'ล้างตัวกรองทั้งหมด' }).click();
  await expect.poll(() => namesOf(page)).toHaveLength(7);
  expectNoComplaints({ complaints });
});

test('the list is sorted, has the columns one wants, and is taken along as a file that Excel opens', async () => {
  const { page, complaints } = await visit(country);
  await logOn(page, somchai);
  await rows(page).first().waitFor();
  await page.getByRole('columnheader', { name: 'หอ' }).getByRole('button').click();
  await expect
    .poll(() => namesOf(page))
    .toEqual([
      'บ้านก่ำ',
      'บ้านน้ำคำ',
      'บ้านป่าสัก',
      'บ้านโพนทอง',
      'บ้านศรีเจริญ',
      'บ้านเสาเล้า',
      'บ้านหนองหญ้าไซใต้สามัคคีพัฒนา',
    ]);
  await page.getByRole('columnheader', { name: 'สถานะ' }).getByRole('button').click();
  await expect.poll(async () => (await namesOf(page))[0]).toBe('บ้านป่าสัก');
  await page.getByRole('button', { name: 'คอลัมน์' }).click();
  await page.getByLabel('รหัสหอ').check();
  await page.keyboard.press('Escape');
  expect(await rows(page).first().innerText()).toContain('hall-1');
  await page.reload();
  await expect.poll(() => rows(page).first().innerText()).toContain('hall-1');

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'ดาวน์โหลด CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^หอกระจายข่าว-43-25\d\d-\d\d-\d\d\.csv$/);
  const text = await readFile(await file.path(), 'utf8');
  expect(text.charCodeAt(0)).toBe(0xfeff);
  const lines = text.trim().split('\r\n');
  expect(lines).toHaveLength(8);
  expect(lines[1]).toContain('บ้านป่าสัก,hall-1,43020102,ตำบลท่าบ่อ,อำเภอท่าบ่อ,จังหวัดหนองคาย,ขาดการติดต่อ');
  expect(text).not.toContain('อุดรธานี');
  expectNoComplaints({ complaints });
});

test('the page of a hall shows what it says, the lamps of its sign, and what it did', async () => {
  await country.operator.ask('programme', {
    area: '43',
    entries: [
      {
        id: 'morning',
        starts: localIn(3_600_000),
        band: 40,
        announcement: { title: 'ข่าวประจำวัน', panel: { pages: [{ text: 'ข่าวประจำวัน', seconds: 30 }] } },
      },
    ],
    accept: ['frozen'],
  } as never);
  const { page, complaints } = await visit(country);
  await logOn(page, somchai);
  await page.getByRole('link', { name: 'บ้านเสาเล้า' }).click();
  await page.getByRole('heading', { name: 'บ้านเสาเล้า' }).waitFor();
  const panel = { pages: [{ text: 'ประชุม', seconds: 45 }] };
  await say(country, {
    to: ['43010101'],
    announcement: { title: 'ประชุมหมู่บ้าน', tower: { chime: 'ding' }, panel },
  });

  await page.getByRole('region', { name: 'ขณะนี้' }).getByText('ประชุมหมู่บ้าน').first().waitFor();
  const sign = page.getByRole('region', { name: 'ภาพบนป้าย' });
  await sign.getByText('บอร์ดยืนยันแล้ว').waitFor();
  await sign.getByText(/ประชุมหมู่บ้าน \(หน้า/).waitFor();
  const lamps = sign.getByRole('img', { name: 'ภาพที่ป้ายแสดงอยู่ 64 × 32 ดวง' });
  await expect
    .poll(() => lamps.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth))
    .toBe(64);
  await picture(page, 'hall');
  await page.getByRole('region', { name: '24 ชั่วโมงข้างหน้า' }).getByText('ข่าวประจำวัน').waitFor();
  await page.getByRole('region', { name: 'คำเตือน' }).getByText('ไม่มีคำเตือน').waitFor();

  const log = page.getByRole('region', { name: 'สิ่งที่เกิดขึ้น' });
  await until(() => log.getByText(/เสียง: จบครบ \(เครื่องขยายเสียงทำงาน/).waitFor({ timeout: 1_000 }));
  await log.getByText('หลักฐาน').first().click();
  await log
    .getByText(/dBFS|บอร์ดยืนยันตรงกัน/)
    .first()
    .waitFor();
  await log.getByText('ปัญหา', { exact: true }).click();
  expect(await log.getByText(/จบครบ/).count()).toBe(0);
  await page.getByRole('region', { name: 'สุขภาพของกล่อง' }).getByRole('img').first().waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  expectNoComplaints({ complaints });
});

test('a hall in trouble names cause and remedy, in either language; one of another province is not to be seen', async () => {
  const { page, complaints } = await visit(country, { path: '/console/fleet/hall-1' });
  await logOn(page, somchai);
  const warnings = page.getByRole('region', { name: 'คำเตือน' });
  await warnings.getByText('403 เครื่องขยายเสียงไม่ตอบ').waitFor();
  await warnings.getByText('ตรวจไฟและสายของเครื่องขยายเสียง บอร์ด และรีเลย์').waitFor();
  await warnings.getByText('of-a-newer-hall').waitFor();
  await page.getByText(/ติดต่อล่าสุด 2 ชั่วโมง/).waitFor();
  await picture(page, 'hall-silent');
  await page.getByRole('button', { name: 'บัญชีของฉัน' }).click();
  await page.getByRole('menuitem', { name: 'English' }).click();
  await page.getByText('check mains and cable of the amplifier and of its board or relay').waitFor();
  await page.goto('/console/fleet/hall-udon');
  await page.getByRole('heading', { name: 'There is no such hall in your areas' }).waitFor();
  expectNoComplaints({ complaints });
});

test('on a phone everything is within 360 pixels, and a finger opens area and hall', async () => {
  const { page, complaints } = await visit(country, { size: 'phone' });
  await logOn(page, somchai);
  await rows(page).first().waitFor();
  await picture(page, 'fleet-phone');
  await page.getByRole('button', { name: 'เลือกพื้นที่' }).click();
  await page.getByRole('button', { name: /^อำเภอท่าบ่อ/ }).click();
  await expect.poll(() => namesOf(page)).toHaveLength(6);
  expect(await seriousFaults(page)).toEqual([]);
  await rows(page).getByRole('link', { name: 'บ้านป่าสัก' }).click();
  await page.getByRole('heading', { name: 'บ้านป่าสัก' }).waitFor();
  await page.getByRole('region', { name: 'ข้อมูลกล่อง' }).waitFor();
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  await picture(page, 'hall-phone');
  expectNoComplaints({ complaints });
});

/** Last: the hall is gone afterwards. */
test('a hall that falls silent is seen to be silent by who only looks', async () => {
  const { page, complaints } = await visit(country);
  await logOn(page, somchai);
  const row = rows(page).filter({ hasText: 'บ้านเสาเล้า' });
  await row.getByText('ออนไลน์').waitFor();
  await country.halls[0]?.stopAgent();
  await until(() => row.getByText('ขาดการติดต่อ').waitFor({ timeout: 1_000 }));
  await expect.poll(() => tile(page, 'ออนไลน์').innerText(), { timeout: 20_000 }).toContain('0');
  expectNoComplaints({ complaints });
});

/** A wall-clock time in Thailand, so far from now. */
function localIn(ms: number): string {
  return new Date(Date.now() + 7 * 3_600_000 + ms).toISOString().slice(0, 19);
}
