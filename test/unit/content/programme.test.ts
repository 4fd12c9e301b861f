import { describe, expect, it } from 'vitest';
import { LocalTime } from '../../../firmware-protocol/content/instant.ts';
import { Programme } from '../../../firmware-protocol/content/programme.ts';
import { entryOf, programmeOf, soundFor } from './documents.ts';

const entry = entryOf('news', '2026-11-13T06:30:00');

function faultsOf(...entries: unknown[]): string[] {
  const read = Programme.safeParse({ ...programmeOf('43', []), entries });
  return read.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
}

describe('a programme', () => {
  it('may be empty', () => {
    expect(faultsOf()).toEqual([]);
  });

  it('has entries with a rule or without', () => {
    expect(faultsOf(entry, { ...entry, id: 'daily', rule: 'FREQ=DAILY;BYHOUR=8,18' })).toEqual([]);
  });

  it('may start once a minute in all', () => {
    const half = ['a', 'b'].map((id) => ({ ...entry, id, rule: 'FREQ=MINUTELY;INTERVAL=2' }));
    expect(faultsOf(...half)).toEqual([]);
  });

  it('says which part of which rule is wrong', () => {
    expect(faultsOf(entry, { ...entry, id: 'bad', rule: 'FREQ=WEEKLY;BYDAY=MO,8TU' })).toEqual([
      'entries.1.rule: BYDAY has ordinals only in MONTHLY and YEARLY rules',
    ]);
    expect(faultsOf({ ...entry, rule: 'FREQ=MONTHLY;BYDAY=99MO' })).toEqual([
      'entries.0.rule: BYDAY "99MO" is no weekday',
    ]);
  });

  it.each([
    ['an id used twice', [entry, entry], 'entries.1.id'],
    ['an id that is no name', [{ ...entry, id: 'ข่าว' }], 'entries.0.id'],
    [
      'a rule of 301 characters',
      [{ ...entry, rule: `FREQ=DAILY;BYHOUR=${'1,'.repeat(150)}1` }],
      'entries.0.rule',
    ],
    ['the band of an order', [{ ...entry, band: 60 }], 'entries.0.band'],
    ['a grace of a day', [{ ...entry, grace_s: 86_400 }], 'entries.0.grace_s'],
    [
      'an output where it says nothing',
      [{ ...entry, announcement: soundFor(1), outputs: ['panel'] }],
      'entries.0.outputs',
    ],
    [
      'two starts a minute, of two entries that are good alone',
      ['a', 'b'].map((id) => ({ ...entry, id, rule: 'FREQ=MINUTELY' })),
      'entries',
    ],
    ['501 entries', Array.from({ length: 501 }, (_, n) => ({ ...entry, id: `e${n}` })), 'entries'],
  ])('with %s is refused, and says where', (_what, entries, path) => {
    expect(faultsOf(...entries)).toEqual([expect.stringContaining(`${path}: `)]);
  });
});

describe('a local time', () => {
  it.each(['2026-11-13T18:30:00', '2028-02-29T23:59:59', '2000-01-01T00:00:00'])('%s is one', (text) => {
    expect(LocalTime.safeParse(text).success).toBe(true);
  });

  it.each([
    '2026-11-13T18:30:00Z',
    '2026-11-13T18:30:00+07:00',
    '2026-11-13T18:30',
    '2026-11-13T18:30:00.000',
    '2026-02-29T07:00:00',
    '2026-04-31T07:00:00',
    '2026-11-13T24:00:00',
    '2026-11-13T18:60:00',
    '1999-12-31T23:59:59',
    '2569-11-13T18:30:00',
    '',
  ])('%s is none', (text) => {
    expect(LocalTime.safeParse(text).success).toBe(false);
  });
});
