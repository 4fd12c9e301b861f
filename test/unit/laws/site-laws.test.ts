import { expect, test } from 'vitest';
import { BANDS } from '../../../firmware-protocol/content/band.ts';
import {
  ceilingDb,
  leftMs,
  nextQuiet,
  quietUntil,
  SiteLaws,
} from '../../../firmware-protocol/content/site-laws.ts';

const at = (local: string) => Date.parse(`${local}+07:00`);
const NIGHT = SiteLaws.parse({});

test.each([
  ['2026-11-16T20:59:59', undefined],
  ['2026-11-16T21:00:00', '2026-11-17T06:00:00'],
  ['2026-11-17T00:00:00', '2026-11-17T06:00:00'],
  ['2026-11-17T05:59:59', '2026-11-17T06:00:00'],
  ['2026-11-17T06:00:00', undefined],
  ['2026-12-31T23:30:00', '2027-01-01T06:00:00'],
  ['2028-02-29T22:00:00', '2028-03-01T06:00:00'],
])('by default the night is quiet: at %s until %s', (now, until) => {
  expect(quietUntil(NIGHT, at(now))).toBe(until && at(until));
});

test('a window over midnight belongs to the day on which it begins', () => {
  const saturdayNight = SiteLaws.parse({ quiet: [{ from: '22:00', until: '08:00', days: ['SA'] }] });
  expect(quietUntil(saturdayNight, at('2026-11-21T23:00:00'))).toBe(at('2026-11-22T08:00:00'));
  expect(quietUntil(saturdayNight, at('2026-11-22T07:00:00'))).toBe(at('2026-11-22T08:00:00'));
  expect(quietUntil(saturdayNight, at('2026-11-22T23:00:00'))).toBeUndefined();
  expect(quietUntil(saturdayNight, at('2026-11-21T07:00:00'))).toBeUndefined();
});

test('of windows that overlap the last end counts; the next begin is the soonest', () => {
  const school = SiteLaws.parse({
    quiet: [
      { from: '08:30', until: '15:30' },
      { from: '15:00', until: '16:00' },
    ],
  });
  expect(quietUntil(school, at('2026-11-16T15:10:00'))).toBe(at('2026-11-16T16:00:00'));
  expect(nextQuiet(school, at('2026-11-16T08:30:00'))).toBe(at('2026-11-16T15:00:00'));
  expect(nextQuiet(school, at('2026-11-16T17:00:00'))).toBe(at('2026-11-17T08:30:00'));
});

test('the lowest ceiling that applies counts; who does not know the hour goes by it', () => {
  const laws = SiteLaws.parse({
    ceilings: [
      { db: 3, bands: ['alert'] },
      { db: -3 },
      { db: -9, bands: ['scheduled', 'filler'], during: { from: '06:00', until: '07:00' } },
    ],
  });
  const early = at('2026-11-16T06:30:00');
  expect(ceilingDb(laws, BANDS.alert, early)).toBe(-3);
  expect(ceilingDb(laws, BANDS.scheduled, early)).toBe(-9);
  expect(ceilingDb(laws, BANDS.scheduled, at('2026-11-16T07:00:00'))).toBe(-3);
  expect(ceilingDb(laws, BANDS.scheduled, undefined)).toBe(-9);
  expect(ceilingDb(NIGHT, BANDS.alert, early)).toBe(Number.POSITIVE_INFINITY);
});

test('minutes of a day are those of all bands, and of one where it has its own', () => {
  const laws = SiteLaws.parse({ minutes_a_day: 60, minutes_a_day_of: { relay: 10 } });
  const used = new Map([
    [BANDS.scheduled, 20 * 60_000],
    [BANDS.relay, 4 * 60_000],
  ] as const);
  expect(leftMs(laws, BANDS.scheduled, used)).toBe(36 * 60_000);
  expect(leftMs(laws, BANDS.relay, used)).toBe(6 * 60_000);
});

test.each([
  [{ quiet: [{ from: '25:00', until: '06:00' }] }, 'a time of the day'],
  [{ quiet: [{ from: '06:00', until: '06:00' }] }, 'ends at another time'],
  [{ minutes_a_day: 1_441 }, '1440'],
  [{ quite: [] }, 'quite'],
])('a law that cannot be is refused with its reason: %j', (written, why) => {
  expect(SiteLaws.safeParse(written).error?.message).toContain(why);
});
