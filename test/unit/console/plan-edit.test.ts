import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startsOfEntry } from '../../../firmware-protocol/content/resolver.ts';
import { emptyForm, type RuleForm, ruleOf } from '../../../server/console/schedule/entry/rule-form.ts';
import {
  type Entry,
  freeId,
  movedOnce,
  movedSeries,
  type Plan,
  skipped,
  without,
} from '../../../server/console/schedule/plan-edit.ts';

/** Monday. */
const MONDAY = '2026-11-30';
const news: Entry = {
  ...{ id: 'news', starts: `${MONDAY}T06:30:00`, rule: 'FREQ=WEEKLY;BYDAY=MO', except: [], band: 40 },
  ...{ outputs: ['panel'], grace_s: 60, when_cut: 'resume' },
  announcement: { title: 'ข่าว', language: 'th', panel: { pages: [{ text: 'ข่าว', seconds: 10 }], times: 1 } },
};
const plan: Plan = { entries: [news], slots: [] };

describe('one time of a series at another moment', () => {
  it('is left out of the series, and comes once by itself under an id of its own', () => {
    const { entries } = movedOnce(plan, news, `${MONDAY}T06:30:00`, `${MONDAY}T07:00:00`);
    expect(entries).toMatchObject([
      { id: 'news', rule: news.rule, except: [`${MONDAY}T06:30:00`] },
      { id: 'news-2', starts: `${MONDAY}T07:00:00`, except: [] },
    ]);
    expect(entries[1]).not.toHaveProperty('rule');
  });

  it('of what comes once is that entry itself', () => {
    const { rule: _, ...once } = news;
    expect(
      movedOnce({ entries: [once], slots: [] }, once, once.starts, '2026-12-01T08:00:00').entries,
    ).toEqual([{ ...once, starts: '2026-12-01T08:00:00' }]);
  });

  it('ids are never used for something else', () => {
    expect(freeId(plan, 'other')).toBe('other');
    expect(freeId(plan, 'news')).toBe('news-2');
    expect(freeId({ ...plan, entries: [news, { ...news, id: 'news-2' }] }, 'news-2')).toBe('news-3');
    expect(without(plan, 'entries', 'news').entries).toEqual([]);
    expect(skipped(skipped(news, 'b'), 'a').except).toEqual(['a', 'b']);
  });
});

describe('a series that is moved', () => {
  it('keeps what was left out left out, at its new time', () => {
    const entry = { ...news, except: ['2026-12-07T06:30:00'] };
    expect(movedSeries(entry, `${MONDAY}T06:30:00`, '2026-12-01T07:15:00')).toMatchObject({
      starts: '2026-12-01T07:15:00',
      rule: 'FREQ=WEEKLY;BYDAY=TU',
      except: ['2026-12-08T07:15:00'],
    });
  });

  it.each([
    ['FREQ=DAILY', 'a daily one has no other day'],
    ['FREQ=WEEKLY;BYDAY=MO,WE', 'nor has one of two days'],
    ['FREQ=MONTHLY;BYDAY=1MO', 'nor the first Monday of a month'],
    ['FREQ=HOURLY', 'nor what comes within the day'],
  ])('%s: %s', (rule) => {
    expect(movedSeries({ ...news, rule }, `${MONDAY}T06:30:00`, '2026-12-01T06:30:00')).toBeUndefined();
  });

  /** Of each kind, at one time of the day or two. */
  const forms = fc
    .record({
      repeat: fc.constantFrom('daily' as const, 'weekly' as const, 'by-date' as const, 'by-weekday' as const),
      interval: fc.integer({ min: 1, max: 3 }),
      times: fc.constantFrom<string[][]>(['06:30'], ['06:30', '18:30']),
      weekdays: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 2 }),
      dates: fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { minLength: 1, maxLength: 2 }),
      offset: fc.integer({ min: 0, max: 6 }),
    })
    .map(({ offset, ...part }): RuleForm => {
      const day = new Date(Date.parse(MONDAY) + offset * 86_400_000).toISOString().slice(0, 10);
      return { ...emptyForm(`${day}T06:30:00`), ...part };
    });

  it('has each of its times moved alike, or says that it cannot', () => {
    fc.assert(
      fc.property(
        forms,
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: -2, max: 2 }),
        fc.integer({ min: -60, max: 60 }),
        (form, which, days, minutes) => {
          const entry = { ...news, ...ruleOf(form) };
          const window = [
            Date.parse(`${MONDAY}T00:00:00+07:00`),
            Date.parse('2027-06-01T00:00:00+07:00'),
          ] as const;
          const before = startsOfEntry(entry, ...window);
          const picked = before[which];
          if (picked === undefined) return;
          const shift = (days * 1_440 + minutes) * 60_000;
          const [from, to] = [picked, picked + shift].map(localOf);
          if (shift === 0 || from === undefined || to === undefined) return;
          const moved = movedSeries(entry, from, to);
          if (moved === undefined) return;
          const after = new Set(startsOfEntry(moved, window[0] - 7 * 86_400_000, window[1]));
          expect(after.has(picked + shift)).toBe(true);
          // Those of the same time of day go with it, by the same step where one weekday or each day is meant.
          if (form.repeat === 'weekly' && form.times.length === 1 && days !== 0)
            expect([...after].slice(0, 10)).toEqual(before.slice(0, 10).map((each) => each + shift));
          if (days === 0) {
            const alike = before.slice(0, 10).filter((each) => localOf(each).slice(11) === from.slice(11));
            expect(alike.every((each) => after.has(each + shift) && !after.has(each))).toBe(true);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

function localOf(epochMs: number): string {
  return new Date(epochMs + 7 * 3_600_000).toISOString().slice(0, 19);
}
