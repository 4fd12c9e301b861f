import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ICAL_LIMITS } from '../../../../../firmware-protocol/mqtt/ical-requests.ts';
import { readIcalLine } from '../../../../../server/drivers/ical.ts';
import { readComponents } from '../../../../../server/programme/ical/components.ts';
import type { Mapping } from '../../../../../server/programme/ical/mapped-event.ts';
import { readPlan } from '../../../../../server/programme/ical/read-plan.ts';

const NOW = Date.parse('2026-11-13T09:00:00+07:00');
const AS: Mapping = { band: 40, outputs: ['panel'], text: 'summary', media: [] };
const SEED = Number(process.env.PRAKAT_SEED ?? Date.now() % 2 ** 31);

function read(file: string | Uint8Array, as: Mapping | undefined = AS) {
  const { calendars, faults } = readComponents(Buffer.from(file), readIcalLine);
  const plan = readPlan(calendars, { as, categories: new Map() }, NOW);
  return { ...plan, faults: [...faults, ...plan.faults] };
}
const START = 'DTSTART;TZID=Asia/Bangkok:20261116T063000';
/** The event begins on the second line. */
const calendar = (...lines: string[]) =>
  ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:u', 'SUMMARY:ข่าว', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join(
    '\n',
  );
const zone = (rule: string) =>
  [
    'BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Europe/Berlin',
    `BEGIN:DAYLIGHT\nDTSTART:19810329T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n${rule}\nEND:DAYLIGHT`,
    'BEGIN:STANDARD\nDTSTART:19961027T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE',
    'BEGIN:VEVENT\nUID:u\nSUMMARY:x\nDTSTART;TZID=Europe/Berlin:20261116T063000\nEND:VEVENT\nEND:VCALENDAR',
  ].join('\n');

describe('what a programme cannot say is refused by its name, never changed', () => {
  it.each([
    ['each second', calendar(START, 'RRULE:FREQ=SECONDLY'), 'rule-unsupported', 'line 6, RRULE, u'],
    [
      'twice a minute',
      calendar(START, 'RRULE:FREQ=MINUTELY;BYSECOND=0,30'),
      'rule-unsupported',
      'line 6, RRULE, u',
    ],
    [
      'week numbers',
      calendar(START, 'RRULE:FREQ=YEARLY;BYWEEKNO=20'),
      'rule-unsupported',
      'line 6, RRULE, u',
    ],
    ['two rules', calendar(START, 'RRULE:FREQ=DAILY', 'RRULE:FREQ=WEEKLY'), 'two-rules', 'line 7, RRULE, u'],
    ['a rule of exceptions', calendar(START, 'EXRULE:FREQ=WEEKLY'), 'exrule', 'line 6, EXRULE, u'],
    [
      'a start beside its rule',
      calendar(START, 'RRULE:FREQ=WEEKLY;BYDAY=TU'),
      'start-off-rule',
      'line 5, DTSTART, u',
    ],
    ['periods', calendar(START, 'RDATE;VALUE=PERIOD:20261117T063000/PT1H'), 'period', 'line 6, RDATE, u'],
    [
      'days left out of times',
      calendar(START, 'RRULE:FREQ=DAILY', 'EXDATE;VALUE=DATE:20261117'),
      'all-day-time',
      'line 7, EXDATE, u',
    ],
    ['a zone of nobody', calendar('DTSTART;TZID=Mars:20261116T063000'), 'unknown-zone', 'line 5, DTSTART, u'],
    [
      'another day in UTC',
      calendar('DTSTART:20261116T233000Z', 'RRULE:FREQ=WEEKLY;BYDAY=MO'),
      'foreign-zone-rule',
      'line 6, RRULE, u',
    ],
    ['no day', calendar('DTSTART:20260230T063000'), 'bad-time', 'line 5, DTSTART, u'],
    ['no start', calendar(), 'no-start', 'line 2, u'],
    ['nonsense', calendar(START, 'no colon here'), 'bad-line', 'line 6'],
    ['summer time', zone('RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU'), 'zone-moves', 'line 19, DTSTART, u'],
    ['an end too many', 'BEGIN:VCALENDAR\nEND:VEVENT', 'wrong-end', 'line 2'],
    ['a page of the web', '<!doctype html><html></html>', 'no-calendar', 'line 1'],
  ])('%s', (_what, file, code, path) => {
    const { faults } = read(file);
    const fault = faults.find((each) => each.code === code);
    expect(faults).toContainEqual(expect.objectContaining({ code, path }));
    expect(fault?.th).toMatch(/[ก-๙]/);
    expect(`${fault?.en}${fault?.th}`).not.toMatch(/[{}]/);
  });

  it('this and all that follow', () => {
    const file = calendar(START, 'RRULE:FREQ=DAILY').replace(
      'END:VCALENDAR',
      'BEGIN:VEVENT\nUID:u\nSUMMARY:x\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261118T063000\nDTSTART:20261118T070000\nEND:VEVENT\nEND:VCALENDAR',
    );
    expect(read(file).faults).toMatchObject([{ code: 'this-and-future', path: 'line 11, RECURRENCE-ID, u' }]);
  });

  it('HTML, and an event for which there is no mapping', () => {
    const file = calendar(START, 'DESCRIPTION:<p>น้ำท่วม</p>');
    expect(read(file, { ...AS, text: 'both' }).faults).toMatchObject([{ code: 'html-text' }]);
    const { calendars } = readComponents(Buffer.from(file), readIcalLine);
    expect(readPlan(calendars, { as: undefined, categories: new Map() }, NOW).faults).toMatchObject([
      { code: 'no-mapping' },
    ]);
  });
});

it('what is over is left out and counted', () => {
  const old = calendar('DTSTART:20251116T063000', 'RRULE:FREQ=DAILY;COUNT=3');
  expect(read(old)).toMatchObject({ entries: [], leftOut: { past: 1 }, faults: [] });
});

it('a file that is too large is not read at all', () => {
  expect(read(Buffer.alloc(ICAL_LIMITS.bytes + 1, 'x')).faults).toMatchObject([{ code: 'file-too-large' }]);
});

it(`mangled files end in entries or in faults, quickly and without a crash (PRAKAT_SEED=${SEED})`, () => {
  const whole = ['google', 'outlook', 'apple'].map((name) =>
    readFileSync(new URL(`../../../../fixtures/ical/${name}.ics`, import.meta.url)),
  );
  const cut = fc.record({
    file: fc.constantFrom(...whole),
    at: fc.nat(4_000),
    length: fc.nat(60),
    put: fc.uint8Array({ maxLength: 40 }),
  });
  fc.assert(
    fc.property(cut, ({ file, at, length, put }) => {
      const bytes = Buffer.concat([file.subarray(0, at), put, file.subarray(at + length)]);
      expect(read(bytes, { ...AS, all_day_at: '08:00' }).events).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 500, seed: SEED },
  );
});
