import { expect, test } from 'vitest';
import { MediaConfig } from '../../device/config/media.ts';
import type { MediaSource } from '../../device/ports.ts';
import { filesOf } from '../../firmware-protocol/content/announcement.ts';
import { ProgrammeEntry as Entry, type ProgrammeEntry } from '../../firmware-protocol/content/programme.ts';
import { DAY, HOUR, MONDAY_0600, VILLAGE, World } from '../../scripts/virtual-world/world.ts';
import { MemoryMedia, sha256Of } from '../contract/ports/memory-media.ts';

/** F49, I5: the files of a month, in a world where a file takes room and time on the line. */

const SIZE = 1_000;
const contentOf = (day: number) => Buffer.alloc(SIZE, `ข่าววันที่ ${day} `);
const files = new Map(Array.from({ length: 40 }, (_, day) => [sha256Of(contentOf(day)), contentOf(day)]));

/** On day `day` at 12:00 a piece of news of its own. */
function newsOf(day: number): ProgrammeEntry {
  const [date = ''] = new Date(MONDAY_0600 + day * DAY + 7 * HOUR).toISOString().split('T');
  const part = { type: 'media', sha256: sha256Of(contentOf(day)), bytes: SIZE, ms: 60_000 };
  return Entry.parse({
    id: `news-${day}`,
    starts: `${date}T12:00:00`,
    band: 40,
    announcement: { title: `ข่าววันที่ ${day}`, tower: { chime: 'ding', parts: [part] } },
  });
}

/** A hall with room for `budget` files. Every start is held to having its files here, every step to the budget. */
function openWorld(budget: number, monthFiles?: number) {
  const store = new MemoryMedia();
  const line = { isUp: true, bytes: 0 };
  const mediaSource: MediaSource = {
    async *fetch(sha256, from) {
      if (!line.isUp) throw new Error('no route');
      line.bytes += SIZE - from;
      yield files.get(sha256)?.subarray(from) ?? Buffer.alloc(0);
    },
  };
  const media = { ...MediaConfig.parse({}), bytes: budget * SIZE, free_bytes: 0 };
  const limits = monthFiles === undefined ? media : { ...media, month_bytes: monthFiles * SIZE };
  const world = new World({ files: { mediaStore: store, mediaSource, media: limits } });
  const { invariants, hall, server } = world;
  let judged = 0;
  invariants.also.push(
    () => (store.bytes > budget * SIZE ? `I5: ${store.bytes} bytes of ${budget * SIZE}` : undefined),
    () => {
      const heard = hall.witness.heard[judged];
      if (heard === undefined) return undefined;
      judged += 1;
      const entries = [...server.programmes.values()].flatMap((programme) => programme.entries);
      const said = entries.find(({ id }) => heard.play.split('/')[1] === id)?.announcement;
      const lacks = said && filesOf(said).find(({ sha256 }) => !store.whole.has(sha256));
      return lacks && `${heard.play} began without its file`;
    },
  );
  return { world, store, line };
}

const days = (count: number) => Array.from({ length: count }, (_, day) => newsOf(day));
const here = (store: MemoryMedia) =>
  [...Array(40).keys()].filter((day) => store.whole.has(sha256Of(contentOf(day))));

test('a day on the line is enough for thirty days without it: each day has its file', async () => {
  const { world, store, line } = openWorld(31);
  await world.up();
  world.server.programme(VILLAGE, days(31));
  await world.pass(3 * HOUR);
  expect(store.whole.size).toBe(31);
  world.broker.cutNetwork();
  line.isUp = false;
  await world.pass(30 * DAY);
  world.broker.restoreNetwork();
  await world.calmAndAudit();
  const heard = world.hall.witness.heard.filter(({ output }) => output === 'tower');
  expect(heard).toHaveLength(30);
  expect(line.bytes).toBe(31 * SIZE);
});

test('with room for ten days the next ones are always here, nothing is fetched twice, nothing needed is let go of', async () => {
  const { world, store, line } = openWorld(10);
  await world.up();
  world.server.programme(VILLAGE, days(40));
  await world.pass(3 * HOUR);
  expect(here(store)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  for (let day = 1; day <= 25; day++) {
    await world.pass(DAY);
    for (let ahead = day + 1; ahead < day + 7; ahead++) expect(here(store)).toContain(ahead);
  }
  expect(world.state().warnings).toEqual([]);
  expect(line.bytes).toBeLessThanOrEqual(40 * SIZE);
  await world.calmAndAudit();
});

test('room for five days: what comes first is kept, and the warning says what lacks', async () => {
  const { world, store } = openWorld(5);
  await world.up();
  world.server.programme(VILLAGE, days(40));
  await world.pass(3 * HOUR);
  expect(here(store)).toEqual([0, 1, 2, 3, 4]);
  expect(world.state().warnings).toEqual(['media-budget']);
  await world.pass(10 * DAY);
  expect(here(store)).toEqual(expect.arrayContaining([11, 12, 13]));
  await world.calmAndAudit();
});

test("beyond the month's data each day still has its file; a new month brings the rest", async () => {
  const { world, store, line } = openWorld(40, 5);
  await world.up();
  world.server.programme(VILLAGE, days(31));
  await world.pass(3 * HOUR);
  expect(store.whole.size).toBe(5);
  expect(world.state().warnings).toEqual(['media-data']);
  await world.passUntil('2026-11-30T13:00:00+07:00');
  // Each file that day by day was due.
  expect(line.bytes).toBe(16 * SIZE);
  await world.passUntil('2026-12-01T03:00:00+07:00');
  expect(world.state().warnings).toEqual(['media-data']);
  expect(line.bytes).toBe(21 * SIZE);
  await world.calmAndAudit();
});
