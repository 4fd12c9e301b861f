import { beforeEach, describe, expect, it } from 'vitest';
import { addHall } from '../office.ts';
import { entry, openProvince, type Plans, type Province, plansOf, sign, stateWith } from './province.ts';

let province: Province;
let draft: Plans['draft'];
let publish: Plans['publish'];
let current: Plans['current'];
beforeEach(async () => {
  // Friday, 13 November 2026, 09:00.
  province = await openProvince();
  ({ draft, publish, current } = plansOf(province));
});

const chime = (title: string) => ({ title, tower: { chime: 'attention' } });

describe('a draft', () => {
  it('is kept, published as the next version, and gone then', async () => {
    expect(await province.ask('draft', { area: '43' })).toMatchObject({
      draft: false,
      based_on: 0,
      entries: [],
    });
    await draft('43', [entry('morning', '14T06:30', { rule: 'FREQ=DAILY' })]);
    expect(await province.ask('draft', { area: '43' })).toMatchObject({
      draft: true,
      by: 'somchai',
      based_on: 0,
    });
    expect(await current('43')).toBeUndefined();
    expect(await publish('43', { dry_run: true })).toMatchObject({ data: { published: false, version: 1 } });
    expect(await current('43')).toBeUndefined();
    expect(await publish('43')).toMatchObject({ data: { published: true, version: 1, entries: 1 } });
    expect(await current('43')).toMatchObject([{ id: 'morning' }]);
    expect(await publish('43')).toMatchObject({ error: { code: 'no-draft' } });
  });

  it('is thrown away on demand, and not published over what somebody else published meanwhile', async () => {
    await draft('43', [entry('a', '14T06:30')]);
    await province.ask('draft', { area: '43', discard: true });
    expect(await publish('43')).toMatchObject({ error: { code: 'no-draft' } });
    await draft('43', [entry('a', '14T06:30')]);
    await province.ask('programme', { area: '43', entries: [entry('b', '14T07:30')] });
    expect(await publish('43')).toMatchObject({ error: { code: 'draft-outdated' } });
    expect(await publish('43', { accept: ['conflicts'] })).toMatchObject({ data: { version: 2 } });
  });
});

describe('a look at a plan that is still being moved', () => {
  it('tells what it would meet, and keeps nothing', async () => {
    await draft('43', [entry('long', '14T06:30', { announcement: sign('ข่าวจังหวัด', 200) })]);
    await publish('43');
    const moved = {
      entries: [entry('short', '14T06:31', { announcement: sign('ข่าวอำเภอ', 5) })],
      look_only: true,
    };
    const look = await province.ask('draft', { area: '4301', ...moved });
    expect(look).toMatchObject({ draft: false, entries: [{ id: 'short' }] });
    expect(look.check.conflicts).toMatchObject([{ entry: '4301/short', against: '43/long' }]);
    expect(await province.ask('draft', { area: '4301' })).toMatchObject({ draft: false, entries: [] });
    // Who only reads may look, and may not write.
    expect(await province.answer('malee', 'draft', { area: '4301', ...moved })).toMatchObject({
      status: 'ok',
    });
    expect(await province.answer('malee', 'draft', { area: '4301', entries: [] })).toMatchObject({
      error: { code: 'not-allowed' },
    });
  });
});

describe('two people at one draft', () => {
  it('do not overwrite each other unseen', async () => {
    const write = (over: string, id: string) =>
      province.answer('somchai', 'draft', { area: '43', entries: [entry(id, '14T06:30')], over });
    const first = await write('none', 'a');
    expect(first).toMatchObject({ status: 'ok' });
    expect(await write('none', 'b')).toMatchObject({ error: { code: 'draft-changed' } });
    const { changed_at = '' } = await province.ask('draft', { area: '43' });
    province.clock.step(60_000);
    expect(await write(changed_at, 'c')).toMatchObject({ status: 'ok' });
    expect(await write(changed_at, 'd')).toMatchObject({ error: { code: 'draft-changed' } });
    expect(
      await province.answer('somchai', 'draft', { area: '43', discard: true, over: changed_at }),
    ).toMatchObject({
      error: { code: 'draft-changed' },
    });
    expect(await province.ask('draft', { area: '43' })).toMatchObject({ entries: [{ id: 'c' }] });
  });
});

describe('a dry run', () => {
  it('tells what becomes otherwise', async () => {
    await draft('43', [entry('stays', '14T06:30'), entry('goes', '14T07:30'), entry('moves', '14T08:30')]);
    await publish('43');
    await draft('43', [entry('stays', '14T06:30'), entry('moves', '14T09:30'), entry('comes', '14T10:30')]);
    expect(await publish('43', { dry_run: true })).toMatchObject({
      data: { change: { added: [{ id: 'comes' }], changed: [{ id: 'moves' }], removed: [{ id: 'goes' }] } },
    });
  });
});

describe('rolling back', () => {
  it('publishes what an earlier version said as the next one', async () => {
    for (const id of ['one', 'two']) {
      await draft('43', [entry(id, '14T06:30')]);
      await publish('43');
    }
    expect(await publish('43', { version: 1 })).toMatchObject({ data: { version: 3 } });
    expect(await current('43')).toMatchObject([{ id: 'one' }]);
    const { versions } = await province.ask('versions', { area: '43' });
    expect(versions.map(({ version, same_as }) => [version, same_as])).toEqual([
      [3, 1],
      [2, undefined],
      [1, undefined],
    ]);
    expect(await publish('43', { version: 9 })).toMatchObject({ error: { code: 'unknown-version' } });
  });
});

describe('conflicts are found before publishing, by the resolver of the boxes', () => {
  it('with a programme above: what loses, and to whom', async () => {
    await draft('43', [entry('long', '14T06:30', { announcement: sign('ข่าวจังหวัด', 200) })]);
    await publish('43');
    const { check } = await draft('4301', [entry('news', '14T06:31', { grace_s: 0 })]);
    expect(check.conflicts).toMatchObject([
      {
        kind: 'loses',
        entry: '4301/news',
        against: '43/long',
        output: 'panel',
        times: 1,
        first: '2026-11-14T06:31:00.000+07:00',
        th: expect.stringContaining('ข่าวจังหวัด'),
      },
    ]);
    expect(await publish('4301')).toMatchObject({
      error: { code: 'programme-conflicts', faults: [{ path: '4301/news', code: 'loses' }] },
    });
    expect(await publish('4301', { accept: ['conflicts'] })).toMatchObject({ data: { published: true } });
  });

  it('with programmes below, in each village that has its own', async () => {
    for (const village of ['43010101', '43010102']) {
      await draft(village, [entry('head', '15T07:00', { rule: 'FREQ=DAILY', grace_s: 0 })]);
      await publish(village);
    }
    const { check } = await draft('43', [
      entry('ceremony', '15T06:59', { rule: 'FREQ=WEEKLY', announcement: sign('ยาว', 100) }),
    ]);
    // Five Sundays in the 32 days that are looked at; both heads suffer.
    expect(check.conflicts).toMatchObject([
      { kind: 'loses', entry: '43010101/head', times: 5, areas: ['43010101'] },
      { kind: 'loses', entry: '43010102/head', times: 5 },
    ]);
    expect(check.names).toEqual({
      '43010101': { th: 'หมู่ที่ 1 ตำบลในเมือง', en: 'Moo 1, Tambon Nai Mueang' },
      '43010102': { th: 'หมู่ที่ 2 ตำบลในเมือง', en: 'Moo 2, Tambon Nai Mueang' },
    });
  });

  it('that only wait are told, and hinder nothing', async () => {
    const entries = [entry('a', '14T06:30'), entry('b', '14T06:30', { grace_s: 60 })];
    expect((await draft('43', entries)).check.conflicts).toMatchObject([{ kind: 'waits', entry: '43/b' }]);
    expect(await publish('43')).toMatchObject({ data: { published: true } });
  });

  it('with the quiet hours and the minutes a day of the halls', async () => {
    await addHall(province.db, 'hall-a', '43010101');
    const laws = {
      quiet: [{ from: '21:00', until: '06:00' }],
      minutes_a_day: 1,
      minutes_a_day_of: {},
      ceilings: [],
    };
    await province.db.devices.states(new Map([['hall-a', stateWith({ tower: { works: true } }, { laws })]]));
    const early = entry('early', '14T05:30', { announcement: chime('ตื่นเถิด') });
    const often = entry('often', '14T08:00', {
      rule: 'FREQ=MINUTELY;INTERVAL=5;COUNT=30',
      announcement: chime('บ่อย'),
    });
    const { check } = await draft('43', [early, often]);
    expect(check.conflicts).toMatchObject([
      { kind: 'quiet-hours', entry: '43/early', output: 'tower', times: 1, areas: ['43010101'] },
      // 2.6 seconds each: 23 fit into a minute.
      { kind: 'minutes-a-day', entry: '43/often', times: 7 },
    ]);
  });
});

describe("a village head's slot inside the province's plan", () => {
  const slots = [
    { id: 'heads', starts: '2026-11-14T18:00:00', rule: 'FREQ=DAILY', minutes: 1, level: 'village' },
  ];
  beforeEach(async () => {
    await draft('43', [entry('news', '14T06:30')], { slots });
    await publish('43');
  });
  const head = (starts: string, announcement: object) =>
    draft('43010101', [entry('own', starts, { announcement })], {}, 'kamnan');

  it('is kept to: what lies outside it or lasts too long needs the province', async () => {
    expect((await head('14T18:00', chime('ประชุม'))).check.conflicts).toEqual([]);
    expect(await publish('43010101', {}, 'kamnan')).toMatchObject({ data: { published: true } });
    expect((await head('14T12:00', chime('ประชุม'))).check.conflicts).toMatchObject([
      { kind: 'outside-slot', entry: '43010101/own', against: '43/heads' },
    ]);
    const accept = ['conflicts'];
    expect(await publish('43010101', { accept }, 'kamnan')).toMatchObject({
      error: { code: 'slot-of-another' },
    });
    expect(await publish('43010101', { accept })).toMatchObject({ data: { published: true } });
    const tenMinutes = {
      title: 'ยาว',
      tower: { chime: 'attention', parts: [{ type: 'pause', ms: 60_000 }] },
    };
    expect((await head('14T18:00', tenMinutes)).check.conflicts).toMatchObject([{ kind: 'overruns-slot' }]);
  });

  it('binds whoever gave it too, and the sign of a village not at all', async () => {
    const { check } = await draft('43', [entry('news', '14T18:00', { announcement: chime('ทับ') })]);
    expect(check.conflicts).toMatchObject([{ kind: 'in-slot', entry: '43/news', against: '43/heads' }]);
    expect((await head('14T12:00', sign('ป้ายหมู่บ้าน'))).check.conflicts).toEqual([]);
  });
});

describe('what begins within ten minutes', () => {
  it('is not changed without saying so, by a draft or at once', async () => {
    await draft('43', [entry('soon', '13T09:08'), entry('later', '13T09:30')]);
    expect(await publish('43')).toMatchObject({
      error: { code: 'programme-frozen', en: expect.stringContaining('43/soon') },
    });
    expect(await publish('43', { accept: ['frozen'] })).toMatchObject({ data: { version: 1 } });
    const entries = [entry('soon', '13T09:08', { announcement: sign('อื่น') }), entry('later', '13T09:30')];
    expect(await province.answer('somchai', 'programme', { area: '43', entries })).toMatchObject({
      error: { code: 'programme-frozen' },
    });
    // What begins later may go.
    expect(
      await province.answer('somchai', 'programme', { area: '43', entries: [entry('soon', '13T09:08')] }),
    ).toMatchObject({
      data: { version: 2 },
    });
  });
});
