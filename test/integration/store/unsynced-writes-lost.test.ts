import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DyingHall, expectDurable } from './dying-hall.ts';
import { buildForgetfulDisk, forgetfulEnvironment, leftOf } from './forgetful-disk.ts';
import { HallFolders, openHall } from './hall-folder.ts';

/** F2, F4: the power goes, and everything that was not synced is lost, names of files included. */
const halls = new HallFolders();
const hall = new DyingHall();
const CUTS = 16;

beforeAll(() => hall.build());
afterAll(async () => {
  await hall.remove();
  await halls.remove();
});

test('what was acknowledged survives a power cut that loses all unsynced writes', async ({ skip }) => {
  const library = buildForgetfulDisk(await halls.make());
  if (library === undefined) return skip('no C compiler here');

  const cutAt = async (operation: number) => {
    const at = await halls.make();
    const [folder, shadow, left] = [join(at, 'hall'), join(at, 'shadow'), join(at, 'left')];
    await Promise.all([folder, shadow].map((each) => mkdir(each)));
    const lived = await hall.live(folder, operation, forgetfulEnvironment(library, folder, shadow));
    await leftOf(folder, shadow, left);
    return { ...lived, left };
  };

  const { acknowledged: all, operations, left } = await cutAt(0);
  expect(all).toHaveLength(12);
  const whole = await openHall(left);
  await expectDurable(whole, all);
  await whole.close();
  let losses = 0;
  for (let cut = 0; cut < CUTS; cut++) {
    const { acknowledged, left } = await cutAt(1 + Math.floor((cut * operations) / CUTS));
    if (acknowledged.length > 0 && acknowledged.length < all.length) losses += 1;
    const store = await openHall(left);
    await expectDurable(store, acknowledged);
    await store.close();
  }
  expect(losses).toBeGreaterThanOrEqual(CUTS / 4);
});
