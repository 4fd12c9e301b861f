import { expect, test, vi } from 'vitest';
import { mediaAhead } from '../../../device/programme/media-ahead.ts';
import { PREFETCH_TIMES, Prefetch } from '../../../device/programme/prefetch.ts';
import type { MediaRef } from '../../../firmware-protocol/content/announcement.ts';
import { ANTHEM, HOURLY_NOTE, MORNING_NEWS } from '../../sim/world/sayings.ts';
import { SeededRandom } from '../../sim/world/seeded-random.ts';
import { VirtualClock } from '../../sim/world/virtual-clock.ts';
import { DAY, HOUR, MONDAY_0600, VILLAGE, World } from '../../sim/world/world.ts';

const { server } = new World();
const weekly = { ...ANTHEM, id: 'weekly', rule: 'FREQ=WEEKLY;BYDAY=SU', starts: '2026-11-01T10:00:00' };
const log = { info: () => {}, warn: () => {}, error: () => {} };

test('each sound once, the soonest first, within the time asked for', () => {
  const programmes = [server.programme(VILLAGE, [ANTHEM, MORNING_NEWS, weekly, HOURLY_NOTE])];
  expect(mediaAhead(programmes, MONDAY_0600).map(({ ms }) => ms)).toEqual([15_000, 180_000, 70_000]);
  expect(mediaAhead(programmes, MONDAY_0600, HOUR).map(({ ms }) => ms)).toEqual([15_000, 180_000]);
  expect(mediaAhead([server.programme('43', [weekly])], MONDAY_0600, 6 * DAY)).toEqual([]);
});

function prefetch(
  fetch: (media: MediaRef, signal: AbortSignal) => Promise<unknown>,
  entries = [MORNING_NEWS, ANTHEM],
) {
  const clock = new VirtualClock(MONDAY_0600);
  const programmes = [server.programme(VILLAGE, entries)];
  const random = new SeededRandom(1);
  return { clock, prefetch: new Prefetch({ clock, random, programmes: () => programmes, fetch, log }) };
}

test('halls spread their fetching over minutes, but not for what is due soon', async () => {
  const fetched: number[] = [];
  const late = prefetch(async ({ ms }) => fetched.push(ms));
  late.prefetch.begin();
  await late.clock.runTo(1_000);
  expect(fetched).toEqual([]);
  await late.clock.runTo(PREFETCH_TIMES.spread_ms);
  expect(fetched).toEqual([180_000, 70_000]);
  const soon = prefetch(async ({ ms }) => fetched.push(ms), [HOURLY_NOTE]);
  soon.prefetch.begin();
  await soon.clock.runTo(1_000);
  expect(fetched).toEqual([180_000, 70_000, 15_000]);
});

test('a file that never comes takes its turn and no more', async () => {
  const fetched: number[] = [];
  const { clock, prefetch: fetching } = prefetch(async ({ ms }, signal) => {
    if (ms === 180_000) await new Promise((_, reject) => signal.addEventListener('abort', reject));
    fetched.push(ms);
  });
  fetching.begin();
  await clock.runTo(PREFETCH_TIMES.spread_ms + PREFETCH_TIMES.file_ms + 1);
  expect(fetched).toEqual([70_000]);
});

test('a new programme ends the round of the old one', async () => {
  const given = vi.fn();
  const { clock, prefetch: fetching } = prefetch(async (_media, signal) => {
    await new Promise((_, reject) => signal.addEventListener('abort', reject)).catch(given);
  });
  fetching.begin();
  await clock.runTo(PREFETCH_TIMES.spread_ms);
  fetching.begin();
  await clock.runTo(PREFETCH_TIMES.spread_ms + 1);
  expect(given).toHaveBeenCalledOnce();
  fetching.stop();
});
