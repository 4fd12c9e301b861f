import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { RequestOf } from '../../../firmware-protocol/mqtt/requests.ts';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import { type Account, logOn, visit } from './stage.ts';

/** What the journeys through the schedule have in common. */

export type Entry = NonNullable<RequestOf<'draft'>['entries']>[number];

/** A Monday some weeks ahead, so that no moment of the tests is past or about to begin. */
export const MONDAY = mondayAfter(14);
export const [TUESDAY, WEDNESDAY] = [plusDays(MONDAY, 1), plusDays(MONDAY, 2)];

export const sign = (title: string, seconds = 10) => ({
  title,
  panel: { pages: [{ text: title, seconds }] },
});

export const entry = (id: string, time: string, title: string, rest: Partial<Entry> = {}): Entry => ({
  ...{ id, starts: `${MONDAY}T${time}:00`, band: 40 as const, outputs: ['panel' as const] },
  announcement: sign(title),
  ...rest,
});

/** Five minutes, twice. */
const tenMinutes = (title: string) => ({
  title,
  panel: { pages: [{ text: title, seconds: 300 }], times: 2 },
});

export const WEEK: Entry[] = [
  entry('news', '06:30', 'ข่าวเช้าจังหวัดหนองคาย', { rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR' }),
  entry('flag', '08:00', 'เคารพธงชาติ', {
    rule: 'FREQ=DAILY',
    band: 80,
    outputs: ['tower', 'panel'],
    announcement: { ...sign('เคารพธงชาติ', 70), tower: { chime: 'attention' } },
  }),
  entry('vaccine', '09:00', 'ฉีดวัคซีนผู้สูงอายุ', { announcement: tenMinutes('ฉีดวัคซีนผู้สูงอายุ') }),
];

export async function villages({ operator }: Country): Promise<void> {
  await operator.ask('places', { csv: await readFile('docs/samples/villages.csv', 'utf8') });
}

/** The draft of the province, as the administrator writes it. */
export async function drafted({ operator }: Country, entries: Entry[], rest: object = {}): Promise<void> {
  await operator.ask('draft', { area: '43', entries, slots: [], ...rest });
}

export async function entriesOf({ operator }: Country): Promise<Entry[]> {
  return (await operator.ask('draft', { area: '43' })).entries;
}

export async function atSchedule(
  country: Country,
  account: Account,
  { search = `?area=43&view=week&day=${MONDAY}`, size = 'desk' as 'desk' | 'phone', touch = false } = {},
) {
  const visitor = await visit(country, { path: `/console/schedule${search}`, touch });
  await logOn(visitor.page, account);
  // The state of the line, by which a log-on is known, has no room on a telephone.
  if (size === 'phone') {
    await visitor.page.setViewportSize({ width: 360, height: 740 });
    await visitor.page.reload();
  }
  await visitor.page.getByRole('button', { name: /ไปยังวันที่$/ }).waitFor();
  return visitor;
}

/** The middle of something on the screen. */
export async function middleOf(page: Page, name: RegExp) {
  const box = await page.getByRole('button', { name }).first().boundingBox();
  if (box === null) throw new Error(`${name} is not to be seen`);
  const { x, y, width, height } = box;
  return { x: x + width / 2, y: y + height / 2, width, height };
}

function mondayAfter(days: number): string {
  const day = Math.floor((Date.now() + 7 * 3_600_000) / 86_400_000) + days;
  return new Date((day + ((4 - (day % 7) + 7) % 7)) * 86_400_000).toISOString().slice(0, 10);
}

function plusDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
