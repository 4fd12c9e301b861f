import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NO_LAWS } from '../../../firmware-protocol/content/site-laws.ts';
import type { Database } from '../../../server/tables.ts';
import { addHall } from '../../unit/server/office.ts';
import { stateWith } from '../../unit/server/requests/province.ts';
import { DATABASES, DatabaseSource } from './databases.ts';

/** What a province plans with, on every database that a server may have. */
describe.each(DATABASES)('the tables of a province on %s', (kind) => {
  let source: DatabaseSource;
  let db: Database;
  beforeAll(async () => {
    source = await DatabaseSource.of(kind);
  });
  afterAll(() => source.close());
  beforeEach(async () => {
    db = await source.open();
  });

  it('keep villages with their points, and when they were first listed', async () => {
    const sites = [
      { name: 'ศาลาประชาคม', point: { lat: 17.8783, lon: 102.742 }, outputs: ['tower' as const] },
    ];
    const village = {
      code: '43010101',
      name: 'บ้านเสาเล้า',
      nameEn: undefined,
      households: 214,
      sites,
      listedAt: 1_794_562_200_123,
    };
    await db.villages.put([village]);
    await db.villages.put([{ ...village, name: 'บ้านใหม่', listedAt: 1 }]);
    expect(await db.villages.within('43')).toEqual([{ ...village, name: 'บ้านใหม่' }]);
    await db.villages.drop(['43010101']);
    expect(await db.villages.within('th')).toEqual([]);
  });

  it('count halls by what they have, each once, and tell who holds what', async () => {
    await addHall(db, 'hall-a', '43010101');
    await addHall(db, 'hall-b', '43010102');
    await db.standings.put([
      { device: 'hall-a', standing: 'working', since: 5, outputs: ['tower', 'panel'] },
    ]);
    expect(await db.standings.countByOutputs(['43', 'device/hall-b'])).toEqual(
      expect.arrayContaining([
        { outputs: ['tower', 'panel'], devices: 1 },
        { outputs: undefined, devices: 1 },
      ]),
    );
    const held = { device: 'hall-a', area: '43', version: 3, since: 1_794_562_200_123 };
    await db.standings.putHeld(['hall-a'], [held]);
    expect(await db.standings.holding('43', '4301')).toEqual([held]);
  });

  it('tell the kinds of signs of some halls, the most first', async () => {
    const sign = (width: number) => ({ width, height: 64, depth: 'mono' as const, marquee: false });
    for (const [id, width] of [
      ['hall-a', 64],
      ['hall-b', 128],
      ['hall-c', 128],
      ['hall-d', undefined],
    ] as const) {
      await addHall(db, id, '43010102');
      await db.devices.states(
        new Map([[id, stateWith({}, width === undefined ? {} : { sign: sign(width) })]]),
      );
    }
    expect((await db.standings.signsOf(['43'])).sort((a, b) => b.devices - a.devices)).toEqual(
      expect.arrayContaining([
        { face: sign(128), devices: 2 },
        { face: sign(64), devices: 1 },
        { face: undefined, devices: 1 },
      ]),
    );
    expect(await db.standings.signsOf(['device/hall-a', '41'])).toEqual([{ face: sign(64), devices: 1 }]);
  });

  it('tell the kinds of laws of the halls of an area, and how many have told none', async () => {
    const laws = (from: string) => ({ ...NO_LAWS, quiet: [{ from, until: '06:00' }] });
    for (const [id, village, told] of [
      ['hall-a', '43010102', laws('21:00')],
      ['hall-b', '43010101', laws('21:00')],
      ['hall-c', '43010103', laws('19:00')],
      ['hall-d', '43010104', undefined],
      ['hall-e', '41010101', laws('21:00')],
    ] as const) {
      await addHall(db, id, village);
      await db.devices.states(new Map([[id, stateWith({}, { ...(told && { laws: told }) })]]));
    }
    await addHall(db, 'hall-f', '43010105');
    expect(await db.standings.lawsIn('43')).toEqual([
      { laws: laws('21:00'), halls: 2, village: '43010101' },
      { laws: undefined, halls: 2, village: '43010104' },
      { laws: laws('19:00'), halls: 1, village: '43010103' },
    ]);
  });

  it('tell which keys the halls of an area hold, and in which of many areas somebody stands', async () => {
    for (const [id, village, keys] of [
      ['hall-a', '43010102', 3],
      ['hall-b', '43020101', 3],
      ['hall-c', '43020101', 2],
      ['hall-d', '57010101', 2],
    ] as const) {
      await addHall(db, id, village);
      await db.devices.states(new Map([[id, stateWith({}, { keys })]]));
    }
    await addHall(db, 'hall-e', '43030101');
    expect((await db.standings.keysIn('43')).sort((a, b) => (b.keys ?? 0) - (a.keys ?? 0))).toEqual([
      { keys: 3, halls: 2 },
      { keys: 2, halls: 1 },
      { keys: undefined, halls: 1 },
    ]);
    const areas = ['43010101', '43010102', '4302', '57', '4303', '58', '4304'];
    expect(await db.standings.inhabited(areas)).toEqual(['43010102', '4302', '57', '4303']);
    expect(await db.standings.inhabited(['th'])).toEqual(['th']);
    expect(await db.standings.inhabited([])).toEqual([]);
  });

  it('keep groups, calendars and drafts, and replace them whole', async () => {
    const group = { id: 'nam-khong', title: 'ริมโขง', areas: ['43010101'], by: 'somchai', changedAt: 7 };
    await db.groups.put({ ...group, areas: ['4301'] });
    await db.groups.put(group);
    expect(await db.groups.all()).toEqual([group]);
    const calendar = {
      area: '43',
      name: 'school',
      spans: [{ from: 20_000, to: 20_030, title: 'ปิดเทอม' }],
      by: 'x',
      changedAt: 8,
    };
    await db.calendars.put(calendar);
    expect(await db.calendars.get('43', 'school')).toEqual(calendar);
    const draft = { area: '43', basedOn: 2, source: { entries: [], slots: [] }, by: 'somchai', changedAt: 9 };
    await db.drafts.put(draft);
    await db.drafts.put({ ...draft, basedOn: 3 });
    expect(await db.drafts.get('43')).toEqual({ ...draft, basedOn: 3 });
  });
});
