import { expect, it } from 'vitest';
import type { RequestOf } from '../../../firmware-protocol/mqtt/requests.ts';
import { fetchEveryHall } from '../../../server/console/fleet/fleet-file.ts';

const NAMES = Array.from({ length: 1_200 }, (_, at) => `hall-${at}`);

/** A server whose list stands in another order each time it is asked, as `orders` says. */
async function fetched(orders: (asked: number) => readonly string[]) {
  const taken: string[] = [];
  const told: number[] = [];
  let asked = 0;
  await fetchEveryHall({
    ask: async ({ skip = 0, limit = 0 }: RequestOf<'halls'>) => {
      const list = orders(asked++);
      const halls = list.slice(skip, skip + limit).map((device) => ({ device }) as never);
      return { total: list.length, skip, halls, places: [] };
    },
    filter: {},
    take: (rows) => taken.push(...rows.map(({ device }) => device)),
    onProgress: (done) => told.push(done),
  });
  return { taken, told, asked };
}

it('fetches a list that stands still in one pass, in its order', async () => {
  expect(await fetched(() => NAMES)).toEqual({ taken: NAMES, told: [500, 1_000, 1_200], asked: 3 });
});

it('has every hall once, also of a list that is sorted anew while it is fetched', async () => {
  // After the first page the last hall has become the worst, and pushes all others back by one; then the first one gets well.
  const [first, ...others] = NAMES;
  const { taken } = await fetched((asked) =>
    asked === 0
      ? NAMES
      : asked === 1
        ? [...NAMES.slice(-1), ...NAMES.slice(0, -1)]
        : [...others, first ?? ''],
  );
  expect(new Set(taken).size).toBe(taken.length);
  expect([...taken].sort()).toEqual([...NAMES].sort());
});

it('ends where halls go away faster than they are fetched', async () => {
  expect((await fetched((asked) => NAMES.slice(0, 1_200 - 400 * asked))).taken.length).toBeGreaterThan(499);
});
