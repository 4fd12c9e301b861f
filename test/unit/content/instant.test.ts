import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  epochMsOf,
  epochMsOfLocal,
  Instant,
  instantOf,
  LocalTime,
  Ulid,
} from '../../../firmware-protocol/content/instant.ts';

const year = (n: number) => Date.UTC(n, 0, 1);

describe('instants', () => {
  it('are written in Thai time and read back', () => {
    expect(instantOf(0)).toBe('1970-01-01T07:00:00.000+07:00');
    fc.assert(
      fc.property(fc.integer({ min: year(1970), max: year(2200) }), (ms) => {
        expect(Instant.parse(instantOf(ms))).toBe(instantOf(ms));
        expect(epochMsOf(instantOf(ms))).toBe(ms);
      }),
    );
  });

  it('are the same in any offset', () => {
    expect(epochMsOf('2026-11-13T11:30:00Z')).toBe(epochMsOf('2026-11-13T18:30:00+07:00'));
    expect(epochMsOf('2026-11-13T18:30:00.123999+07:00') % 1_000).toBe(123);
  });

  it('of a wall clock are what every calendar reads of it, in each second of two centuries', () => {
    fc.assert(
      fc.property(fc.integer({ min: year(2000) / 1_000, max: year(2200) / 1_000 - 1 }), (second) => {
        const local = new Date(second * 1_000).toISOString().slice(0, 19);
        expect(epochMsOfLocal(LocalTime.parse(local))).toBe(Date.parse(`${local}+07:00`));
      }),
    );
  });

  it.each([
    '2026-11-13T18:30:00',
    '2026-11-13',
    '13/11/2569',
    '2026-02-30T00:00:00Z',
    '2026-11-13T18:30:00+0700',
  ])('%s is none', (text) => {
    expect(Instant.safeParse(text).success).toBe(false);
  });
});

describe('local times', () => {
  it('are seven hours ahead of UTC, every day of every year', () => {
    fc.assert(
      fc.property(fc.integer({ min: year(2000) / 1_000, max: year(2200) / 1_000 - 1 }), (seconds) => {
        const local = LocalTime.parse(new Date(seconds * 1_000).toISOString().slice(0, 19));
        expect(epochMsOfLocal(local)).toBe(seconds * 1_000 - 7 * 3_600_000);
      }),
    );
  });
});

describe('ids of orders', () => {
  it.each(['01JCKZ5V00000000000000000A', '7ZZZZZZZZZZZZZZZZZZZZZZZZZ'])('%s is one', (text) => {
    expect(Ulid.safeParse(text).success).toBe(true);
  });

  it.each([
    '',
    '01jckz5v00000000000000000a',
    '8ZZZZZZZZZZZZZZZZZZZZZZZZZ',
    '01JCKZ5V0000000000000000IA',
    'x/../x',
  ])('%j is none', (text) => {
    expect(Ulid.safeParse(text).success).toBe(false);
  });
});
