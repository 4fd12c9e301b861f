import { describe, expect, it } from 'vitest';
import { readIcalLine } from '../../../../../server/drivers/ical.ts';
import { readComponents } from '../../../../../server/programme/ical/components.ts';
import type { Mapping } from '../../../../../server/programme/ical/mapped-event.ts';
import { readPlan } from '../../../../../server/programme/ical/read-plan.ts';

const NOW = Date.parse('2026-11-13T09:00:00+07:00');
const AS: Mapping = { band: 40, outputs: ['panel'], text: 'summary', media: [], all_day_at: '08:00' };

function read(file: string | Uint8Array) {
  const { calendars, faults } = readComponents(Buffer.from(file), readIcalLine);
  const plan = readPlan(calendars, { as: AS, categories: new Map() }, NOW);
  return {
    faults: [...faults, ...plan.faults].map(({ path, code }) => `${path}: ${code}`),
    entries: plan.entries.map(({ entry: { starts, rule, except, announcement } }) => [
      announcement.title,
      starts,
      rule,
      except,
    ]),
    leftOut: plan.leftOut,
  };
}
const lines = (...all: string[]) => all.join('\r\n');
const calendar = (...inside: string[]) =>
  lines('BEGIN:VCALENDAR', 'VERSION:2.0', ...inside, 'END:VCALENDAR', '');
const event = (...inside: string[]) => lines('BEGIN:VEVENT', 'UID:u', ...inside, 'END:VEVENT');

const T = 'DTSTART;TZID=Asia/Bangkok:20261116T063000';
const TITLE = 'ประชุมหมู่บ้านประจำเดือนที่ศาลาประชาคม';

describe('files as programs really write them', () => {
  it('folded at any octet, also inside a letter (RFC 5545, 3.1)', () => {
    const whole = Buffer.from(calendar(event(`SUMMARY:${TITLE}`, T)));
    const begins = whole.indexOf(Buffer.from(TITLE));
    for (let at = begins + 1; at < begins + 40; at++) {
      const folded = Buffer.concat([whole.subarray(0, at), Buffer.from('\r\n '), whole.subarray(at)]);
      expect(read(folded), `folded at ${at}`).toMatchObject({
        faults: [],
        entries: [[TITLE, '2026-11-16T06:30:00', undefined, []]],
      });
    }
  });

  it('with a byte order mark, and bytes that are none on a line that is named', () => {
    expect(read(`\ufeff${calendar(event('SUMMARY:ก', T))}`).faults).toEqual([]);
    const broken = Buffer.from(calendar(event('SUMMARY:ก', T)));
    broken[broken.indexOf(Buffer.from('ก')) + 1] = 0xff;
    expect(read(broken).faults).toEqual(['line 5: not-utf8']);
  });

  it('one time of a series is private: its words are left out, and the series is not said then', () => {
    const series = event('SUMMARY:ออกกำลังกาย', T, 'RRULE:FREQ=DAILY;COUNT=5');
    const one = event(
      'SUMMARY:นัดแพทย์',
      'CLASS:PRIVATE',
      'RECURRENCE-ID;TZID=Asia/Bangkok:20261117T063000',
      'DTSTART;TZID=Asia/Bangkok:20261117T090000',
    );
    expect(read(calendar(series, one))).toMatchObject({
      faults: [],
      entries: [['ออกกำลังกาย', '2026-11-16T06:30:00', 'FREQ=DAILY;COUNT=5', ['2026-11-17T06:30:00']]],
      leftOut: { private: 1 },
    });
  });

  it('a zone that is named and not described is known by its name', () => {
    const zone = lines('BEGIN:VTIMEZONE', 'TZID:Asia/Bangkok', 'END:VTIMEZONE');
    expect(read(calendar(zone, event('SUMMARY:ก', T)))).toMatchObject({
      faults: [],
      entries: [['ก', '2026-11-16T06:30:00', undefined, []]],
    });
  });

  it('an event that Outlook calls one of whole days is not said at midnight', () => {
    const OUTLOOK = 'TZID="SE Asia Standard Time"';
    const days = event(
      'SUMMARY:วันพ่อ',
      `DTSTART;${OUTLOOK}:20261205T000000`,
      `DTEND;${OUTLOOK}:20261206T000000`,
      'RRULE:FREQ=YEARLY;COUNT=3',
      `EXDATE;${OUTLOOK}:20271205T000000`,
      'X-MICROSOFT-CDO-ALLDAYEVENT:TRUE',
    );
    expect(read(calendar(days))).toMatchObject({
      faults: [],
      entries: [['วันพ่อ', '2026-12-05T08:00:00', 'FREQ=YEARLY;COUNT=3', ['2027-12-05T08:00:00']]],
    });
    const night = event(
      'SUMMARY:เคานต์ดาวน์',
      `DTSTART;${OUTLOOK}:20261231T000000`,
      'X-MICROSOFT-CDO-ALLDAYEVENT:FALSE',
    );
    expect(read(calendar(night)).entries).toEqual([['เคานต์ดาวน์', '2026-12-31T00:00:00', undefined, []]]);
  });
});
