import { describe, expect, it } from 'vitest';
import { daysShown, todayAt, turned } from '../../../server/console/schedule/days.ts';
import { dayPlans, type Occurrences, timeOf } from '../../../server/console/schedule/grid/blocks.ts';
import { inLanes } from '../../../server/console/schedule/grid/lanes.ts';
import { quietOn } from '../../../server/console/schedule/grid/quiet-spans.ts';
import { addressOf } from '../../../server/console/schedule/schedule-address.ts';

describe('the days of a view', () => {
  it.each([
    ['day', '2026-11-30', '2026-11-30', 1],
    ['week', '2026-12-03', '2026-11-30', 7],
    ['month', '2026-11-15', '2026-10-26', 42],
    ['month', '2027-02-28', '2027-02-01', 28],
  ] as const)('a %s with %s begins %s', (view, day, from, count) => {
    expect(daysShown(view, day)).toEqual({ from, count });
  });

  it('turns by what it shows, and keeps to days that are there', () => {
    expect(turned('month', '2027-01-31', 1)).toBe('2027-02-28');
    expect(turned('month', '2026-12-05', 1)).toBe('2027-01-05');
    expect(turned('week', '2026-12-03', -1)).toBe('2026-11-26');
    expect(turned('areas', '2026-12-31', 1)).toBe('2027-01-01');
  });

  it('is of Thailand: at 17:00 UTC it is tomorrow', () => {
    expect(todayAt(Date.parse('2026-11-29T16:59:59Z'))).toBe('2026-11-29');
    expect(todayAt(Date.parse('2026-11-29T17:00:00Z'))).toBe('2026-11-30');
  });
});

describe('the address', () => {
  const usual = { area: '43', now: Date.parse('2026-11-30T05:00:00Z'), view: 'week' as const };
  it('is read as it is, and as on the first visit where it is nonsense', () => {
    expect(addressOf({ area: 4301, view: 'month', day: '2027-01-02', which: 'published' }, usual)).toEqual({
      ...{ area: '4301', view: 'month', day: '2027-01-02', which: 'published' },
    });
    expect(addressOf({ area: '../etc', view: 'year', day: '2027-13-40' }, usual)).toEqual({
      ...{ area: '43', view: 'week', day: '2026-11-30', which: 'draft' },
    });
  });
});

describe('lanes', () => {
  const span = (from: number, until: number) => ({ from, until });
  it('stand side by side where they touch, as tall as they are drawn', () => {
    const { laned, more } = inLanes([span(0, 1), span(10, 11), span(40, 41)], 30, 3);
    expect(laned.map(({ lane, lanes }) => [lane, lanes])).toEqual([
      [0, 2],
      [1, 2],
      [0, 1],
    ]);
    expect(more).toEqual([]);
  });

  it('tell as a number what finds no room, and lose nothing', () => {
    const many = Array.from({ length: 7 }, (_, at) => span(at, at + 1));
    const { laned, more } = inLanes(many, 30, 3);
    expect(laned).toHaveLength(3);
    expect(more.flatMap(({ items }) => items)).toHaveLength(4);
  });
});

describe('quiet hours of a day', () => {
  it('over midnight are the rest of one night and the beginning of the next', () => {
    expect(quietOn([{ from: '21:00', until: '06:00' }], '2026-11-30')).toEqual([
      { from: 0, until: 360 },
      { from: 1_260, until: 1_440 },
    ]);
    // Fridays alone: Saturday has its morning.
    const friday = [{ from: '21:00', until: '06:00', days: ['FR' as const] }];
    expect(quietOn(friday, '2026-12-05')).toEqual([{ from: 0, until: 360 }]);
    expect(quietOn(friday, '2026-12-06')).toEqual([]);
  });
});

it('an answer becomes days: each time a block, what comes too often a line, what a day is', () => {
  const row = {
    ...{ area: '43', entry: 'news', title: 'ข่าว', band: 40, outputs: ['panel' as const] },
    length_ms: { tower: 0, panel: 90_000 },
  };
  const answer: Occurrences = {
    ...{ area: '43', from: '2026-12-05', until: '2026-12-06', plans: [], plans_in_all: 0 },
    rows: [
      { ...row, on: [{ days: [0, 1], count: 1, first: '23:59:30', last: '23:59:30', times: ['23:59:30'] }] },
      { ...row, entry: 'clock', on: [{ days: [1], count: 840, first: '06:00:00', last: '19:59:00' }] },
    ],
    slots: [
      {
        ...{ area: '43', id: 'heads', level: 'village', minutes: 30 },
        on: [{ days: [0], count: 1, first: '18:00:00', last: '18:00:00', times: ['18:00:00'] }],
      },
    ],
    calendar: [{ calendar: 'public-holiday', from: '2026-12-05', until: '2026-12-05', title: 'วันพ่อแห่งชาติ' }],
    ...{ quiet: [], halls_untold: 0, faults: [], at: '2026-11-30T12:00:00.000+07:00' },
  };
  const [saturday, sunday] = dayPlans(answer, 2);
  expect(saturday).toMatchObject({
    day: '2026-12-05',
    // Not drawn beyond the day.
    blocks: [{ key: '43/news/2026-12-05T23:59:30', until: 1_440 }],
    slots: [{ from: 1_080, until: 1_110 }],
    is: [{ title: 'วันพ่อแห่งชาติ' }],
    often: [],
  });
  expect(sunday).toMatchObject({ often: [{ count: 840, first: '06:00:00' }], is: [] });
  expect(timeOf(saturday?.blocks[0]?.from ?? 0)).toBe('23:59');
});
