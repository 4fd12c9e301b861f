import { beforeEach, describe, expect, it } from 'vitest';
import { processorWatch } from '../../processor-time.ts';
import { addHall } from '../office.ts';
import { openProvince, type Province, stateWith } from './province.ts';

const TABLE = `รหัสหมู่บ้าน,ชื่อหมู่บ้าน,ละติจูด,ลองจิจูด,ป้าย,กลุ่ม
43010101,บ้านโนนสว่าง,17.87,102.74,มี,nam-khong
43010102,บ้านท่าเสด็จ,17.88,102.75,,nam-khong
43020101,บ้านฝั่งแดง,17.90,102.60,,`;
let province: Province;

beforeEach(async () => {
  province = await openProvince();
});
const listed = async () => (await province.ask('places', {})).villages.map(({ village }) => village);

describe('villages', () => {
  it('are imported whole, said again, and asked for by area', async () => {
    expect((await province.ask('places', { csv: TABLE })).imported).toMatchObject({
      done: true,
      villages: 3,
      added: 3,
      changed: 0,
      without_point: 0,
      groups: ['nam-khong'],
      encoding: 'utf-8',
    });
    const again = TABLE.replace('บ้านท่าเสด็จ', 'บ้านท่าเสด็จใหม่');
    expect((await province.ask('places', { csv: again })).imported).toMatchObject({ added: 0, changed: 1 });
    expect((await province.ask('places', { area: '4301' }, 'malee')).villages).toMatchObject([
      { village: '43010101', name: 'บ้านโนนสว่าง', sites: [{ lat: 17.87, outputs: ['tower', 'panel'] }] },
      { village: '43010102', name: 'บ้านท่าเสด็จใหม่' },
    ]);
  });

  it('are not imported at all where one line is wrong, outside the account, or of no area', async () => {
    const wrong = `${TABLE}\n41010101,บ้านของอุดร,,,,\n43999901,บ้านไม่มี,,,,\n430101,ตำบล,,,,`;
    const answer = await province.answer('somchai', 'places', { csv: wrong });
    expect(answer).toMatchObject({
      status: 'error',
      error: {
        code: 'places-invalid',
        faults: [
          { path: 'line 7, code', code: 'bad-area' },
          { path: 'line 5, code', code: 'outside-scope' },
          { path: 'line 6, code', code: 'unknown-area' },
        ],
      },
    });
    expect(await listed()).toEqual([]);
  });

  it('are only told about in a dry run, and replaced where that is asked', async () => {
    expect((await province.ask('places', { csv: TABLE, dry_run: true })).imported).toMatchObject({
      done: false,
      added: 3,
    });
    expect(await listed()).toEqual([]);
    await province.ask('places', { csv: TABLE });
    const csv = 'code,name\n43010103,บ้านใหม่';
    const { imported } = await province.ask('places', { csv, area: '4301', replace: true });
    expect(imported?.dropped).toEqual(['43010101', '43010102']);
    expect(await listed()).toEqual(['43010103', '43020101']);
  });

  it('may not be imported by who only looks', async () => {
    expect(await province.answer('malee', 'places', { csv: TABLE })).toMatchObject({
      error: { code: 'not-allowed' },
    });
  });

  it('of a whole province, a thousand, come in within seconds and go out page by page', async () => {
    const rows = Array.from({ length: 1_300 }, (_, at) => {
      const [tambon, moo] = [Math.floor(at / 99), (at % 99) + 1];
      return `${430101 + (tambon % 10) + 100 * Math.floor(tambon / 10)}${String(moo).padStart(2, '0')},บ้านที่ ${at},17.8,102.7`;
    });
    const tookMs = processorWatch();
    const csv_base64 = Buffer.from(`code,name,lat,lon\n${rows.join('\n')}`).toString('base64');
    expect((await province.ask('places', { csv_base64 })).imported?.added).toBe(1_300);
    expect(tookMs()).toBeLessThan(10_000);
    const first = await province.ask('places', {});
    expect([first.total, first.villages.length]).toEqual([1_300, 1_000]);
    const second = await province.ask('places', { after: first.next });
    expect([second.villages.length, second.next]).toEqual([300, undefined]);
  });
});

describe('groups', () => {
  beforeEach(async () => {
    await province.ask('places', { csv: TABLE });
    for (const [id, village] of [
      ['hall-a', '43010101'],
      ['hall-b', '43010102'],
      ['hall-c', '43020101'],
    ] as const)
      await addHall(province.db, id, village);
  });

  it('are targets, resolved when the order is sent', async () => {
    const push = { to: ['group/nam-khong', '43010101'], text: 'น้ำโขงสูง เก็บของขึ้นที่สูง' };
    expect(await province.ask('push', push)).toMatchObject({ to: ['43010101', '43010102'], devices: 2 });
    await province.ask('groups', { group: 'nam-khong', areas: ['43010101', '43020101'] });
    expect(await province.ask('push', push)).toMatchObject({ to: ['43010101', '43020101'] });
    expect((await province.lastOrder()).to).toEqual(['43010101', '43020101']);
    expect(await province.ask('stop', { to: ['group/nam-khong'] })).toMatchObject({ devices: 2 });
  });

  it('that do not exist, or reach beyond the account, are refused at their place', async () => {
    expect(await province.answer('somchai', 'push', { to: ['43', 'group/nobody'], text: 'ก' })).toMatchObject(
      {
        error: { code: 'unknown-group', faults: [{ path: 'to[1]' }] },
      },
    );
    expect(await province.answer('kamnan', 'push', { to: ['group/nam-khong'], text: 'ก' })).toMatchObject({
      error: { code: 'outside-scope' },
    });
    expect(
      await province.answer('kamnan', 'groups', { group: 'nam-khong', areas: ['43010101'] }),
    ).toMatchObject({
      error: { code: 'outside-scope' },
    });
  });

  it('are made, told with their boxes, and taken away', async () => {
    await province.ask('groups', {
      group: 'schools',
      title: 'โรงเรียน',
      areas: ['4301', '43010101', '43020101'],
    });
    expect((await province.ask('groups', {})).groups).toMatchObject([
      { group: 'nam-khong', devices: 2 },
      { group: 'schools', title: 'โรงเรียน', areas: ['4301', '43020101'], devices: 3, by: 'somchai' },
    ]);
    expect((await province.ask('groups', {}, 'malee')).groups.map(({ group }) => group)).toEqual([
      'nam-khong',
    ]);
    await province.ask('groups', { group: 'schools', remove: true });
    expect(await province.answer('somchai', 'groups', { group: 'schools' })).toMatchObject({
      error: { code: 'unknown-group' },
    });
  });
});

describe('a push counts who has something to say it with', () => {
  it('each hall by what it told of itself', async () => {
    const works = { works: true };
    for (const [id, outputs] of Object.entries({
      both: { tower: works, panel: works },
      'sign-only': { panel: works },
      bare: {},
    })) {
      await addHall(province.db, id, '43010101');
      await province.db.devices.states(new Map([[id, stateWith(outputs)]]));
      await province.heard(id);
    }
    await addHall(province.db, 'silent-one', '43010102');
    expect(await province.ask('push', { to: ['43', 'device/bare'], text: 'ก' })).toMatchObject({
      devices: 4,
      reach: { tower: 1, panel: 2, neither: 1, untold: 1 },
    });
  });
});

describe('coverage', () => {
  it('tells per district who has a box that works, who has not, and since when', async () => {
    await province.ask('places', { csv: TABLE });
    const hall = async (id: string, village: string, outputs: object, online = true) => {
      await addHall(province.db, id, village, online);
      await province.db.devices.states(new Map([[id, stateWith(outputs)]]));
      await province.heard(id);
    };
    await hall('good', '43010101', { tower: { works: true } });
    await hall('spare', '43010101', {}, false);
    await hall('dumb', '43020102', { tower: { works: false } });
    await province.clock.advance(3_600_000);
    await province.heard('dumb');
    await hall('away', '43010102', { tower: { works: true } }, false);
    await province.db.devices.seen(new Map([['away', province.clock.wall()]]));
    const told = await province.ask('coverage', { area: '43' });
    expect(told.parts).toMatchObject([
      { area: '4301', th: 'อำเภอเมืองหนองคาย', villages: 2, working: 1, offline: 1, without: 0 },
      { area: '4302', villages: 2, working: 0, impaired: 1, without: 1 },
    ]);
    expect(told.all).toMatchObject({ villages: 4, working: 1 });
    expect(told.wanting).toEqual([
      {
        village: '43010102',
        name: 'บ้านท่าเสด็จ',
        standing: 'offline',
        since: '2026-11-13T10:00:00.000+07:00',
        device: 'away',
      },
      { village: '43020101', name: 'บ้านฝั่งแดง', standing: 'without', since: '2026-11-13T09:00:00.000+07:00' },
      {
        village: '43020102',
        name: 'หอกระจายข่าว dumb',
        standing: 'impaired',
        since: '2026-11-13T09:00:00.000+07:00',
        device: 'dumb',
        lacks: ['tower'],
      },
    ]);
    // The survey found a sign where the box has none.
    await province.db.devices.states(new Map([['good', stateWith({ tower: { works: false } })]]));
    await province.clock.advance(60_000);
    await province.heard('good');
    expect((await province.ask('coverage', { area: '430101' })).wanting[0]).toMatchObject({
      standing: 'impaired',
      since: '2026-11-13T10:01:00.000+07:00',
      lacks: ['tower', 'panel'],
    });
  });

  it('of a wider area is that of what the asker may see', async () => {
    await province.ask('places', { csv: TABLE });
    const own = await province.ask('coverage', { area: '4301' }, 'malee');
    expect(await province.ask('coverage', {}, 'malee')).toMatchObject({
      area: 'th',
      all: own.all,
      parts: [{ area: '43' }],
    });
    expect(await province.answer('malee', 'coverage', { area: '4302' })).toMatchObject({
      error: { code: 'outside-scope' },
    });
    expect(await province.answer('malee', 'coverage', { area: '4399' })).toMatchObject({
      error: { code: 'unknown-area' },
    });
  });
});
