import { beforeEach, expect, test, vi } from 'vitest';
import { FETCH_LIMITS, MediaFetcher } from '../../../device/media/fetcher.ts';
import type { MediaNeed } from '../../../device/media/media-need.ts';
import { MediaRoom } from '../../../device/media/media-room.ts';
import { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';
import { DAY, HOUR, MONDAY_0600 } from '../../../scripts/virtual-world/world.ts';
import { CAREFREE, MemoryMedia, sha256Of } from '../../contract/ports/memory-media.ts';

/** Files of 1,000 bytes. */
const SIZE = 1_000;
const contentOf = (name: string) => Buffer.alloc(SIZE, name);
const forever = new AbortController().signal;

let store: MemoryMedia;
let spare: MemoryMedia;
let clock: VirtualClock;
let needs: MediaNeed[];
let room: MediaRoom;
let fetcher: MediaFetcher;
const warnings = { raise: vi.fn(), clear: vi.fn() };

beforeEach(() => {
  store = new MemoryMedia();
  spare = new MemoryMedia();
  clock = new VirtualClock(MONDAY_0600);
  needs = [];
  warnings.raise.mockClear();
  warnings.clear.mockClear();
  room = openRoom(3 * SIZE);
});

function openRoom(bytes: number, free_bytes = 0): MediaRoom {
  const opened = new MediaRoom({
    store,
    needs: async () => needs,
    clock,
    warnings,
    limits: { bytes, free_bytes },
  });
  const files = new Map([...'abcdefgh'].map((name) => [sha256Of(contentOf(name)), contentOf(name)]));
  fetcher = new MediaFetcher({
    ...CAREFREE,
    ...{ store, clock, room: opened, warnings, spare },
    source: {
      async *fetch(sha256, from) {
        yield files.get(sha256)?.subarray(from) ?? Buffer.alloc(0);
      },
    },
  });
  return opened;
}

const needOf = (name: string, in_ms: number): MediaNeed => ({
  ...{ sha256: sha256Of(contentOf(name)), bytes: SIZE, why: 'programme', dueMs: MONDAY_0600 + in_ms },
});
const fetch = (name: string) => fetcher.ensure(sha256Of(contentOf(name)), SIZE, forever, 'ahead');
const here = () => [...'abcdefgh'].filter((name) => store.whole.has(sha256Of(contentOf(name)))).join('');
const put = (...names: string[]) => {
  for (const name of names) store.whole.set(sha256Of(contentOf(name)), contentOf(name));
};

test('room is made before a file comes, so that the folder is never over its budget (I5)', async () => {
  put('a', 'b', 'c');
  needs = [needOf('d', HOUR), needOf('b', 2 * DAY)];
  await fetch('d');
  expect(here()).toHaveLength(3);
  expect(here()).toContain('b');
  expect(store.bytes).toBeLessThanOrEqual(3 * SIZE);
});

test('what was used within the hour stays, then it may go', async () => {
  put('a', 'b', 'c');
  for (const name of ['a', 'b', 'c']) room.used(sha256Of(contentOf(name)));
  await room.makeRoom(SIZE);
  expect(here()).toBe('abc');
  await clock.runTo(HOUR + 1);
  await room.makeRoom(SIZE);
  expect(here()).toHaveLength(2);
});

test('a week that does not fit is warned of with its figures, and the warning ends when it fits', async () => {
  needs = ['a', 'b', 'c', 'd', 'e'].map((name, day) => needOf(name, day * DAY));
  const { fetch: wanted } = await room.plan();
  expect(wanted).toHaveLength(3);
  expect(warnings.raise).toHaveBeenCalledExactlyOnceWith(
    'media-budget',
    '7 days need 0.0 MB; 0.0 MB in 2 files do not fit, due from 2026-11-19T06:00:00.000+07:00',
  );
  needs = needs.slice(0, 3);
  await room.plan();
  expect(warnings.clear).toHaveBeenCalledWith('media-budget');
});

test('a card that something else fills keeps its free space from far files, not from what is due today (F5)', async () => {
  store.cardBytes = 10 * SIZE;
  room = openRoom(100 * SIZE, 8 * SIZE);
  put('a', 'b');
  needs = [needOf('c', HOUR), needOf('a', 3 * DAY), needOf('d', 3 * DAY), needOf('e', 20 * DAY)];
  const { fetch: wanted } = await room.plan();
  expect(wanted.map(({ sha256 }) => sha256)).toEqual([sha256Of(contentOf('c'))]);
  await fetch('c');
  expect(here()).toBe('ac');
});

test('a full card lets go of what nobody needs, and the file comes by itself; then the warning ends (F5)', async () => {
  store.cardBytes = 2 * SIZE + SIZE / 2;
  put('a', 'b');
  for (const name of ['a', 'b']) room.used(sha256Of(contentOf(name)));
  const path = fetch('c');
  await clock.runTo(HOUR / 2);
  expect(warnings.raise).toHaveBeenCalledWith('media-disk', expect.stringContaining('store-full'));
  expect(here()).toBe('ab');
  await clock.runTo(2 * HOUR);
  expect(await path).toContain(sha256Of(contentOf('c')));
  expect(warnings.clear).toHaveBeenCalledWith('media-disk');
});

test('what somebody waits for while the card takes nothing comes into memory, and sounds (F5, F6)', async () => {
  store.cardBytes = 0;
  const sha256 = sha256Of(contentOf('a'));
  expect(await fetcher.ensure(sha256, SIZE, forever)).toBe(`/media/${sha256}`);
  expect([store.whole.size, spare.whole.size]).toEqual([0, 1]);
  expect(warnings.raise).toHaveBeenCalledWith('media-disk', expect.stringContaining('store-full'));
  expect(warnings.clear).not.toHaveBeenCalledWith('media-disk');
  expect(await fetcher.ensure(sha256, SIZE, forever)).toBe(`/media/${sha256}`);
});

test('what is fetched ahead does not: memory is for what cannot wait', async () => {
  store.cardBytes = 0;
  const controller = new AbortController();
  const path = fetcher.ensure(sha256Of(contentOf('a')), SIZE, controller.signal, 'ahead');
  clock.after(HOUR, () => controller.abort());
  const given = expect(path).rejects.toMatchObject({ code: 'media-unreachable' });
  await clock.runTo(2 * HOUR);
  await given;
  expect(spare.whole.size).toBe(0);
});

test('memory forgets what was used longest ago, and takes nothing that it cannot hold', async () => {
  store.cardBytes = 0;
  const big = Buffer.alloc(FETCH_LIMITS.spareBytes - SIZE);
  spare.whole.set('f'.repeat(64), big);
  spare.whole.set('e'.repeat(64), Buffer.alloc(SIZE));
  const sha256 = sha256Of(contentOf('a'));
  await fetcher.ensure(sha256, SIZE, forever);
  expect(spare.bytes).toBeLessThanOrEqual(FETCH_LIMITS.spareBytes);
  expect(spare.whole.has(sha256)).toBe(true);
});
