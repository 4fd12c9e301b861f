import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { occurrencesBetween } from '../../../firmware-protocol/content/recurrence.ts';
import { parseRule } from '../../../firmware-protocol/content/recurrence-rule.ts';
import {
  emptyForm,
  formFault,
  formOf,
  type RuleForm,
  ruleOf,
} from '../../../server/console/schedule/entry/rule-form.ts';
import { arbitraryRule, arbitraryStart } from '../content/arbitrary-rule.ts';

const some = (max: number, min = 0) =>
  fc
    .uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 4 })
    .map((list) => list.sort((a, b) => a - b));
const two = (n: number) => String(n).padStart(2, '0');

/** Each form that a person can fill in; members that its kind of repeat does not have are as an empty one has them. */
const filledForms: fc.Arbitrary<RuleForm> = fc
  .record({
    starts: arbitraryStart.map((starts) => `${starts.slice(0, 17)}00`),
    repeat: fc.constantFrom('once', 'daily', 'weekly', 'by-date', 'by-weekday', 'yearly'),
    interval: fc.integer({ min: 1, max: 12 }),
    hours: some(23),
    minutes: some(59),
    weekdays: some(6),
    dates: some(31, 1),
    last: fc.boolean(),
    ordinal: fc.constantFrom(1, 2, 3, 4, -1),
    weekday: fc.integer({ min: 0, max: 6 }),
    months: fc.oneof(fc.constant<number[]>([]), some(12, 1)),
    ends: fc.oneof(
      fc.constant({ how: 'never' } as const),
      fc.integer({ min: 1, max: 99 }).map((count) => ({ how: 'count', count }) as const),
      fc.integer({ min: 0, max: 900 }),
    ),
  })
  .map(({ starts, repeat, hours, minutes, last, dates, ends, ...given }) => {
    const empty = emptyForm(starts);
    const times = hours.flatMap((hour) => minutes.map((minute) => `${two(hour)}:${two(minute)}`));
    const until = (days: number) =>
      ({
        how: 'until',
        day: new Date(Date.parse(empty.day) + days * 86_400_000).toISOString().slice(0, 10),
      }) as const;
    if (repeat === 'once') return { ...empty, times: times.slice(0, 1) };
    return {
      ...empty,
      repeat,
      times,
      interval: given.interval,
      months: repeat === 'yearly' ? [] : given.months,
      ...(repeat === 'weekly' ? { weekdays: given.weekdays } : {}),
      ...(repeat === 'by-date' ? { dates: last ? [...dates, -1] : dates } : {}),
      ...(repeat === 'by-weekday' ? { ordinal: given.ordinal, weekday: given.weekday } : {}),
      ends: typeof ends === 'number' ? until(ends) : ends,
    };
  });

describe('the form of a rule', () => {
  it('comes back as it was filled in', () => {
    fc.assert(
      fc.property(filledForms, (form) => {
        expect(formFault(form)).toBeUndefined();
        const { starts, rule } = ruleOf(form);
        expect(formOf(starts, rule)).toEqual(form);
      }),
      { numRuns: 300 },
    );
  });

  it('takes any rule, and says the same afterwards', () => {
    fc.assert(
      fc.property(
        arbitraryStart.chain((starts) =>
          fc.record({ starts: fc.constant(starts), rule: arbitraryRule(starts) }),
        ),
        ({ starts, rule }) => {
          const form = formOf(starts, rule);
          const said = ruleOf(form);
          if (form.repeat === 'custom') expect(said.rule).toBe(rule);
          else expect(startsOf(said.rule, said.starts)).toEqual(startsOf(rule, starts));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('says which times are no rule', () => {
    const form = { ...emptyForm('2026-11-02T06:30:00'), repeat: 'daily' as const };
    expect(formFault({ ...form, times: ['06:30', '18:00'] })).toBe('times');
    expect(formFault({ ...form, times: ['06:30', '18:30'] })).toBeUndefined();
    expect(formFault({ ...form, repeat: 'weekly', weekdays: [] })).toBe('weekdays');
    expect(formFault({ ...form, ends: { how: 'until', day: '2026-11-01' } })).toBe('until');
  });
});

function startsOf(text: string | undefined, starts: string): number[] {
  const parsed = parseRule(text ?? '');
  if (!parsed.ok) throw new Error(text);
  const from = Date.parse(starts.slice(0, 10)) - 86_400_000;
  return occurrencesBetween(parsed.rule, starts, [], from, from + 900 * 86_400_000, 400);
}
