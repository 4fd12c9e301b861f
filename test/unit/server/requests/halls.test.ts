import { beforeEach, expect, it } from 'vitest';
import type { HallsAnswer } from '../../../../firmware-protocol/mqtt/hall-requests.ts';
import { FINDER_LIMITS } from '../../../../server/fleet/hall-finder.ts';
import { addHall } from '../office.ts';
import { hearsOf, provinceOfFourHalls } from './four-halls.ts';
import type { Province } from './province.ts';

let province: Province;
beforeEach(async () => {
  province = await provinceOfFourHalls();
});

const WORKS = { tower: { works: true }, panel: { works: true } };
const hears = (device: string, outputs: object, rest: object = {}) =>
  hearsOf(province, device, outputs, rest);
const ask = (request: object, user = 'somchai') => province.ask('halls', request, user);
const ids = ({ halls }: HallsAnswer) => halls.map(({ device }) => device);

it('shows the halls of the asker, with names of the places', async () => {
  await hears('hall-mae', { ...WORKS, tower: { works: true, title: 'ข่าวเช้า' } }, { warnings: ['box-hot'] });
  const answer = await ask({});
  expect(answer).toMatchObject({ total: 3, skip: 0 });
  expect(answer.halls[0]).toEqual({
    device: 'hall-mae',
    village: '43010101',
    name: expect.any(String),
    presence: 'online',
    trust: 'full',
    version: '0.1.0',
    outputs: { tower: { works: true, title: 'ข่าวเช้า' }, panel: { works: true } },
    warnings: ['box-hot'],
  });
  expect(answer.places.slice(0, 3).map(({ area, th }) => [area, th])).toEqual([
    ['43', 'จังหวัดหนองคาย'],
    ['4301', 'อำเภอเมืองหนองคาย'],
    ['430101', 'ตำบลในเมือง'],
  ]);
  expect(ids(await ask({}, 'malee'))).toEqual(['hall-mae', 'hall-pong']);
  expect(await province.answer('malee', 'halls', { area: '41' })).toMatchObject({
    error: { code: 'outside-scope' },
  });
  expect(await province.answer('malee', 'halls', { area: '99' })).toMatchObject({
    error: { code: 'unknown-area' },
  });
});

it('finds by id, by code and by the name of a place', async () => {
  expect(ids(await ask({ search: 'pong' }))).toEqual(['hall-pong']);
  expect(ids(await ask({ search: '4302' }))).toEqual(['hall-phon']);
  expect(ids(await ask({ search: 'ท่าบ่อ' }))).toEqual(['hall-phon']);
  expect(ids(await ask({ search: 'THA BO' }))).toEqual(['hall-phon']);
  expect(await ask({ search: 'อุดรธานี' })).toEqual({ total: 0, skip: 0, halls: [], places: [] });
});

it('filters by any of several faults, and by silence', async () => {
  await hears('hall-mae', { ...WORKS, tower: { works: false } });
  await hears('hall-phon', WORKS, { trust: 'floor' });
  expect(ids(await ask({ only: ['tower_fault'] }))).toEqual(['hall-mae']);
  expect(ids(await ask({ only: ['tower_fault', 'clock'] }))).toEqual(['hall-mae', 'hall-phon']);
  expect(ids(await ask({ only: ['silent'] }))).toEqual(['hall-pong']);
});

it('puts the worst first, and who is silent for longest', async () => {
  await hears('hall-phon', { ...WORKS, panel: { works: false } }, { warnings: ['panel-gone'] });
  expect(ids(await ask({ sort: 'trouble' }))).toEqual(['hall-pong', 'hall-phon', 'hall-mae']);
  expect(ids(await ask({ sort: 'trouble', descending: true }))).toEqual([
    'hall-mae',
    'hall-phon',
    'hall-pong',
  ]);
  await addHall(province.db, 'hall-old', '43020102', false);
  await province.db.devices.seen(new Map([['hall-pong', 2_000]]));
  await province.db.devices.seen(new Map([['hall-old', 1_000]]));
  await province.rollUp.load();
  expect(ids(await ask({ sort: 'seen_at' })).slice(0, 2)).toEqual(['hall-old', 'hall-pong']);
});

it('shows a window, and the same order to who scrolls', async () => {
  expect(ids(await ask({ skip: 1, limit: 1 }))).toEqual(['hall-pong']);
  await addHall(province.db, 'hall-ban', '43010100');
  await province.heard('hall-ban');
  expect(ids(await ask({ skip: 2, limit: 1 }))).toEqual(['hall-phon']);
  await province.clock.advance(FINDER_LIMITS.listKeptSeconds * 1_000);
  expect(await ask({ skip: 2, limit: 1 })).toMatchObject({ total: 4, halls: [{ device: 'hall-pong' }] });
});

it('sends as many as a message holds', async () => {
  const long = { warnings: Array.from({ length: 64 }, (_, at) => `${'x'.repeat(60)}${at}`) };
  for (let at = 0; at < 150; at++) {
    const id = `hall-${at}`;
    await addHall(province.db, id, '43010103');
    await hears(id, { ...WORKS, tower: { works: true, title: 'ก'.repeat(120) } }, long);
  }
  const { total, halls } = await ask({ limit: 500 });
  expect(total).toBe(153);
  expect(halls.length).toBeGreaterThan(50);
  expect(halls.length).toBeLessThan(153);
});

it('gives one hall in full where it is asked for', async () => {
  await hears('hall-mae', WORKS);
  expect(await province.ask('devices', { device: 'hall-mae' })).toMatchObject({
    devices: [{ device: 'hall-mae', state: { boot: 1 } }],
  });
  expect(await province.ask('devices', { device: 'hall-udon' })).toEqual({ devices: [] });
});
