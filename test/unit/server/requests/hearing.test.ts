import { beforeEach, describe, expect, it } from 'vitest';
import { processorWatch } from '../../processor-time.ts';
import { addHall } from '../office.ts';
import { entry, openProvince, type Province, sign, stateWith } from './province.ts';

let province: Province;
beforeEach(async () => {
  // Friday, 13 November 2026, 09:00.
  province = await openProvince();
});

const LAWS = {
  quiet: [{ from: '21:00', until: '06:00' }],
  minutes_a_day: 60,
  minutes_a_day_of: {},
  ceilings: [],
};
const at = '2026-11-14T05:30:00+07:00';
const chime = (title: string) => ({ title, tower: { chime: 'attention' } });
const set = (area: string, entries: object[]) =>
  province.ask('programme', { area, entries, accept: ['frozen'] });

describe('what the villages of an area hear at a moment', () => {
  beforeEach(async () => {
    for (const [id, village] of [
      ['a', '43010101'],
      ['b', '43010102'],
      ['c', '43010103'],
      ['d', '43010104'],
    ] as const)
      await addHall(province.db, `hall-${id}`, village);
    await province.db.devices.states(
      new Map([['hall-c', stateWith({ tower: { works: true } }, { laws: LAWS })]]),
    );
    await province.rollUp.load();
    await set('43', [entry('news', '14T05:30', { announcement: chime('ข่าวจังหวัด') })]);
    await set('43010104', [entry('temple', '14T05:29', { announcement: sign('ข่าว temple', 90) })]);
  });

  it('puts those together that hear the same, and says how the others differ and why', async () => {
    const told = await province.ask('hearing', { area: '43', from: at });
    expect(told).toMatchObject({ villages: 4, groups_in_all: 3 });
    expect(told.groups[0]).toMatchObject({
      villages: 2,
      who: ['43010101', '43010102'],
      without: { box: 0, tower: 0, panel: 0 },
      plan: [{ title: 'ข่าวจังหวัด', output: 'tower', verdict: 'plays' }],
    });
    expect(told.groups[0]?.differs).toBeUndefined();
    const [, ...others] = told.groups;
    expect(others.find(({ who }) => who[0] === '43010103')).toMatchObject({
      without: { tower: 0, panel: 1 },
      plan: [{ verdict: 'loses', why: { th: 'หอไม่ออกเสียงในเวลางดใช้เสียง' } }],
      differs: { en: 'otherwise "ข่าวจังหวัด"', th: 'ต่างไป "ข่าวจังหวัด"' },
    });
    expect(others.find(({ who }) => who[0] === '43010104')?.differs?.en).toBe('also "ข่าว temple"');
  });

  it('goes on where the page before ended: by the plans of then, for who asked, until he asks anew', async () => {
    const groupsOf = async (after: number, user = 'somchai') =>
      (await province.ask('hearing', { area: '43', from: at, after }, user)).groups.map(({ who, plan }) => [
        who,
        plan.map(({ title }) => title),
      ]);
    const [first, ...others] = await groupsOf(0);
    await set('43', [entry('flood', '14T05:30', { announcement: chime('น้ำท่วม') })]);
    expect(await groupsOf(1)).toEqual(others);
    expect(await groupsOf(2)).toEqual(others.slice(1));
    expect((await groupsOf(1, 'admin')).flat(2)).toContain('น้ำท่วม');
    expect((await groupsOf(0)).flat(2)).toContain('น้ำท่วม');
    expect((await groupsOf(1)).flat(2)).toContain('น้ำท่วม');
    expect(first?.flat()).toContain('ข่าวจังหวัด');
  });

  it('tells an operator of his own villages only', async () => {
    const told = await province.ask('hearing', { area: '43', from: at }, 'kamnan');
    expect(told.groups.map(({ who }) => who)).toEqual([['43010101']]);
    expect(await province.answer('kamnan', 'hearing', { area: '41' })).toMatchObject({
      error: { code: 'outside-scope' },
    });
  });

  it('names the villages as people call them', async () => {
    const village = { households: undefined, nameEn: undefined, sites: [], listedAt: 0 };
    await province.db.villages.put([{ ...village, code: '43010102', name: 'บ้านเสาเล้า' }]);
    const { names } = await province.ask('hearing', { area: '4301', from: at });
    expect(Object.entries(names ?? {}).map(([code, { th }]) => [code, th])).toEqual([
      ['43010101', 'หมู่ที่ 1 ตำบลในเมือง'],
      ['43010102', 'บ้านเสาเล้า หมู่ที่ 2 ตำบลในเมือง'],
      ['43010103', 'หมู่ที่ 3 ตำบลในเมือง'],
      ['43010104', 'หมู่ที่ 4 ตำบลในเมือง'],
    ]);
  });

  it('comes page by page', async () => {
    const first = await province.ask('hearing', { area: '43', from: at, after: 1 });
    expect(first.groups).toHaveLength(2);
    expect(first.groups[0]?.differs).toBeDefined();
    expect(first.next).toBeUndefined();
  });
});

it.each([
  ['a day', 1],
  ['a week', 7],
])('tells %s of a thousand villages within a second', async (_what, days) => {
  const villages = Array.from(
    { length: 1_000 },
    (_, at) =>
      `4301${String(1 + (at % 12)).padStart(2, '0')}${String(1 + Math.floor(at / 12)).padStart(2, '0')}`,
  );
  await Promise.all(villages.map((village, at) => addHall(province.db, `hall-${at}`, village)));
  await province.rollUp.load();
  const hourly = (id: string) => entry(id, '13T00:00', { rule: 'FREQ=HOURLY' });
  await set('43', [hourly('a'), hourly('b')]);
  const own = villages.filter((village) => village.startsWith('430101')).slice(0, 30);
  for (const village of own) await set(village, [entry('head', '14T18:00')]);
  const ask = () => province.ask('hearing', { area: '43', from: at, minutes: days * 1_440 });
  await ask();
  const tookMs = processorWatch();
  const told = await ask();
  expect(tookMs()).toBeLessThan(1_000);
  expect(told.villages).toBe(1_000);
  expect(told.groups[0]?.villages).toBe(970);
  // One of each small group; of the large one those whose tambon there is.
  const named = Object.keys(told.names ?? {});
  expect(named).toEqual(expect.arrayContaining(told.groups.slice(1).flatMap(({ who }) => who)));
  expect(named.length).toBeGreaterThan(800);
});
