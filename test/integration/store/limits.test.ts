import { afterAll, expect, test } from 'vitest';
import { isDeviceError } from '../../../device/errors.ts';
import { chainFault } from '../../../firmware-protocol/content/report.ts';
import { claimOf, ended, stamped, started } from '../../contract/ports/store-records.ts';
import { HallFolders, openHall } from './hall-folder.ts';

/** I5 and F5: the store stays inside its budget, tells the truth about it, and works again when there is room. */
const KIB = 1_024;
const halls = new HallFolders();
afterAll(() => halls.remove());

test('over the budget the oldest go that are no outcome, and a report covers every number that is missing', async () => {
  const reportBytes = 64 * KIB;
  const store = await openHall(await halls.make(), { reportBytes, bytes: 1_024 * KIB });
  for (let index = 0; index < 300; index++) {
    const outcome = index % 10 === 0 ? [stamped(ended(`play-${index}`))] : [];
    await store.commit({ reports: [stamped(started(`play-${index}`)), ...outcome] });
  }
  const reports = await store.reports(1_000);
  const { n: last } = await store.lastReport();
  expect(JSON.stringify(reports).length).toBeLessThan(reportBytes + 2 * KIB);
  expect(reports.filter(({ event }) => event.type === 'ended')).toHaveLength(30);
  const dropped = reports.flatMap(({ event }) => (event.type === 'dropped' ? [event] : []));
  const held = new Set(reports.map(({ n }) => n));
  for (let n = 1; n <= last; n++)
    expect(held.has(n) || dropped.some((range) => range.first <= n && n <= range.last)).toBe(true);
  expect(dropped.length).toBeLessThan(10);
  expect(
    chainFault(reports.slice(reports.findIndex(({ event }) => event.type === 'dropped'))),
  ).toBeUndefined();
  await store.close();
});

test('a month without a line: health goes first, and nothing else while that is enough (F49)', async () => {
  const store = await openHall(await halls.make(), { reportBytes: 96 * KIB, bytes: 2_048 * KIB });
  for (let day = 0; day < 30; day++) {
    const warnings = Array.from({ length: 20 }, (_, index) =>
      stamped({ type: 'warning', code: 'no-sound-device', raised: index % 2 === 0, detail: 'การ์ดเสียงหลุด' }),
    );
    const play = `43010102/anthem/day-${day}`;
    await store.commit({ reports: [...warnings, stamped(started(play)), stamped(ended(play))] });
  }
  const events = (await store.reports(2_000)).map(({ event }) => event.type);
  const count = (type: string) => events.filter((each) => each === type).length;
  expect([count('started'), count('ended')]).toEqual([30, 30]);
  expect(count('warning')).toBeLessThan(600);
  expect(count('dropped')).toBeGreaterThan(0);
  await store.close();
});

test('outcomes go only when nothing else is left', async () => {
  const store = await openHall(await halls.make(), { reportBytes: 16 * KIB, bytes: 1_024 * KIB });
  for (let index = 0; index < 100; index++)
    await store.commit({ reports: [stamped(ended(`play-${index}`))] });
  const reports = await store.reports(1_000);
  expect(reports.length).toBeGreaterThan(20);
  expect(reports.at(-1)?.event).toMatchObject({ type: 'ended', play: 'play-99' });
  await store.close();
});

test('a full store says so, keeps what it has, and works again when there is room', async () => {
  const store = await openHall(await halls.make(), { reportBytes: 64 * KIB, bytes: 512 * KIB });
  const big = { document: 'x'.repeat(32 * KIB), keep_until: 10 };
  const plays: string[] = [];
  let failure: unknown;
  for (let index = 0; index < 100 && failure === undefined; index++) {
    const play = `play-${index}`;
    await store
      .commit({ claims: [claimOf(play, big)], reports: [stamped(started(play))] })
      .then(() => plays.push(play))
      .catch((error: unknown) => {
        failure = error;
      });
  }
  expect(isDeviceError(failure, 'store-full')).toBe(true);
  expect(plays.length).toBeGreaterThan(5);
  expect(await store.openClaims()).toHaveLength(plays.length);
  expect(await store.waiting()).toBe(plays.length);
  expect(await store.claim(`play-${plays.length}`, 'tower')).toBeUndefined();
  await store.commit({ receipted: plays.length });
  await store.commit({
    claims: plays.map((play) => claimOf(play, { state: 'ended', outcome: 'finished', keep_until: 10 })),
    forgetClaimsBefore: 11,
  });
  await store.commit({ claims: [claimOf('after', big)], reports: [stamped(started('after'))] });
  expect((await store.reports(9)).map(({ n }) => n)).toEqual([plays.length + 1]);
  await store.close();
});

test('a closed store says so', async () => {
  const store = await openHall(await halls.make());
  await store.close();
  await expect(store.commit({ facts: { boot: '1' } })).rejects.toSatisfy((error) =>
    isDeviceError(error, 'store-failed'),
  );
});
