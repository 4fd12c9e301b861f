import { beforeEach, expect, it } from 'vitest';
import { noneYet, RollUp } from '../../../../server/fleet/roll-up.ts';
import { addHall } from '../office.ts';
import { hearsOf, provinceOfFourHalls } from './four-halls.ts';
import type { Province } from './province.ts';

let province: Province;
beforeEach(async () => {
  province = await provinceOfFourHalls();
});

const counts = (halls: number, online: number, more: object = {}) => ({
  ...noneYet(),
  halls,
  online,
  ...more,
});
const hears = (device: string, outputs: object, rest: object = {}) =>
  hearsOf(province, device, outputs, rest);

it('counts an area and each part of it, with names', async () => {
  expect(await province.ask('overview', { area: '43' })).toEqual({
    ...{ area: '43', th: 'จังหวัดหนองคาย', en: 'Nong Khai' },
    counts: counts(3, 2),
    parts: [
      { area: '4301', th: 'อำเภอเมืองหนองคาย', en: 'Amphoe Mueang Nong Khai', counts: counts(2, 1) },
      { area: '4302', th: 'อำเภอท่าบ่อ', en: 'Amphoe Tha Bo', counts: counts(1, 1) },
    ],
  });
  const { parts } = await province.ask('overview', { area: '430101' });
  expect(parts.map(({ area }) => area)).toEqual(['43010101', '43010102']);
});

it('calls a village by its name of the list, and by its moo where nobody listed it', async () => {
  await province.ask('places', { csv: 'code,name,name_en\n43010101,บ้านเสาเล้า,Ban Sao Lao\n' });
  const { parts } = await province.ask('overview', { area: '430101' });
  expect(parts.map(({ th, en }) => [th, en])).toEqual([
    ['บ้านเสาเล้า หมู่ที่ 1', 'Ban Sao Lao, Moo 1'],
    ['หมู่ที่ 2 ตำบลในเมือง', 'Moo 2, Tambon Nai Mueang'],
  ]);
  expect(await province.ask('overview', { area: '43010101' })).toMatchObject({ th: 'บ้านเสาเล้า หมู่ที่ 1' });
});

it('follows what halls say, up to the nation, and back', async () => {
  await hears(
    'hall-mae',
    { tower: { works: false }, panel: { works: true } },
    { trust: 'floor', warnings: ['card'] },
  );
  const bad = { tower_fault: 1, clock: 1, warned: 1 };
  for (const area of ['th', '43', '4301', '430101', '43010101'])
    expect(province.rollUp.of(area)).toMatchObject(bad);
  await hears(
    'hall-mae',
    { tower: { works: true }, panel: { works: true } },
    { trust: 'full', warnings: [] },
  );
  expect(province.rollUp.of('th')).toEqual(counts(4, 3));
  await province.db.devices.presences(new Map([['hall-mae', { state: 'offline', boot: 1 }]]));
  await province.heard('hall-mae');
  expect(province.rollUp.of('43')).toEqual(counts(3, 1));
});

it('knows of each area which outputs its halls have, though nothing else about them changes', async () => {
  const well = { trust: 'full', warnings: [] } as const;
  const both = { tower: { works: true }, panel: { works: false } };
  await hears('hall-mae', both, well);
  const [before, flags] = [{ ...province.rollUp.told('4301') }, { ...province.rollUp.of('4301') }];
  expect(before).toMatchObject({ tower: 1, panel: 1 });
  await hears('hall-mae', { panel: { works: false } }, well);
  expect(province.rollUp.of('4301')).toEqual(flags);
  expect(province.rollUp.told('4301')).toMatchObject({ halls: before.halls, tower: 0, panel: 1 });
  await hears('hall-mae', {}, well);
  expect(province.rollUp.told('th')).toMatchObject({ tower: 0, panel: 0, neither: before.neither + 1 });
});

it('is what the database says after any changes', async () => {
  await hears('hall-phon', { panel: { works: false } }, { trust: 'none', warnings: ['a', 'b'] });
  await addHall(province.db, 'hall-new', '43030101');
  await province.heard('hall-new');
  // The box of a village is replaced in another.
  const moved = await addHall(province.db, 'hall-pong', '43030102');
  await province.heard(moved.id);
  const anew = new RollUp(province.db.devices);
  await anew.load();
  for (const area of ['th', '41', '43', '4301', '4302', '4303', '430301', '43010102'])
    for (const roll of ['of', 'told'] as const) expect(province.rollUp[roll](area)).toEqual(anew[roll](area));
  expect(anew.of('4303')).toEqual(counts(2, 2));
});

it('shows of a wider area what the asker may see, and of others nothing', async () => {
  expect(await province.ask('overview', {}, 'malee')).toMatchObject({
    area: 'th',
    counts: counts(2, 1),
    parts: [{ area: '43', counts: counts(2, 1) }],
  });
  expect(await province.answer('malee', 'overview', { area: '4302' })).toMatchObject({
    error: { code: 'outside-scope' },
  });
  expect(await province.answer('malee', 'overview', { area: '4399' })).toMatchObject({
    error: { code: 'unknown-area' },
  });
});
