import { expect, test } from 'vitest';
import type { MachineReading } from '../../device/health/checks/machine.ts';
import { ProgrammeEntry } from '../../firmware-protocol/content/programme.ts';
import { announcementOf } from '../../scripts/virtual-world/sayings.ts';
import { DEVICE, HOUR, MINUTE, VILLAGE, World } from '../../scripts/virtual-world/world.ts';
import { MemoryMedia } from '../contract/ports/memory-media.ts';

const NOON_NEWS = ProgrammeEntry.parse({
  id: 'noon-news',
  starts: '2026-11-18T12:00:00',
  band: 40,
  announcement: announcementOf('ข่าวเที่ยง', 60_000),
});

/** One check as somebody at the box sees it now. */
async function look(world: World, check: string) {
  const checks = (await world.hall.local?.checks(true)) ?? [];
  return checks.find((each) => each.check === check);
}

test('files that the week needs and that do not come are counted, in the checks and in the health message', async () => {
  const machine = { read: async () => ({}) };
  const startWall = Date.parse('2026-11-17T11:00:00+07:00');
  const world = new World({ machine, startWall, files: { mediaStore: new MemoryMedia() } });
  await world.up();
  expect(await look(world, 'media')).toMatchObject({ result: 'ok', figure: 'all 0 here' });
  world.server.programme(VILLAGE, [NOON_NEWS]);
  await world.pass(15 * MINUTE);
  expect(await look(world, 'media')).toMatchObject({
    ...{ result: 'ok', figure: '1 of 1 files missing, first due 2026-11-18T12:00' },
  });
  expect(await world.hall.local?.health()).toMatchObject({
    media: {
      week_files: 1,
      week_missing: 1,
      week_bytes: 60_000,
      first_missing: '2026-11-18T12:00:00.000+07:00',
    },
  });
  // Within a day of its time it is pressing.
  await world.pass(3 * HOUR);
  expect(world.state().warnings).toContain('media-unreachable');
  expect(await look(world, 'media')).toMatchObject({ result: 'bad', warning: 301 });
});

test('a report that has waited for a day is told, and cleared when it is out', async () => {
  const world = new World({ machine: { read: async () => ({}) } });
  await world.up();
  world.broker.cutNetwork();
  // That there is no line is itself the first report that waits.
  await world.pass(26 * HOUR);
  expect(await look(world, 'oldest report')).toMatchObject({ result: 'bad', warning: 216 });
  world.broker.restoreNetwork();
  await world.pass(HOUR);
  const codes = world.server
    .events(DEVICE)
    .flatMap((event) => (event.type === 'warning' ? [event.code] : []));
  expect(codes).toEqual(['line-gone', 'reports-waiting', 'line-gone', 'reports-waiting']);
  await world.calmAndAudit();
});

test('an agent that takes 3 MiB more each hour is told within a day; its parts stand among the checks', async () => {
  let grown = 0;
  const machine = {
    read: async (): Promise<MachineReading> => {
      grown += 3 / 60;
      return { rssBytes: (80 + grown) * 1_024 * 1_024 };
    },
  };
  const world = new World({ machine });
  await world.up();
  expect(await look(world, 'own memory')).toMatchObject({ result: 'not-known' });
  expect(await look(world, 'sound card')).toMatchObject({ result: 'ok', figure: 'works' });
  expect(await look(world, 'sign')).toMatchObject({ result: 'ok' });
  expect(await look(world, 'amplifier')).toBeUndefined();
  expect(await look(world, 'round trip')).toMatchObject({ result: 'ok', limit: '≤ 3000 ms' });
  await world.pass(26 * HOUR);
  expect(world.state().warnings).toContain('memory-grows');
});
