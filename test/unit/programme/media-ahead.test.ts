import { expect, test, vi } from 'vitest';
import { type FileRef, mediaAhead } from '../../../device/programme/media-ahead.ts';
import { PREFETCH_TIMES, Prefetch } from '../../../device/programme/prefetch.ts';
import { ANTHEM, HOURLY_NOTE, MORNING_NEWS } from '../../../scripts/virtual-world/sayings.ts';
import { SeededRandom } from '../../../scripts/virtual-world/seeded-random.ts';
import { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';
import { DAY, HOUR, MONDAY_0600, VILLAGE, World } from '../../../scripts/virtual-world/world.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';

const { server } = new World();
const weekly = { ...ANTHEM, id: 'weekly', rule: 'FREQ=WEEKLY;BYDAY=SU', starts: '2026-11-01T10:00:00' };

/** Sounds are told apart by their length. */
const msOf = (file: FileRef) => (file.type === 'media' ? file.ms : 0);

test('each sound once, the soonest first, within the time asked for', () => {
  const programmes = [server.programme(VILLAGE, [ANTHEM, MORNING_NEWS, weekly, HOURLY_NOTE])];
  expect(mediaAhead(programmes, MONDAY_0600).map(msOf)).toEqual([15_000, 180_000, 70_000]);
  expect(mediaAhead(programmes, MONDAY_0600, HOUR).map(msOf)).toEqual([15_000, 180_000]);
  expect(mediaAhead([server.programme('43', [weekly])], MONDAY_0600, 6 * DAY)).toEqual([]);
});

test('the picture of a page is fetched ahead as sound is', () => {
  const picture = { type: 'picture' as const, sha256: 'ab'.repeat(32), bytes: 20_000 };
  const [first = { text: 'ข่าว', seconds: 10 }] = MORNING_NEWS.announcement.panel?.pages ?? [];
  const pages = [first, { ...first, picture }, { ...first, picture }];
  const announcement = { ...MORNING_NEWS.announcement, panel: { pages, times: 1 } };
  const ahead = mediaAhead([server.programme(VILLAGE, [{ ...MORNING_NEWS, announcement }])], MONDAY_0600);
  expect(ahead.map(({ type }) => type)).toEqual(['media', 'picture']);
  expect(ahead[1]).toEqual(picture);
});

function prefetch(
  fetch: (media: FileRef, signal: AbortSignal) => Promise<unknown>,
  entries = [MORNING_NEWS, ANTHEM],
) {
  const clock = new VirtualClock(MONDAY_0600);
  const programmes = [server.programme(VILLAGE, entries)];
  const random = new SeededRandom(1);
  return {
    clock,
    prefetch: new Prefetch({ clock, random, programmes: () => programmes, fetch, log: silentLog }),
  };
}

test('halls spread their fetching over minutes, but not for what is due soon', async () => {
  const fetched: number[] = [];
  const late = prefetch(async (file) => fetched.push(msOf(file)));
  late.prefetch.begin();
  await late.clock.runTo(1_000);
  expect(fetched).toEqual([]);
  await late.clock.runTo(PREFETCH_TIMES.spread_ms);
  expect(fetched).toEqual([180_000, 70_000]);
  const soon = prefetch(async (file) => fetched.push(msOf(file)), [HOURLY_NOTE]);
  soon.prefetch.begin();
  await soon.clock.runTo(1_000);
  expect(fetched).toEqual([180_000, 70_000, 15_000]);
});

test('a file that never comes takes its turn and no more', async () => {
  const fetched: number[] = [];
  const { clock, prefetch: fetching } = prefetch(async (file, signal) => {
    const ms = msOf(file);
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
