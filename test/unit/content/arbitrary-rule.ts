import fc from 'fast-check';
import { FREQUENCIES } from '../../../firmware-protocol/content/recurrence-rule.ts';

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const DAY_MS = 86_400_000;

const listOf = (numbers: fc.Arbitrary<number>, maxLength = 3) =>
  fc.uniqueArray(numbers, { minLength: 1, maxLength }).map((list) => list.join(','));
const signed = (max: number) => fc.oneof(fc.integer({ min: 1, max }), fc.integer({ min: -max, max: -1 }));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

const weekdays = fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1, maxLength: 4 });
const ordinalWeekdays = fc
  .uniqueArray(fc.tuple(signed(5), fc.constantFrom(...WEEKDAYS)), { minLength: 1, maxLength: 3 })
  .map((list) => list.map(([ordinal, weekday]) => `${ordinal}${weekday}`));

/** `20240501T080000` in Thai time, from the ms of that wall clock. */
function compact(localMs: number): string {
  return new Date(localMs).toISOString().slice(0, 19).replace(/[-:]/g, '');
}

/** `2024-05-01T08:00:00`: a first start in 2020 to 2027, at a full second. */
export const arbitraryStart = fc
  .integer({ min: Date.UTC(2020, 0, 1) / 1_000, max: Date.UTC(2028, 0, 1) / 1_000 })
  .map((seconds) => new Date(seconds * 1_000).toISOString().slice(0, 19));

/** A rule that `parseRule` takes, as text, for entries that start at `starts`. */
export function arbitraryRule(starts: string): fc.Arbitrary<string> {
  return fc.constantFrom(...FREQUENCIES).chain((frequency) => {
    const canHaveOrdinals = frequency === 'MONTHLY' || frequency === 'YEARLY';
    const end = fc.oneof(
      { weight: 3, arbitrary: fc.constant('') },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 30 }).map((n) => `COUNT=${n}`) },
      {
        weight: 1,
        arbitrary: fc
          .integer({ min: 0, max: 800 })
          .map((days) => `UNTIL=${compact(Date.parse(`${starts}Z`) + days * DAY_MS - 7 * 3_600_000)}Z`),
      },
    );
    return fc
      .record({
        INTERVAL: maybe(fc.integer({ min: 1, max: 5 }).map(String)),
        BYMONTH: maybe(listOf(fc.integer({ min: 1, max: 12 }))),
        BYMONTHDAY: frequency === 'WEEKLY' ? fc.constant(undefined) : maybe(listOf(signed(31))),
        BYDAY: maybe(
          (canHaveOrdinals ? fc.oneof(weekdays, ordinalWeekdays) : weekdays).map((list) => list.join(',')),
        ),
        BYHOUR: maybe(listOf(fc.integer({ min: 0, max: 23 }), 2)),
        BYMINUTE: maybe(listOf(fc.integer({ min: 0, max: 59 }), 2)),
        BYSECOND:
          frequency === 'MINUTELY'
            ? fc.constant(undefined)
            : maybe(listOf(fc.integer({ min: 0, max: 59 }), 2)),
        BYSETPOS: maybe(listOf(signed(4), 2)),
        WKST: maybe(fc.constantFrom(...WEEKDAYS)),
        end,
      })
      .map(({ end, ...parts }) => {
        const ordinals = /\d/.test(parts.BYDAY ?? '');
        const given = Object.entries(parts)
          .filter(([, value]) => value !== undefined)
          .filter(([name]) => name !== 'BYMONTHDAY' || !ordinals);
        const choosesFrom = given.some(([name]) => name.startsWith('BY') && name !== 'BYSETPOS');
        const kept = given.filter(([name]) => name !== 'BYSETPOS' || choosesFrom);
        return [
          `FREQ=${frequency}`,
          ...kept.map(([name, value]) => `${name}=${value}`),
          ...(end ? [end] : []),
        ].join(';');
      });
  });
}
