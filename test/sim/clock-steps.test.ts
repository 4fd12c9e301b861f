import { describe, expect, test } from 'vitest';
import { CHIME_MS } from '../../firmware-protocol/content/announcement.ts';
import { FLOOD_NOTICE, HOURLY_NOTE, MORNING_NEWS } from '../../scripts/virtual-world/sayings.ts';
import { DAY, HOUR, MINUTE, MONDAY_0600, SECOND, VILLAGE, World } from '../../scripts/virtual-world/world.ts';

const YEAR = 365 * DAY;
const STEPS = { '+50 years': 50 * YEAR, '+1 hour': HOUR, '-1 hour': -HOUR, '-50 years': -50 * YEAR };

/** F10: the system clock steps under a running hall. */
describe('the clock steps', () => {
  test.each(Object.entries(STEPS))(
    'by %s: nothing twice, nothing in a burst, nothing missed',
    async (_name, step_ms) => {
      const world = new World();
      await world.up();
      world.server.programme(VILLAGE, [HOURLY_NOTE, MORNING_NEWS]);
      await world.pass(2 * HOUR);
      world.hall.setSystemError(step_ms);
      await world.pass(3 * HOUR);
      world.hall.setSystemError(0);
      await world.pass(3 * HOUR);
      await world.calmAndAudit();
      world.invariants.auditProgramme(MONDAY_0600 + MINUTE, MONDAY_0600 + 8 * HOUR);
      world.expectNoBreach();
      const notes = world.hall.witness.heard.filter((each) => each.play.includes('hourly'));
      expect(notes.filter((each) => each.output === 'tower')).toHaveLength(8);
    },
  );

  test('by -10 minutes again and again, with a reboot after each', async () => {
    const world = new World();
    await world.up();
    world.server.programme(VILLAGE, [HOURLY_NOTE]);
    for (let step = 1; step <= 12; step++) {
      await world.pass(25 * MINUTE);
      world.hall.setSystemError(-step * 10 * MINUTE);
      if (!world.hall.witness.onAir().length) {
        world.hall.powerOff();
        await world.pass(20 * SECOND);
        world.hall.powerOn();
      }
    }
    await world.calmAndAudit();
    world.invariants.auditProgramme(MONDAY_0600 + MINUTE, MONDAY_0600 + 5 * HOUR);
    world.expectNoBreach();
  });

  test('during a play: the play goes on undisturbed', async () => {
    const world = new World();
    await world.up();
    const order = world.server.push(FLOOD_NOTICE, VILLAGE);
    await world.pass(5 * SECOND);
    world.hall.setSystemError(50 * YEAR);
    await world.pass(MINUTE);
    const [heard] = world.hall.witness.of(order.id, 'tower');
    expect((heard?.until ?? 0) - (heard?.from ?? 0)).toBe(CHIME_MS.ding + 20_000);
    await world.calmAndAudit();
    expect(world.ends(order.id)).toEqual(['panel finished', 'tower finished']);
  });
});
