import { describe, expect, test } from 'vitest';
import { liveThrough } from '../../scripts/virtual-world/fate.ts';
import { FLOOD_NOTICE, HOURLY_NOTE } from '../../scripts/virtual-world/sayings.ts';
import type { VirtualTimes } from '../../scripts/virtual-world/virtual-times.ts';
import { DAY, DEVICE, HOUR, MINUTE, SECOND, VILLAGE, World } from '../../scripts/virtual-world/world.ts';

/** F10 to F12 in a hall with a board's clock and a time service beside the server, any of which may lie. */

/** A hall that has a programme and has learned the time from the server, so that its board's clock is set. */
async function hallWithClocks(startWall?: number): Promise<{ world: World; times: VirtualTimes }> {
  const world = new World({ clocks: true, ...(startWall !== undefined && { startWall }) });
  await world.up();
  world.server.programme(VILLAGE, [HOURLY_NOTE]);
  await world.pass(MINUTE);
  const { times } = world;
  if (times === undefined) throw new Error('a world without clocks');
  return { world, times };
}

/** Off, and on again after `off_ms` without a line to the server. */
async function wakesAlone(world: World, off_ms = MINUTE): Promise<void> {
  world.broker.cutNetwork();
  world.hall.powerOff();
  await world.pass(off_ms);
  world.hall.powerOn();
  await world.pass(30 * SECOND);
}

/** The hours of the notes that were heard, in order. */
function notes({ hall }: World): string[] {
  return hall.witness.heard
    .filter(({ play, output }) => play.includes('hourly') && output === 'tower')
    .map(({ play }) => play.slice(-6, -4));
}

function warned({ server }: World, code: string): string[] {
  return server
    .events(DEVICE)
    .flatMap((event) => (event.type === 'warning' && event.code === code ? [event.detail ?? 'over'] : []));
}

describe('with the server', () => {
  test.each([HOUR, -HOUR, 365 * DAY])(
    'a time service that is off by %i ms changes nothing that plays',
    async (by) => {
      const { world, times } = await hallWithClocks();
      world.hall.setSystemError(by);
      times.ntpSays = 'right';
      await world.pass(3 * HOUR);
      expect(notes(world)).toEqual(['07', '08', '09']);
      expect(warned(world, 'clocks-disagree')).toEqual([`ntp ${by / SECOND} s`]);
      world.hall.setSystemError(0);
      await world.pass(HOUR);
      expect(warned(world, 'clocks-disagree')).toHaveLength(2);
      expect(world.hall.believed?.trust).toBe('full');
      await world.calmAndAudit();
    },
  );

  test('a board that jumps is set right again, and nothing plays twice', async () => {
    const { world, times } = await hallWithClocks();
    for (let hour = 0; hour < 4; hour += 1) {
      times.jumpBoard(hour % 2 === 0 ? DAY : -HOUR);
      await world.pass(HOUR);
    }
    expect(notes(world)).toEqual(['07', '08', '09', '10']);
    await world.calmAndAudit();
  });
});

describe('without the server', () => {
  test('the board alone carries the time over a loss of power', async () => {
    const { world } = await hallWithClocks();
    await wakesAlone(world, 3 * HOUR);
    expect(world.hall.believed?.trust).toBe('server');
    await world.pass(2 * HOUR);
    // Those that were missed are told as late, not said in a burst.
    expect(notes(world)).toEqual(['10', '11']);
    world.broker.restoreNetwork();
    await world.calmAndAudit();
    expect(world.ends(`${VILLAGE}/hourly-note/20261116T080000`)).toEqual([
      'panel expired late',
      'tower expired late',
    ]);
  });

  test('a board whose battery was empty carries nothing: by the clock alone nothing sounds', async () => {
    const { world, times } = await hallWithClocks();
    times.isBatteryEmpty = true;
    await wakesAlone(world);
    world.hall.setSystemError(HOUR);
    await world.pass(5 * HOUR);
    expect(world.hall.believed?.trust).toBe('floor');
    expect(notes(world)).toEqual([]);
    world.broker.restoreNetwork();
    await world.calmAndAudit();
  });

  test('a time service alone is not believed, however often it steps', async () => {
    const { world, times } = await hallWithClocks();
    times.isBatteryEmpty = true;
    await wakesAlone(world);
    times.ntpSays = 'right';
    for (const step_ms of [0, HOUR, -HOUR, DAY]) {
      world.hall.setSystemError(step_ms);
      await world.pass(2 * HOUR);
    }
    expect(notes(world)).toEqual([]);
    world.broker.restoreNetwork();
    await world.calmAndAudit();
  });

  test('two that agree are believed, and go on as they were when one of them steps', async () => {
    const { world, times } = await hallWithClocks();
    times.ntpSays = 'right';
    await wakesAlone(world);
    expect(world.hall.believed?.trust).toBe('full');
    await world.pass(HOUR);
    for (const step_ms of [HOUR, -HOUR, 10 * MINUTE]) {
      world.hall.setSystemError(step_ms);
      await world.pass(HOUR);
    }
    expect(notes(world)).toEqual(['07', '08', '09', '10']);
    expect(world.hall.believed?.trust).not.toBe('floor');
    world.broker.restoreNetwork();
    await world.calmAndAudit();
  });

  test('a board that lies alone, ahead by two days, does not silence those days', async () => {
    const { world, times } = await hallWithClocks();
    times.jumpBoard(2 * DAY);
    await wakesAlone(world);
    await world.pass(30 * MINUTE);
    world.broker.restoreNetwork();
    await world.pass(5 * HOUR);
    expect(notes(world)).toEqual(['07', '08', '09', '10', '11']);
    await world.calmAndAudit();
  });

  test.each([
    ['ahead by three hours', 3 * HOUR],
    ['behind by three hours', -3 * HOUR],
  ])('a board that lies alone, %s, says nothing twice when the server corrects it', async (_how, by) => {
    const { world, times } = await hallWithClocks();
    await world.pass(6 * HOUR);
    times.jumpBoard(by);
    await wakesAlone(world);
    await world.pass(150 * MINUTE);
    world.server.push(FLOOD_NOTICE, VILLAGE);
    world.broker.restoreNetwork();
    await world.pass(6 * HOUR);
    const heard = notes(world);
    expect(new Set(heard).size, heard.join()).toBe(heard.length);
    expect(heard.slice(-3)).toEqual(['18', '19', '20']);
    world.server.programme(VILLAGE, []);
    await world.calmAndAudit();
  });
});

/** The instants at which a calendar turns, at UTC+7. */
const TURNS = [
  '2026-11-17T00:00:00+07:00',
  '2026-12-01T00:00:00+07:00',
  '2027-01-01T00:00:00+07:00',
  '2027-03-01T00:00:00+07:00',
  '2028-02-29T00:00:00+07:00',
  '2028-03-01T00:00:00+07:00',
];

describe('the clock steps over a turn of the calendar, alone with a board', () => {
  test.each(TURNS)('%s', async (turn) => {
    const { world, times } = await hallWithClocks(Date.parse(turn) - 3 * HOUR - 10 * MINUTE);
    times.ntpSays = 'right';
    await wakesAlone(world);
    await world.pass(3 * HOUR);
    // Ten minutes before and after the turn, over it forwards, backwards, and forwards again.
    for (const step_ms of [20 * MINUTE, -20 * MINUTE, 20 * MINUTE, 0]) {
      world.hall.setSystemError(step_ms);
      await world.pass(5 * MINUTE);
    }
    await world.pass(2 * HOUR);
    expect(notes(world)).toEqual(['21', '22', '23', '00', '01', '02'].slice(-notes(world).length));
    expect(notes(world).length).toBeGreaterThanOrEqual(5);
    world.broker.restoreNetwork();
    world.server.programme(VILLAGE, []);
    await world.calmAndAudit();
  });
});

describe('two days of anything, with clocks that lie', () => {
  test.each([3, 41])('seed %i', { timeout: 120_000 }, async (seed) => {
    const lived = await liveThrough({ seed, days: 2, happeningsADay: 20, powerCutsADay: 3, clocks: true });
    expect(lived.played, `seed ${seed}`).toBeGreaterThan(10);
  });
});
