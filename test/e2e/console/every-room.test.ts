import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import { foundCountry, temporaryFolder, until } from '../setting.ts';
import { seriousFaults } from './axe.ts';
import { FURNISHED_SERVER, furnish, HALL } from './furnished.ts';
import { overTheEdge, unseenFocus } from './page-rules.ts';
import { colleague, expectNoComplaints, logOn, picture, type Visitor, visit } from './stage.ts';

/** Every room of the table; a new one is looked at without anybody thinking of it. Read as text: it leads to the whole console. */
const ROOMS = [
  ...readFileSync('server/console/house/room-table.ts', 'utf8').matchAll(/^ {4}path: '(.+)',$/gm),
].map(([, path = '']) => path);
const EVERY_ROLE = ['author', 'approver', 'technician', 'auditor', 'key-officer'] as const;
const DESK = { width: 1360, height: 850 };
const PHONE = { width: 360, height: 740 };
/** Between light and dark the colours alone differ. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

type Scheme = 'light' | 'dark' | 'black';
const LOOKS: readonly { name: string; scheme: Scheme; size: typeof DESK; rules?: string[] }[] = [
  { name: 'desk', scheme: 'light', size: DESK },
  { name: 'dark', scheme: 'dark', size: DESK, rules: COLOURS },
  { name: 'black', scheme: 'black', size: DESK, rules: COLOURS },
  { name: 'phone', scheme: 'light', size: PHONE },
];

const folder = await temporaryFolder();
let country: Country;
let visitor: Visitor;
/** What stands in an address for `$device` and the like. */
let named: Record<string, string>;
let leave: (() => void) | undefined;

beforeAll(async () => {
  country = await foundCountry({ folder, server: FURNISHED_SERVER }, HALL);
  await country.wake();
  const everything = await colleague(country, { user: 'thongdi', roles: [...EVERY_ROLE], areas: ['43'] });
  const { leave: away, order } = await furnish(country, everything);
  leave = away;
  named = { device: HALL.device, order };
  visitor = await visit(country);
  await logOn(visitor.page, everything);
}, 180_000);
afterAll(() => leave?.());

test('the table of rooms is read', () => {
  expect(ROOMS.length).toBeGreaterThan(15);
  expect(ROOMS).toContain('/');
});

test.each(ROOMS)(
  '%s is fit for eyes, fingers and screen readers, light and dark, on a desk and on a phone',
  async (path) => {
    const { page, complaints } = visitor;
    await wear(page, 'light');
    await page.setViewportSize(DESK);
    await page.goto(`/console${path.replaceAll(/\$(\w+)/g, (_, name: string) => known(name))}`);
    await page.locator('h1').first().waitFor();
    for (const { name, scheme, size, rules } of LOOKS) {
      await page.setViewportSize(size);
      await wear(page, scheme);
      await until(async () => expect(await waiting(page)).toEqual([]), 15_000);
      expect(await seriousFaults(page, rules), name).toEqual([]);
      await picture(page, `${path === '/' ? 'fleet' : path.slice(1).replace(/\/.*/, '-one')}-${name}`);
      if (size === PHONE) expect(await overTheEdge(page)).toEqual([]);
    }
    await page.setViewportSize(DESK);
    expect(await unseenFocus(page)).toEqual([]);
    expectNoComplaints({ complaints: complaints.splice(0) });
  },
);

test('what runs over the edge or hides its focus would be found', async () => {
  const { page } = visitor;
  await page.setViewportSize(PHONE);
  await page.goto('/console/troubles');
  await page.locator('h1').first().waitFor();
  // By their own properties: the page refuses styles that come as text.
  await page.evaluate(`for (const [tag, id, style] of [['p', 'wide', { width: '500px' }], ['button', 'hidden', { outline: 'none' }]]) {
    const each = Object.assign(document.createElement(tag), { id, textContent: 'กว้าง' });
    Object.assign(each.style, style);
    document.querySelector('main').append(each);
  }`);
  expect((await overTheEdge(page)).join()).toContain('id="wide"');
  expect((await unseenFocus(page)).join()).toContain('id="hidden"');
});

function known(name: string): string {
  const value = named[name];
  if (value === undefined) throw new Error(`say in furnished.ts what $${name} of an address is`);
  return value;
}

/** As when the colours were chosen in another tab of the same browser. */
async function wear(page: Page, scheme: Scheme): Promise<void> {
  const value = scheme === 'light' ? 'light' : 'dark';
  await page.evaluate(`
    localStorage.setItem('mantine-color-scheme-value', '${value}');
    localStorage.setItem('prakat.black', '${scheme === 'black'}');
    document.documentElement.toggleAttribute('data-black', ${scheme === 'black'});
    window.dispatchEvent(new StorageEvent('storage', { key: 'mantine-color-scheme-value', newValue: '${value}', storageArea: localStorage }));
  `);
  await expect.poll(() => page.locator('html').getAttribute('data-mantine-color-scheme')).toBe(value);
}

/** What still waits for its answer, by what stands around it. */
const waiting = (page: Page) =>
  page.evaluate<string[]>(
    "[...document.querySelectorAll('.mantine-Skeleton-root')].filter((each) => each.checkVisibility()).map(({ parentElement }) => parentElement?.outerHTML.slice(0, 400))",
  );
