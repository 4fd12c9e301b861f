import { describe, expect, test } from 'vitest';
import { CHIME_MS } from '../../firmware-protocol/content/announcement.ts';
import { announcementOf, FLOOD_ALERT, MORNING_NEWS } from '../../scripts/virtual-world/sayings.ts';
import { MINUTE, SECOND, VILLAGE, World } from '../../scripts/virtual-world/world.ts';

const NEWS_TODAY = `${VILLAGE}/morning-news/20261116T063000`;

describe('an entry is deleted or changed', () => {
  test('while it plays: it goes on to its end', async () => {
    const world = await playing();
    world.server.programme(VILLAGE, []);
    await world.calmAndAudit();
    expect(world.ends(NEWS_TODAY)).toEqual(['panel finished', 'tower finished']);
  });

  test('while it waits behind an alert: it is withdrawn', async () => {
    const world = await waiting();
    world.server.programme(VILLAGE, []);
    await world.calmAndAudit();
    expect(world.begun(NEWS_TODAY)).toBe(0);
    expect(world.ends(NEWS_TODAY).map((end) => end.split(' ')[1])).toEqual(['cancelled', 'cancelled']);
  });

  test('another one while it waits: it plays after the alert', async () => {
    const world = await waiting();
    const other = { ...MORNING_NEWS, id: 'evening-news', starts: '2026-11-01T18:30:00' };
    world.server.programme(VILLAGE, [MORNING_NEWS, other]);
    await world.calmAndAudit();
    expect(world.begun(NEWS_TODAY)).toBe(2);
  });

  test('before it was handed over: the new words are heard', async () => {
    const world = new World();
    await world.up();
    world.server.programme(VILLAGE, [MORNING_NEWS]);
    await world.passUntil('2026-11-16T06:29:00+07:00');
    world.server.programme(VILLAGE, [{ ...MORNING_NEWS, announcement: announcementOf('ข่าวแก้ไข', 5_000) }]);
    await world.calmAndAudit();
    const [heard] = world.hall.witness.of(NEWS_TODAY, 'tower');
    expect(heard?.longest_ms).toBe(CHIME_MS.ding + 5_000);
  });

  test('a programme that comes within the grace of an entry still starts it', async () => {
    const world = new World();
    await world.up();
    await world.passUntil('2026-11-16T06:29:50+07:00');
    world.broker.suffer({ drop: 0, duplicate: 0, unacknowledged: 0, delay_ms: 60_000 });
    world.server.programme(VILLAGE, [MORNING_NEWS]);
    await world.calmAndAudit();
    expect(world.begun(NEWS_TODAY)).toBe(2);
  });
});

async function playing(): Promise<World> {
  const world = new World();
  await world.up();
  world.server.programme(VILLAGE, [MORNING_NEWS]);
  await world.passUntil('2026-11-16T06:30:05+07:00');
  expect(world.begun(NEWS_TODAY)).toBe(2);
  return world;
}

/** The alert came first and is still on air when the news is due. */
async function waiting(): Promise<World> {
  const world = new World();
  await world.up();
  world.server.programme(VILLAGE, [MORNING_NEWS]);
  await world.passUntil('2026-11-16T06:29:55+07:00');
  const alert = announcementOf('น้ำป่าไหลหลาก', 60_000);
  const panel = { pages: [{ text: 'อพยพทันที', seconds: 60 }] };
  world.server.push({ ...FLOOD_ALERT, announcement: { ...alert, panel } }, VILLAGE);
  await world.pass(10 * SECOND);
  expect(world.begun(NEWS_TODAY)).toBe(0);
  await world.pass(MINUTE / 6);
  return world;
}
