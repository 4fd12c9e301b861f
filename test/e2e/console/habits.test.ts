import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import { foundCountry, temporaryFolder, until } from '../setting.ts';
import { seriousFaults } from './axe.ts';
import { type Account, colleague, logOn, picture, visit } from './stage.ts';

const folder = await temporaryFolder();
const EVERY_ROLE = ['author', 'approver', 'technician', 'auditor', 'key-officer'] as const;
let country: Country;
let everything: Account;

beforeAll(async () => {
  country = await foundCountry(folder, { device: 'hall-habits', village: '43010101' });
  everything = await colleague(country, { user: 'thongdi', roles: [...EVERY_ROLE], areas: ['43'] });
  await country.wake();
});

/** What still waits for its answer, by what stands around it. */
const waiting = (page: Page) =>
  page.evaluate<string[]>(
    "[...document.querySelectorAll('.mantine-Skeleton-root')].filter((each) => each.offsetParent !== null).map(({ parentElement }) => parentElement?.outerHTML.slice(0, 400))",
  );

describe('every room', () => {
  test('has nothing that axe calls serious, on a desk and on a phone, where nothing runs over the edge', async () => {
    const { page, complaints } = await visit(country);
    await logOn(page, everything);
    const links = await page.getByRole('navigation').getByRole('link').all();
    const paths = await Promise.all(links.map((link) => link.getAttribute('href')));
    expect(paths.length).toBeGreaterThan(10);
    for (const path of paths)
      for (const size of [
        { width: 1360, height: 850 },
        { width: 360, height: 740 },
      ]) {
        await page.setViewportSize(size);
        await page.goto(path ?? '');
        await page.locator('h1').first().waitFor();
        await until(async () => expect(await waiting(page), `${path}`).toEqual([]), 15_000);
        expect(await seriousFaults(page), `${path} at ${size.width}`).toEqual([]);
        const over = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
        expect(over, `${path} at ${size.width} runs over the edge`).toBeLessThanOrEqual(0);
        await picture(page, `room${path?.replace('/console', '').replaceAll('/', '-')}-${size.width}`);
      }
    expect(complaints.filter((each) => !each.includes('401'))).toEqual([]);
  }, 240_000);

  test('is dark and true black at a choice that is kept, and English at a switch', async () => {
    const { page } = await visit(country);
    await logOn(page, everything);
    await page.getByRole('button', { name: 'บัญชีของฉัน' }).click();
    await page.getByRole('menuitem', { name: 'ดำสนิท' }).click();
    await page.reload();
    await page.getByRole('status').filter({ hasText: 'เชื่อมต่ออยู่' }).waitFor();
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(0, 0, 0)');
    expect(await seriousFaults(page)).toEqual([]);
    await picture(page, 'black');
    await page.getByRole('button', { name: 'บัญชีของฉัน' }).click();
    await page.getByRole('menuitem', { name: 'English' }).click();
    await page.getByRole('link', { name: 'Emergency' }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('en');
  });

  test('is reached by keys: Ctrl K, g and a letter, /, ?', async () => {
    const { page } = await visit(country);
    await logOn(page, everything);
    await page.keyboard.press('g');
    await page.keyboard.press('u');
    await page.getByRole('heading', { name: 'ผู้ใช้และบทบาท' }).waitFor();
    await page.keyboard.press('/');
    expect(await page.evaluate("document.activeElement.hasAttribute('data-search')")).toBe(true);
    await page.keyboard.press('Escape');
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'ปุ่มลัดและวิธีใช้' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'ค้นหาหรือไปที่…' }).fill('เตือนภัย');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'เตือนภัย', exact: true }).waitFor();
  });
});

test('a line that is cut is told, what was typed stays, and the page comes back by itself', async () => {
  const { page, context } = await visit(country, { path: '/console/emergency' });
  await logOn(page, everything);
  await page.getByLabel(/^เหตุผล/).fill('เขื่อนใกล้ล้น');
  const before = country.server.httpUrl;
  await country.stopServer();
  await page.getByText(/ขาดการเชื่อมต่อกับเซิร์ฟเวอร์/).waitFor();
  await country.startServer();
  expect(country.server.httpUrl).toBe(before);
  await page.getByRole('status').filter({ hasText: 'เชื่อมต่ออยู่' }).waitFor();
  expect(await page.getByLabel(/^เหตุผล/).inputValue()).toBe('เขื่อนใกล้ล้น');
  await page.reload();
  await page.getByLabel(/^เหตุผล/).waitFor();
  expect(await page.getByLabel(/^เหตุผล/).inputValue()).toBe('เขื่อนใกล้ล้น');
  await context.close();
});
