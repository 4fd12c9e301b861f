import { expect, it } from 'vitest';
import { thaiPlaces } from '../../../../server/drivers/thai-places.ts';
import { thaiOrderKey } from '../../../../server/fleet/thai-order.ts';

const sorted = (names: string[]) => {
  const keys = new Map(names.map((name) => [name, thaiOrderKey(name)]));
  const keyOf = (name: string) => keys.get(name) ?? '';
  return [...names].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
};

it('puts the tambons of a region in the order of the dictionary', async () => {
  const gazetteer = thaiPlaces();
  const districts = [43, 41, 40, 50, 90].flatMap((province) =>
    Array.from({ length: 25 }, (_, at) => `${province}${String(at + 1).padStart(2, '0')}`),
  );
  const lists = await Promise.all(districts.map((district) => gazetteer.tambons(district)));
  const names = [...new Set(lists.flatMap(({ names }) => [...names.values()].map(({ th }) => th)))];
  expect(names.length).toBeGreaterThan(500);
  expect(sorted(names)).toEqual([...names].sort(new Intl.Collator('th', { numeric: true }).compare));
});

it('counts the moo as a number, in either digits, and knows no spaces', () => {
  expect(sorted(['บ้าน หมู่ 10', 'บ้านหมู่ ๓', 'บ้านหมู่ 2', 'บ้าน'])).toEqual([
    'บ้าน',
    'บ้านหมู่ 2',
    'บ้านหมู่ ๓',
    'บ้าน หมู่ 10',
  ]);
});

it('lets a tone mark decide where nothing else does', () => {
  expect(sorted(['ป่า', 'ปา', 'ป้าง', 'ปาก'])).toEqual(['ปา', 'ป่า', 'ปาก', 'ป้าง']);
});
