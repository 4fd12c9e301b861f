import { describe, expect, it } from 'vitest';
import { type Programme, ProgrammeEntry } from '../../../../firmware-protocol/content/programme.ts';
import { resolve } from '../../../../firmware-protocol/content/resolver.ts';
import type { SiteLaws } from '../../../../firmware-protocol/content/site-laws.ts';
import {
  countryOf,
  explainAlone,
  explainTogether,
} from '../../../../scripts/bench/resolve/thousand-villages.ts';
import { VillagePlans } from '../../../../server/programme/village-plans.ts';
import { whyWords } from '../../../../server/programme/why.ts';

const FROM = Date.parse('2026-11-14T00:00:00+07:00');
const DAY_MS = 86_400_000;
const tower = (title: string, ms: number) => ({
  title,
  tower: { chime: 'ding', parts: [{ type: 'pause', ms }] },
});

function programmeOf(area: string, entries: object[]): Programme {
  const times = { issued_at: '2026-11-13T00:00:00+07:00', valid_until: '2027-01-01T00:00:00+07:00' };
  return {
    format: 1,
    area,
    version: 1,
    by: 'somchai',
    ...times,
    entries: entries.map((entry) => ProgrammeEntry.parse(entry)),
    signature: { key: '-', value: '-' },
  };
}
const entry = (id: string, time: string, announcement: object, rest: object = {}) => ({
  id,
  starts: `2026-11-14T${time}:00`,
  band: 40,
  announcement,
  ...rest,
});
const laws: SiteLaws = {
  quiet: [{ from: '21:00', until: '06:00' }],
  minutes_a_day: 2,
  minutes_a_day_of: {},
  ceilings: [],
};

describe('the plan of a village under the laws of its hall', () => {
  const programmes = [
    programmeOf('43', [
      entry('dawn', '05:30', tower('ตื่นเถิดชาวไทย', 1_000)),
      entry('anthem', '05:45', tower('เพลงชาติ', 1_000), { band: 80 }),
      entry('news', '07:00', tower('ข่าวเช้า', 50_000)),
      entry('long', '12:00', tower('เสียงตามสาย', 55_000)),
      entry('more', '13:00', tower('เพลงลูกทุ่ง', 55_000)),
      entry('late', '20:58', tower('สวดมนต์', 59_000), { band: 20 }),
    ]),
    programmeOf('43010101', [entry('head', '07:00', tower('ผู้ใหญ่บ้าน', 10_000), { grace_s: 0 })]),
  ];
  const of = (each: SiteLaws | undefined) =>
    new VillagePlans(programmes, FROM, FROM + DAY_MS).of({ village: '43010101', laws: each });
  const told = (each: SiteLaws | undefined) =>
    of(each).map(
      ({ occurrence, verdict, because }) => `${occurrence.entry.id}: ${verdict} ${because.split('/')[0]}`,
    );

  it('refuses what would sound in quiet hours or beyond the minutes, and lets it hold up nobody', () => {
    expect(told(laws)).toEqual([
      'dawn: loses refused quiet-hours',
      'anthem: plays due',
      'news: plays due',
      'head: loses expired-behind 43',
      'long: plays due',
      'more: loses refused minutes-used',
      'late: loses refused minutes-used',
    ]);
    expect(told(undefined)).toContain('dawn: plays due');
  });

  it('says why in Thai and English, with the title of what stood against it', () => {
    const titles = new Map(
      of(laws).map(({ occurrence }) => [occurrence.id, occurrence.entry.announcement.title]),
    );
    const words = of(laws).map((decision) => whyWords(decision, titles).th);
    expect(words.slice(0, 4)).toEqual([
      'หอไม่ออกเสียงในเวลางดใช้เสียง',
      'ถึงเวลาตามผัง',
      'ถึงเวลาตามผัง',
      '"ข่าวเช้า" ยาวเกินกว่าที่จะรอได้',
    ]);
    for (const because of ['over x', 'after x', 'resumes-after x', 'gives-up-for x'])
      expect(whyWords({ because }, new Map([['x', 'ข่าว']])).en).toContain('"ข่าว"');
  });
});

it('a province explained together says the same as each village for itself', () => {
  const country = countryOf(7);
  const few = { ...country, villages: country.villages.slice(0, 30) };
  const [from, until] = [FROM + DAY_MS / 4, FROM + DAY_MS / 2];
  expect(country.entries).toBe(1_000);
  const lines = explainTogether(few, from, until);
  expect(lines).toBeGreaterThan(1_000);
  expect(lines).toBe(explainAlone(few, from, until, resolve));
});
