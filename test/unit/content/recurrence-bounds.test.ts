import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { civilOf, dayOf, daysInMonth, weekdayOf } from '../../../firmware-protocol/content/civil-day.ts';
import { epochMsOfLocal } from '../../../firmware-protocol/content/instant.ts';
import { occurrencesBetween } from '../../../firmware-protocol/content/recurrence.ts';
import { parseRule, type Rule } from '../../../firmware-protocol/content/recurrence-rule.ts';
import { arbitraryRule, arbitraryStart } from './arbitrary-rule.ts';

function ruleOf(text: string): Rule {
  const parsed = parseRule(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.fault.part} ${parsed.fault.what}`);
  return parsed.rule;
}

const situation = arbitraryStart.chain((starts) =>
  fc.record({ starts: fc.constant(starts), rule: arbitraryRule(starts).map(ruleOf) }),
);
const WEEK_MS = 7 * 86_400_000;
const MONDAY_MS = epochMsOfLocal('2026-11-16T00:00:00');

describe('a rule', () => {
  it('gives the same starts whether a week is looked at whole or in halves', () => {
    fc.assert(
      fc.property(situation, fc.integer({ min: 0, max: WEEK_MS }), ({ rule, starts }, cut) => {
        const between = (from: number, to: number) =>
          occurrencesBetween(rule, starts, [], MONDAY_MS + from, MONDAY_MS + to, 100_000);
        expect([...between(0, cut), ...between(cut, WEEK_MS)]).toEqual(between(0, WEEK_MS));
      }),
    );
  });

  it('gives starts in order, each once, inside the window, not before the first', () => {
    fc.assert(
      fc.property(situation, ({ rule, starts }) => {
        const found = occurrencesBetween(rule, starts, [], MONDAY_MS, MONDAY_MS + WEEK_MS, 100_000);
        expect(found).toEqual([...new Set(found)].sort((a, b) => a - b));
        for (const ms of found) {
          expect(ms).toBeGreaterThanOrEqual(Math.max(MONDAY_MS, epochMsOfLocal(starts)));
          expect(ms).toBeLessThan(MONDAY_MS + WEEK_MS);
        }
      }),
    );
  });

  it('gives at most as many as were asked for', () => {
    const minutes = ruleOf('FREQ=MINUTELY');
    expect(
      occurrencesBetween(minutes, '2020-01-01T00:00:00', [], MONDAY_MS, MONDAY_MS + WEEK_MS, 3),
    ).toHaveLength(3);
  });

  it.each([
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=MINUTELY;INTERVAL=1440;BYHOUR=5',
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31;COUNT=1',
  ])('%s never comes, and is asked until 2199 at most', (rule) => {
    const ever = [0, Number.POSITIVE_INFINITY] as const;
    expect(occurrencesBetween(ruleOf(rule), '2026-01-01T00:00:00', [], ...ever, 10)).toEqual([]);
  });

  it('a window that is empty or turned round has none', () => {
    const daily = ruleOf('FREQ=DAILY');
    expect(occurrencesBetween(daily, '2020-01-01T00:00:00', [], MONDAY_MS, MONDAY_MS, 10)).toEqual([]);
    expect(occurrencesBetween(daily, '2020-01-01T00:00:00', [], MONDAY_MS, MONDAY_MS - WEEK_MS, 10)).toEqual(
      [],
    );
  });
});

describe('days', () => {
  it('are counted as Date counts them', () => {
    fc.assert(
      fc.property(fc.integer({ min: dayOf(1900, 1, 1), max: dayOf(2300, 1, 1) }), (day) => {
        const date = new Date(day * 86_400_000);
        const { year, month, dayOfMonth } = civilOf(day);
        expect([year, month, dayOfMonth]).toEqual([
          date.getUTCFullYear(),
          date.getUTCMonth() + 1,
          date.getUTCDate(),
        ]);
        expect(weekdayOf(day)).toBe((date.getUTCDay() + 6) % 7);
        expect(dayOf(year, month, dayOfMonth)).toBe(day);
        expect(dayOf(year, month, daysInMonth(year, month)) + 1).toBe(dayOf(year, month + 1, 1));
      }),
    );
  });
});
