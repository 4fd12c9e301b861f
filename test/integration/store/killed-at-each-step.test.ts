import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../../device/ports.ts';
import { chainFault } from '../../../firmware-protocol/content/report.ts';
import { DyingHall, expectDurable, STATES } from './dying-hall.ts';
import { HallFolders, openHall } from './hall-folder.ts';

/** F1: a hall that is killed at any of its operations starts again, and has all that it was told is durable. */
const halls = new HallFolders();
const hall = new DyingHall();
/** Kills are spread over all operations; each costs a start of Node. */
const KILLS = 16;

beforeAll(() => hall.build());
afterAll(async () => {
  await hall.remove();
  await halls.remove();
});

async function killThroughout(
  prepare: (folder: string) => Promise<void>,
  check: (store: Store, acknowledged: string[]) => Promise<void>,
) {
  const first = await halls.make();
  await prepare(first);
  const { acknowledged: all, operations } = await hall.live(first, 0);
  expect(all).toHaveLength(12);
  let deaths = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const folder = await halls.make();
    await prepare(folder);
    const { acknowledged } = await hall.live(folder, 1 + Math.floor((kill * operations) / KILLS));
    if (acknowledged.length < all.length) deaths += 1;
    const store = await openHall(folder);
    await check(store, acknowledged);
    await store.close();
  }
  expect(deaths).toBeGreaterThan(KILLS / 2);
}

test('killed on a new folder', async () => {
  await killThroughout(async () => {}, expectDurable);
});

test('killed while a damaged database is being replaced: the second start finds it again', async () => {
  await killThroughout(
    async (folder) => {
      await (await openHall(folder)).close();
      await writeFile(join(folder, 'store.db'), Buffer.alloc(9_000, 'garbage'));
    },
    async (store, acknowledged) => {
      const reports = await store.reports(100);
      expect(chainFault(reports)).toBeUndefined();
      expect(reports.map(({ event }) => event)).toContainEqual(
        expect.objectContaining({ type: 'quarantined', what: 'store.db' }),
      );
      for (const line of acknowledged) {
        const [play = '', state = ''] = line.split(' ');
        expect(STATES.indexOf((await store.claim(play, 'tower'))?.state ?? '')).toBeGreaterThanOrEqual(
          STATES.indexOf(state),
        );
      }
    },
  );
});
