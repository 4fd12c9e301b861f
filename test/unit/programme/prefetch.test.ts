import { expect, test, vi } from 'vitest';
import { type MediaNeed, mediaNeeds, rememberedStarts } from '../../../device/media/media-need.ts';
import { type MediaPlan, planMedia } from '../../../device/media/media-plan.ts';
import { PREFETCH_TIMES, Prefetch, type PrefetchNeeds } from '../../../device/programme/prefetch.ts';
import { SeededRandom } from '../../../scripts/virtual-world/seeded-random.ts';
import { settled, VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';
import { DAY, HOUR, MINUTE, MONDAY_0600 } from '../../../scripts/virtual-world/world.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';
import { entryDue, need, programmeOf } from '../media/needs.ts';

/** A hall at 06:00 that wants `needs` (told apart by their bytes) and has none of them. */
function hall(
  needs: () => MediaNeed[],
  fetch: PrefetchNeeds['fetch'] = async () => {},
  { seed = 1, allows = () => true }: { seed?: number; allows?: PrefetchNeeds['allows'] } = {},
) {
  const clock = new VirtualClock(MONDAY_0600);
  const fetched: number[] = [];
  const here = new Set<number>();
  const warnings = { raise: vi.fn(), clear: vi.fn() };
  const prefetch = new Prefetch({
    ...{ clock, random: new SeededRandom(seed), warnings, allows, log: silentLog },
    plan: async (): Promise<MediaPlan> => {
      const wanted = needs().filter(({ bytes }) => !here.has(bytes));
      return planMedia(wanted, [], { budget: 1e9, card: undefined }, clock.wall());
    },
    fetch: async (each, signal) => {
      await fetch(each, signal);
      fetched.push(each.bytes);
      here.add(each.bytes);
    },
  });
  return { clock, fetched, prefetch, warnings };
}

test('all halls fetch within the hour, each at its own moment, what is needed first first', async () => {
  const needs = () => [need(1, 2 * DAY), need(2, 3 * DAY)];
  const moments = await Promise.all(
    [1, 2, 3, 4, 5, 6, 7, 8].map(async (seed) => {
      const at: number[] = [];
      const { clock, fetched, prefetch } = hall(needs, async () => void at.push(clock.monotonic()), { seed });
      prefetch.begin();
      await clock.runTo(PREFETCH_TIMES.spread_ms + 1);
      expect(fetched, `seed ${seed}`).toEqual([1, 2]);
      return at[0];
    }),
  );
  expect(new Set(moments).size).toBe(moments.length);
  expect(Math.max(...moments.map(Number)) - Math.min(...moments.map(Number))).toBeGreaterThan(20 * MINUTE);
});

test('what is due soon, and what an order waits with, is fetched at once', async () => {
  const needs = () => [need(1, 10 * MINUTE), need(2, 20 * HOUR, 'order'), need(3, 20 * HOUR)];
  const { clock, fetched, prefetch } = hall(needs);
  prefetch.begin();
  await clock.runTo(1_000);
  expect(fetched).toEqual([1, 2]);
});

test('a link that flaps draws no new lot: the file comes within the hour all the same', async () => {
  const { clock, fetched, prefetch } = hall(() => [need(1, 2 * DAY)]);
  for (let at = 0; at <= PREFETCH_TIMES.spread_ms; at += 5 * MINUTE) {
    prefetch.begin();
    await clock.runTo(at);
  }
  expect(fetched).toEqual([1]);
});

test('a file that never comes takes its turn and no more, and is told of when it is needed within a day', async () => {
  const never = async ({ bytes }: MediaNeed, signal: AbortSignal) => {
    if (bytes === 1) await new Promise((_, reject) => signal.addEventListener('abort', reject));
  };
  const { clock, fetched, prefetch, warnings } = hall(() => [need(1, MINUTE), need(2, 2 * MINUTE)], never);
  prefetch.begin();
  await clock.runTo(PREFETCH_TIMES.file_ms + 1);
  expect(fetched).toEqual([2]);
  expect(warnings.raise).toHaveBeenCalledExactlyOnceWith('media-unreachable', '1 files, needed within a day');
});

test('the warning ends when everything is here', async () => {
  let isDown = true;
  const { clock, fetched, prefetch, warnings } = hall(
    () => [need(1, MINUTE)],
    async () => void (isDown && (await Promise.reject(new Error('down')))),
  );
  prefetch.begin();
  await clock.runTo(1);
  expect(warnings.raise).toHaveBeenCalledOnce();
  isDown = false;
  await clock.runTo(PREFETCH_TIMES.again_ms + 1);
  expect(fetched).toEqual([1]);
  expect(warnings.clear).toHaveBeenLastCalledWith('media-unreachable');
});

test('a new programme ends the round of the old one', async () => {
  const given = vi.fn();
  const { clock, prefetch } = hall(
    () => [need(1, MINUTE)],
    async (_need, signal) => {
      await new Promise((_, reject) => signal.addEventListener('abort', reject)).catch(given);
    },
  );
  prefetch.begin();
  await clock.runTo(1_000);
  prefetch.begin();
  await settled();
  expect(given).toHaveBeenCalledOnce();
  prefetch.stop();
});

test("what the month's data do not allow is left, and the rest is fetched", async () => {
  const needs = () => [need(1, MINUTE), need(2, 2 * MINUTE), need(3, 3 * MINUTE)];
  const { clock, fetched, prefetch } = hall(needs, undefined, { allows: ({ bytes }) => bytes !== 2 });
  prefetch.begin();
  await clock.runTo(1_000);
  expect(fetched).toEqual([1, 3]);
});

test('what programmes and orders need: each file once, alerts first, then by their instant', () => {
  const programmes = [programmeOf([entryDue(1, 5 * HOUR), entryDue(2, 30 * DAY), entryDue(9, 32 * DAY)])];
  const { announcement } = entryDue(3, 0);
  const alert = {
    announcement: entryDue(2, 0).announcement,
    startAt: MONDAY_0600 + DAY,
    why: 'alert' as const,
  };
  const needs = mediaNeeds(
    programmes,
    [{ announcement, startAt: MONDAY_0600 + HOUR, why: 'order' }, alert],
    MONDAY_0600,
  );
  expect(needs.map(({ bytes, why, dueMs }) => [bytes, why, dueMs - MONDAY_0600])).toEqual([
    [2, 'alert', DAY],
    [3, 'order', HOUR],
    [1, 'programme', 5 * HOUR],
  ]);
});

test('the picture of a page is needed as sound is', () => {
  const picture = { type: 'picture' as const, sha256: 'ab'.repeat(32), bytes: 20_000 };
  const entry = entryDue(1, HOUR);
  const panel = { pages: [{ text: 'ข่าว', seconds: 10, picture }], times: 2 };
  const programme = programmeOf([{ ...entry, announcement: { ...entry.announcement, panel } }]);
  expect(mediaNeeds([programme], [], MONDAY_0600).map(({ bytes }) => bytes)).toEqual([1, 20_000]);
});

test('what is remembered of the next starts is what would be found anew, whatever the clock does', () => {
  const rules = [
    'FREQ=DAILY',
    'FREQ=WEEKLY;BYDAY=SU',
    'FREQ=MONTHLY;BYMONTHDAY=13',
    'FREQ=HOURLY',
    'FREQ=YEARLY',
  ];
  const entries = rules.map((rule, index) => ({ ...entryDue(index + 1, HOUR), rule }));
  const programmes = [programmeOf([...entries, entryDue(9, 40 * DAY)])];
  const nextStart = rememberedStarts();
  const random = new SeededRandom(7);
  let now = MONDAY_0600;
  for (let step = 0; step < 500; step++) {
    now += random.chance(0.05) ? -random.between(0, 3 * DAY) : random.between(0, 6 * HOUR);
    const anew = mediaNeeds(programmes, [], now);
    const remembered = mediaNeeds(programmes, [], now, nextStart);
    // Only what has just come into view, at the end of the month ahead, may be seen up to an hour later.
    const inView = (needs: MediaNeed[]) => needs.filter(({ dueMs }) => dueMs < now + 30 * DAY);
    expect(inView(remembered), `step ${step}`).toEqual(inView(anew));
  }
});
