import { beforeEach, describe, expect, it } from 'vitest';
import { addHall } from '../office.ts';
import { entry, openProvince, type Plans, type Province, plansOf, stateWith } from './province.ts';

let province: Province;
let draft: Plans['draft'];
let publish: Plans['publish'];
let current: Plans['current'];
beforeEach(async () => {
  // Friday, 13 November 2026, 09:00.
  province = await openProvince();
  ({ draft, publish, current } = plansOf(province));
});

describe('calendars', () => {
  it('become exceptions that any box knows, and go on with each renewal', async () => {
    const daily = { rule: 'FREQ=DAILY' };
    await draft('43', [
      entry('office', '13T12:00', { ...daily, not_on: ['public-holiday'] }),
      entry('temple', '13T06:00', { ...daily, only_on: ['wan-phra'] }),
    ]);
    await publish('43');
    const [office, temple] = (await current('43')) ?? [];
    expect(office?.except).toEqual(
      ['2026-12-05', '2026-12-07', '2026-12-10', '2026-12-31', '2027-01-01'].map((day) => `${day}T12:00:00`),
    );
    // 60 days hold eight wan phra; what starts before now is nobody's.
    const kept = Array.from({ length: 59 }, (_, at) =>
      new Date(Date.UTC(2026, 10, 14 + at)).toISOString().slice(0, 10),
    ).filter((day) => !temple?.except.includes(`${day}T06:00:00`));
    expect(kept).toEqual([
      '2026-11-17',
      '2026-11-24',
      '2026-12-02',
      '2026-12-09',
      '2026-12-17',
      '2026-12-24',
      '2027-01-01',
      '2027-01-07',
    ]);
    await province.clock.advance(45 * 86_400_000);
    await province.programmes.renewDue();
    // Makha Bucha falls on a Sunday.
    expect((await current('43'))?.[0]?.except).toEqual(
      ['2026-12-31', '2027-01-01', '2027-02-21', '2027-02-22'].map((day) => `${day}T12:00:00`),
    );
  });

  it('are imported, replace what was computed, and publish anew what was planned by them', async () => {
    const csv = 'วันที่,ถึง,ชื่อ\n16/11/2569,2026-11-20,ปิดภาคเรียน\n';
    expect(
      await province.answer('somchai', 'draft', {
        area: '43',
        entries: [entry('school', '13T12:00', { rule: 'FREQ=DAILY', not_on: ['school'] })],
      }),
    ).toMatchObject({
      error: {
        code: 'request-invalid',
        faults: [{ path: 'entries[0].not_on[0]', code: 'unknown-calendar' }],
      },
    });
    await province.ask('calendar', { area: '43', name: 'school', csv });
    await draft('43', [entry('school', '13T12:00', { rule: 'FREQ=DAILY', not_on: ['school'] })]);
    await publish('43');
    expect((await current('43'))?.[0]?.except).toHaveLength(5);
    const longer = await province.ask('calendar', {
      area: '43',
      name: 'school',
      csv: `${csv}2026-11-23,,เพิ่ม\n`,
    });
    expect([longer.published, longer.days.length]).toEqual([['43'], 6]);
    expect((await current('43'))?.[0]?.except).toHaveLength(6);
    const bad = await province.answer('somchai', 'calendar', {
      area: '43',
      name: 'school',
      csv: 'date,to\n31/2/2569,\n2026-11-02,2026-11-01',
    });
    expect(bad).toMatchObject({ error: { faults: [{ path: 'line 2, date' }, { path: 'line 3, to' }] } });
    expect(await province.answer('kamnan', 'calendar', { area: '43', name: 'school', csv })).toMatchObject({
      error: { code: 'outside-scope' },
    });
  });

  it('refuse a rule that would need more exceptions than a box takes', async () => {
    const entries = [entry('hourly', '13T12:00', { rule: 'FREQ=HOURLY', only_on: ['wan-phra'] })];
    expect(await province.answer('somchai', 'draft', { area: '43', entries })).toMatchObject({
      error: { faults: [{ path: 'entries[0].only_on', code: 'too-many-exceptions' }] },
    });
  });
});

describe('delivery', () => {
  it('tells which halls hold the version, since when, by what they said', async () => {
    await draft('43', [entry('a', '14T06:30')]);
    await publish('43');
    for (const [id, version] of [
      ['new', 1],
      ['bare', undefined],
    ] as const) {
      await addHall(province.db, id, '43010101');
      const programmes = version === undefined ? [] : [{ area: '43', version }];
      await province.db.devices.states(new Map([[id, stateWith({}, { programmes })]]));
      await province.heard(id);
    }
    expect(await province.ask('delivery', { area: '43' })).toMatchObject({
      version: 1,
      has: 1,
      older: 0,
      none: 1,
      halls: [{ device: 'bare' }, { device: 'new', version: 1, since: '2026-11-13T09:00:00.000+07:00' }],
    });
    await province.ask('programme', { area: '43', entries: [] });
    await province.clock.advance(60_000);
    await province.heard('new');
    expect(await province.ask('delivery', { area: '43' })).toMatchObject({
      version: 2,
      has: 0,
      older: 1,
      none: 1,
    });
  });
});
