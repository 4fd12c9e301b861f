import { beforeEach, describe, expect, it } from 'vitest';
import { PlannedEntry } from '../../../../firmware-protocol/mqtt/programme-requests.ts';
import { entry, openProvince, type Plans, type Province, plansOf, sign } from './province.ts';

let province: Province;
let draft: Plans['draft'];
let publish: Plans['publish'];
beforeEach(async () => {
  // Friday, 13 November 2026, 09:00.
  province = await openProvince();
  ({ draft, publish } = plansOf(province));
});

const unfolded = (ics: string) => ics.replaceAll('\r\n ', '').split('\r\n');
const event = (lines: string[], uid = 'a@google.com') =>
  ['BEGIN:VEVENT', `UID:${uid}`, ...lines, 'END:VEVENT'].join('\r\n');
const calendar = (...events: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//TH', ...events, 'END:VCALENDAR', ''].join('\r\n');
const as = { band: 40, outputs: ['panel'] };

describe('the plan of an area as iCalendar', () => {
  it('says when, what and where, with the version as SEQUENCE', async () => {
    const rest = { rule: 'FREQ=WEEKLY;BYDAY=MO,FR;UNTIL=20261231', except: ['2026-11-20T06:30:00'] };
    await draft('43', [entry('news', '14T06:30', rest)]);
    await publish('43');
    const told = await province.ask('ical', { area: '43' });
    expect(told).toMatchObject({ area: '43', which: 'published', version: 1, entries: 1 });
    // The Saturday of `starts` is no day of the rule; the first that is one is Monday, the 16th.
    const lines = unfolded(told.ics);
    expect(lines).toEqual(
      expect.arrayContaining([
        'UID:news.43@prakat',
        'SEQUENCE:1',
        'DTSTART;TZID=Asia/Bangkok:20261116T063000',
        'RRULE:FREQ=WEEKLY;BYDAY=MO,FR;UNTIL=20261231T165959Z',
        'EXDATE;TZID=Asia/Bangkok:20261120T063000',
        'DURATION:PT30S',
        'SUMMARY:ข่าว news',
        'CATEGORIES:scheduled,panel',
      ]),
    );
    expect(told.ics.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
  });

  it('writes the days of calendars out, and says until when', async () => {
    await draft('43', [entry('tham', '13T06:00', { rule: 'FREQ=DAILY', only_on: ['wan-phra'] })]);
    const told = await province.ask('ical', { area: '43', which: 'draft', days: 31 });
    expect(told.until).toBe('2026-12-14T00:00:00.000+07:00');
    const dates = unfolded(told.ics).filter((line) => /^(DTSTART;|RDATE)/.test(line));
    expect(dates).toEqual([
      'DTSTART;TZID=Asia/Bangkok:20261117T060000',
      'RDATE;TZID=Asia/Bangkok:20261124T060000,20261202T060000,20261209T060000',
    ]);
    expect(told.ics).not.toContain('RRULE');
  });

  it('cancels what never starts, for other programs would show it on its first day', async () => {
    await draft('43', [entry('never', '13T06:00', { rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' })]);
    const { ics } = await province.ask('ical', { area: '43', which: 'draft' });
    expect(unfolded(ics)).toContain('STATUS:CANCELLED');
  });

  it('comes back as it was', async () => {
    const entries = [
      entry('news', '14T06:30', { rule: 'FREQ=WEEKLY;BYDAY=MO,FR;UNTIL=20261231', grace_s: 17 }),
      entry('tham', '13T06:00', { rule: 'FREQ=DAILY', only_on: ['wan-phra'] }),
      entry('once', '15T12:00', {
        announcement: { ...sign('หนึ่ง, สอง; สาม\\สี่\nห้า'), title: 'หนึ่ง, สอง; สาม\\สี่' },
      }),
      entry('never', '13T06:00', { rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }),
    ];
    const slots = [
      { id: 'heads', starts: '2026-11-14T18:00:00', rule: 'FREQ=DAILY', minutes: 10, level: 'village' },
    ];
    const before = await draft('43', entries, { slots });
    const { ics } = await province.ask('ical', { area: '43', which: 'draft' });
    await province.ask('draft', { area: '43', discard: true });
    const after = await province.ask('adopt', { area: '43', ics, replace: true });
    expect(after).toMatchObject({ done: true, ours: 4, mapped: 0 });
    expect(after.entries).toEqual(before.entries);
    expect(after.slots).toEqual(before.slots);
  });

  it('keeps what was moved in another calendar, and all else of it', async () => {
    await draft('43', [entry('news', '14T06:30', { rule: 'FREQ=DAILY', grace_s: 17 })]);
    const { ics } = await province.ask('ical', { area: '43', which: 'draft' });
    const moved = ics.replace('20261114T063000', '20261114T070000').replace('ข่าว news', 'ข่าวเช้า');
    const after = await province.ask('adopt', { area: '43', ics: moved });
    expect(after.entries).toMatchObject([
      {
        id: 'news',
        starts: '2026-11-14T07:00:00',
        rule: 'FREQ=DAILY',
        grace_s: 17,
        announcement: { title: 'ข่าวเช้า' },
      },
    ]);
  });
});

it('that would be longer than a message is refused before it is written, with how many days fit', async () => {
  const hourly = (at: number) =>
    entry(`h-${at}`, '14T00:00', {
      rule: 'FREQ=DAILY;BYHOUR=8,18',
      only_on: ['wan-phra'],
      announcement: sign(`ข่าว ${at} ${'ประชาสัมพันธ์'.repeat(3)}`),
    });
  const entries = Array.from({ length: 250 }, (_, at) => hourly(at));
  const source = { entries: entries.map((each) => PlannedEntry.parse(each)), slots: [] };
  await province.db.drafts.put({ area: '43', basedOn: 0, source, by: 'somchai', changedAt: 0 });
  const ask = (days: number) => province.answer('somchai', 'ical', { area: '43', which: 'draft', days });
  const answer = await ask(732);
  const fault = answer.status === 'error' ? answer.error.faults[0] : undefined;
  expect(answer).toMatchObject({ error: { code: 'answer-too-large' } });
  expect(fault).toMatchObject({ path: 'days', th: expect.stringMatching(/^โปรดขอไม่เกิน \d+ วัน$/) });
  const fitting = Number(/\d+/.exec(fault?.en ?? '')?.[0]);
  expect(await ask(fitting)).toMatchObject({ status: 'ok' });
});

describe('a calendar of another program', () => {
  const adopt = (ics: string, rest: object = { as }) =>
    province.answer('somchai', 'adopt', { area: '43', ics, ...rest });

  it('becomes a draft by the mapping, and nothing is published', async () => {
    const ics = calendar(
      event([
        'DTSTART;TZID=Asia/Bangkok:20261116T063000',
        'RRULE:FREQ=DAILY;COUNT=5',
        'SUMMARY:ข่าวเช้า',
        'CATEGORIES:ข่าว',
      ]),
      event(['DTSTART;VALUE=DATE:20261205', 'DTEND;VALUE=DATE:20261208', 'SUMMARY:งานวัด'], 'b'),
    );
    const categories = { ข่าว: { ...as, band: 20 } };
    const answer = await adopt(ics, { as: { ...as, all_day_at: '08:00' }, categories });
    expect(answer).toMatchObject({
      data: {
        draft: true,
        mapped: 2,
        entries: [
          { starts: '2026-11-16T06:30:00', rule: 'FREQ=DAILY;COUNT=5', band: 20 },
          { starts: '2026-12-05T08:00:00', rule: 'FREQ=DAILY;COUNT=3', band: 40 },
        ],
      },
    });
    expect(await province.programmes.current('43')).toBeUndefined();
    // The same file again replaces what it brought.
    const again = await adopt(ics, { as: { ...as, all_day_at: '09:00' } });
    expect(again).toMatchObject({ data: { entries: [{ band: 40 }, { starts: '2026-12-05T09:00:00' }] } });
  });

  it('is taken whole or not at all, and every fault has its line and UID, in both languages', async () => {
    const ics = calendar(
      event(['DTSTART;TZID=Asia/Bangkok:20261116T063000', 'SUMMARY:ดี'], 'good'),
      event(['DTSTART:20261116T063000Z', 'RRULE:FREQ=SECONDLY', 'SUMMARY:ทุกวินาที'], 'bad'),
      event(['DTSTART;VALUE=DATE:20261205', 'SUMMARY:ทั้งวัน'], 'day'),
    );
    expect(await adopt(ics)).toMatchObject({
      error: {
        code: 'ical-invalid',
        faults: [
          {
            path: 'line 12, RRULE, bad',
            code: 'rule-unsupported',
            en: expect.stringContaining('FREQ is one of'),
            th: expect.stringContaining('FREQ ต้องเป็น'),
          },
          { path: 'line 17, DTSTART, day', code: 'all-day-time' },
        ],
      },
    });
    expect(await province.ask('draft', { area: '43' })).toMatchObject({ draft: false, entries: [] });
  });
});
