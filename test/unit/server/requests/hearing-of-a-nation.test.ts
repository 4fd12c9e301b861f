import { beforeAll, expect, it } from 'vitest';
import { PlannedEntry } from '../../../../firmware-protocol/mqtt/programme-requests.ts';
import { enrolNation, villageOf } from '../../../../scripts/bench/nation/villages.ts';
import { costOf } from '../../processor-time.ts';
import { entry, openProvince, type Province } from './province.ts';

const HALLS = 75_000;
/** Of villages. */
const PROGRAMMES = 500;
const EIGHT = '2026-11-14T08:00:00+07:00';
const daily = (count: number, hours = 12) =>
  Array.from({ length: count }, (_, at) =>
    PlannedEntry.parse(
      entry(`n${at}`, `12T${String(8 + (at % hours)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`, {
        rule: 'FREQ=DAILY',
      }),
    ),
  );
let province: Province;

beforeAll(async () => {
  province = await openProvince();
  await enrolNation(province.db, HALLS);
  await province.rollUp.load();
  await province.db.villages.put(
    Array.from({ length: HALLS }, (_, at) => ({
      ...{ code: villageOf(at), name: `บ้าน ${at}`, nameEn: undefined, households: 120, listedAt: 0 },
      sites: [{ name: 'ศาลาประชาคม', point: { lat: 15, lon: 101 }, outputs: ['tower' as const] }],
    })),
  );
  const provinces = new Set(Array.from({ length: 77 }, (_, at) => villageOf(at).slice(0, 2)));
  for (const area of ['th', ...provinces]) await province.programmes.replace(area, daily(100), 'somchai');
  for (let at = 0; at < PROGRAMMES; at++)
    await province.programmes.replace(villageOf(at), daily(2, 1), 'somchai');
}, 300_000);

const ask = (rest: object = {}) => province.answer('admin', 'hearing', { area: 'th', from: EIGHT, ...rest });

it.each([
  ['a minute', 1],
  ['an hour', 60],
])('what the nation hears for %s is told page by page, and holds nobody up', async (_what, minutes) => {
  await ask();
  let answer: Awaited<ReturnType<typeof ask>> | undefined;
  const cost = await costOf(async () => {
    answer = await ask({ minutes });
  });
  expect(answer).toMatchObject({
    data: { villages: HALLS, groups_in_all: 77 + PROGRAMMES, next: expect.any(Number) },
  });
  expect(JSON.stringify(answer).length).toBeLessThan(640 * 1_024);
  expect(cost.heldUpMs).toBeLessThan(100);
});

it('the next page costs a page, and not the nation again', async () => {
  const first = await costOf(() => ask({ minutes: 30 }));
  let answer: Awaited<ReturnType<typeof ask>> | undefined;
  const second = await costOf(async () => {
    answer = await ask({ minutes: 30, after: 50 });
  });
  expect(answer).toMatchObject({ data: { villages: HALLS, groups_in_all: 77 + PROGRAMMES } });
  expect(second.busyMs).toBeLessThan(first.busyMs / 2);
});

it('more than a person could read is refused before it fills the memory, with a word on how to ask', async () => {
  expect(await ask({ minutes: 7 * 1_440 })).toMatchObject({
    error: { code: 'hearing-too-wide', th: expect.stringContaining('โปรดเลือกช่วงเวลาที่สั้นลง') },
  });
});
