import { beforeEach, describe, expect, it } from 'vitest';
import { PlannedEntry } from '../../../../firmware-protocol/mqtt/programme-requests.ts';
import { countryOf } from '../../../../scripts/bench/resolve/thousand-villages.ts';
import { processorWatch } from '../../processor-time.ts';
import { addHall } from '../office.ts';
import { entry, openProvince, type Plans, type Province, plansOf, sign, stateWith } from './province.ts';

let province: Province;
let draft: Plans['draft'];
let publish: Plans['publish'];
beforeEach(async () => {
  // Friday, 13 November 2026, 09:00.
  province = await openProvince();
  ({ draft, publish } = plansOf(province));
});

const november = { from: '2026-11-01', until: '2026-11-30' };
const occurrences = (request: object, user?: string) =>
  province.ask('occurrences', { area: '430101', ...november, ...request }, user);
const published = async (area: string, entries: object[], rest: object = {}) => {
  await draft(area, entries, rest);
  expect(await publish(area, { accept: ['frozen'] })).toMatchObject({ status: 'ok' });
};
const daily = { rule: 'FREQ=DAILY' };

describe('a month of an area', () => {
  it('is told in rows: whose entry, on which days, at which times, how long on what', async () => {
    await published('43', [
      entry('news', '16T06:30', {
        rule: 'FREQ=WEEKLY;BYDAY=MO,FR;BYHOUR=6,18',
        announcement: { ...sign('ข่าวเช้า', 45), tower: { chime: 'attention' } },
      }),
    ]);
    await published('4301', [entry('meeting', '21T19:00')]);
    await published('43010101', [entry('head', '14T18:00', daily)]);
    const told = await occurrences({});
    expect(told.plans).toEqual([
      { area: '43', version: 1, draft: false, entries: 1 },
      { area: '4301', version: 1, draft: false, entries: 1 },
    ]);
    expect(told.rows).toEqual([
      {
        ...{ area: '43', entry: 'news', title: 'ข่าวเช้า', band: 40, outputs: ['tower', 'panel'] },
        length_ms: { tower: 2_600, panel: 45_000 },
        rule: 'FREQ=WEEKLY;BYDAY=MO,FR;BYHOUR=6,18',
        on: [
          {
            days: [15, 19, 22, 26, 29],
            ...{ count: 2, first: '06:30:00', last: '18:30:00', times: ['06:30:00', '18:30:00'] },
          },
        ],
      },
      expect.objectContaining({
        area: '4301',
        entry: 'meeting',
        outputs: ['panel'],
        length_ms: { tower: 0, panel: 30_000 },
      }),
    ]);
    const below = await occurrences({ below: true });
    expect(below.rows.map(({ area, entry: id }) => `${area}/${id}`)).toEqual([
      '43/news',
      '4301/meeting',
      '43010101/head',
    ]);
  });

  it('names a rule of each minute by its number, its first and its last', async () => {
    await published(
      '43',
      [entry('clock', '13T00:00', { rule: 'FREQ=MINUTELY', announcement: sign('เวลา', 10) })],
      {},
    );
    const { rows } = await occurrences({});
    expect(rows[0]?.on).toEqual([
      { days: [12], count: 900, first: '09:00:00', last: '23:59:00' },
      {
        days: Array.from({ length: 17 }, (_, at) => 13 + at),
        count: 1_440,
        first: '00:00:00',
        last: '23:59:00',
      },
    ]);
  });

  it('tells holidays, wan phra, imported calendars, slots and the quiet hours of the halls', async () => {
    const csv = 'วันที่,ถึง,ชื่อ\n16/11/2569,2026-11-20,ปิดภาคเรียน\n';
    await province.ask('calendar', { area: '43', name: 'school', csv });
    const slots = [
      { id: 'heads', starts: '2026-11-14T18:00:00', rule: 'FREQ=WEEKLY', minutes: 10, level: 'village' },
    ];
    await published('43', [entry('news', '14T06:30')], { slots });
    for (const [id, quiet] of [
      ['a', '21:00'],
      ['b', '21:00'],
      ['c', '19:00'],
    ] as const) {
      await addHall(province.db, `hall-${id}`, '43010101');
      const laws = {
        quiet: [{ from: quiet, until: '06:00' }],
        minutes_a_day: 60,
        minutes_a_day_of: {},
        ceilings: [],
      };
      await province.db.devices.states(
        new Map([[`hall-${id}`, stateWith({ tower: { works: true } }, { laws })]]),
      );
    }
    await addHall(province.db, 'hall-d', '43010102');
    const told = await occurrences({ from: '2026-11-16', until: '2026-12-07' });
    expect(told.calendar).toEqual([
      { calendar: 'school', from: '2026-11-16', until: '2026-11-20', title: 'ปิดภาคเรียน' },
      { calendar: 'wan-phra', from: '2026-11-17', until: '2026-11-17', title: 'ขึ้น 8 ค่ำ เดือน 12' },
      { calendar: 'wan-phra', from: '2026-11-24', until: '2026-11-24', title: 'ขึ้น 15 ค่ำ เดือน 12' },
      { calendar: 'wan-phra', from: '2026-12-02', until: '2026-12-02', title: 'แรม 8 ค่ำ เดือน 12' },
      { calendar: 'public-holiday', from: '2026-12-05', until: '2026-12-05', title: 'วันพ่อแห่งชาติ' },
      { calendar: 'public-holiday', from: '2026-12-07', until: '2026-12-07', title: 'ชดเชยวันพ่อแห่งชาติ' },
    ]);
    expect(told.slots).toEqual([
      {
        ...{ area: '43', id: 'heads', level: 'village', minutes: 10 },
        on: [{ days: [5, 12, 19], count: 1, first: '18:00:00', last: '18:00:00', times: ['18:00:00'] }],
      },
    ]);
    expect(told).toMatchObject({
      quiet: [
        { halls: 2, windows: [{ from: '21:00', until: '06:00' }] },
        { halls: 1, windows: [{ from: '19:00', until: '06:00' }] },
      ],
      halls_untold: 1,
    });
  });

  it('shows what stood before somebody published anew, and goes on where the signature ends', async () => {
    await published('43', [entry('news', '14T06:30', daily)]);
    await province.clock.advance(4 * 86_400_000);
    await published('43', [entry('news', '14T06:30', { ...daily, announcement: sign('ข่าวใหม่') })]);
    const { rows } = await occurrences({ until: '2026-12-31' });
    expect(rows.map(({ title, on }) => [title, on.map(({ days }) => [days[0], days.at(-1)])])).toEqual([
      ['ข่าว news', [[13, 16]]],
      ['ข่าวใหม่', [[17, 60]]],
    ]);
    const far = await occurrences({ from: '2027-06-01', until: '2027-06-02' });
    expect(far.rows.map(({ on }) => on[0]?.days)).toEqual([[0, 1]]);
  });

  it('of a draft is the past as it stood and the time to come as it is drafted', async () => {
    await published('43', [entry('news', '13T08:00', daily), entry('other', '14T12:00', daily)]);
    await province.clock.advance(86_400_000);
    await draft('43', [
      entry('news', '13T08:00', { ...daily, announcement: sign('ร่าง') }),
      entry('other', '14T12:00', daily),
    ]);
    const told = await occurrences({ area: '43', which: 'draft', from: '2026-11-13', until: '2026-11-16' });
    expect(told.plans).toEqual([{ area: '43', version: 1, draft: true, entries: 2 }]);
    expect(told.rows.map(({ title, on, draft: isDraft }) => [title, on[0]?.days, isDraft])).toEqual([
      ['ข่าว news', [1], undefined],
      ['ร่าง', [2, 3], true],
      ['ข่าว other', [1, 2, 3], undefined],
    ]);
    expect((await occurrences({ area: '43' })).rows).toHaveLength(2);
  });

  it('leaves out what names a calendar that is gone, as a renewal does, and says so', async () => {
    await province.ask('calendar', { area: '43', name: 'school', csv: 'date,title\n2026-12-01,x\n' });
    await published('43', [
      entry('lesson', '14T08:00', { ...daily, only_on: ['school'] }),
      entry('news', '14T06:30'),
    ]);
    await province.db.calendars.drop('43', 'school');
    const told = await occurrences({});
    expect(told.rows.map(({ entry: id }) => id)).toEqual(['news']);
    expect(told.faults).toMatchObject([{ area: '43', entry: 'lesson', th: 'ไม่มีปฏิทินชื่อ "school"' }]);
  });
});

describe('who may see it', () => {
  it('what is said to one is seen from below, as published; not what is planned elsewhere, or drafted above', async () => {
    await published('43', [entry('news', '14T06:30')]);
    await published('430102', [entry('elsewhere', '14T06:30')]);
    expect((await occurrences({ area: '43' }, 'kamnan')).rows).toHaveLength(1);
    for (const request of [{ area: '43', which: 'draft' }, { area: '43', below: true }, { area: '430102' }])
      expect(await province.answer('kamnan', 'occurrences', { ...november, ...request })).toMatchObject({
        error: { code: 'outside-scope' },
      });
  });
});

it('is asked for at most 62 days, in order, and from below for no more than a province', async () => {
  for (const [request, path, code] of [
    [{ from: '2026-11-01', until: '2027-01-02' }, 'until', 'too-many'],
    [{ from: '2026-11-02', until: '2026-11-01' }, 'until', 'wrong-order'],
    [{ area: 'th', ...november, below: true }, 'below', 'too-many'],
  ] as const)
    expect(await province.answer('somchai', 'occurrences', { area: '43', ...request })).toMatchObject({
      error: { faults: [{ path, code }] },
    });
});

async function allPages(wish: object) {
  const pages: Awaited<ReturnType<typeof occurrences>>[] = [];
  do pages.push(await occurrences({ ...wish, after: pages.at(-1)?.next }));
  while (pages.at(-1)?.next !== undefined);
  return pages;
}

it('what comes each minute in many villages comes in pages, each row once', async () => {
  const clock = PlannedEntry.parse(
    entry('clock', '13T00:00', { rule: 'FREQ=MINUTELY', announcement: sign('เวลา', 10) }),
  );
  const villages = Array.from({ length: 8 }, (_, at) => `4301010${at + 1}`);
  for (const village of villages) await province.programmes.replace(village, [clock], 'somchai');
  const pages = await allPages({ area: '43', below: true, from: '2026-11-14', until: '2027-01-14' });
  expect(pages.map(({ rows }) => rows.length)).toEqual([5, 3]);
  expect(pages.flatMap(({ rows }) => rows.map(({ area }) => area))).toEqual(villages);
});

it('a thousand entries of a province for two months come in pages that fit, each row once, within half a second', async () => {
  const { programmes, entries } = countryOf(7);
  expect(entries).toBeGreaterThan(900);
  for (const { area, entries: own } of programmes) await province.programmes.replace(area, own, 'bench');
  const tookMs = processorWatch();
  const pages = await allPages({ area: '43', below: true, from: '2026-11-01', until: '2027-01-01' });
  expect(tookMs()).toBeLessThan(500);
  const names = pages.flatMap(({ rows }) => rows.map(({ area, entry: id }) => `${area}/${id}`));
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(entries / 2);
});
