import { describe, expect, test } from 'vitest';
import { liveThrough } from '../../scripts/virtual-world/fate.ts';
import { FLOOD_ALERT, FLOOD_NOTICE } from '../../scripts/virtual-world/sayings.ts';
import { type AmplifierFault, VIRTUAL_AMPLIFIER } from '../../scripts/virtual-world/virtual-amplifier.ts';
import { DEVICE, MINUTE, SECOND, VILLAGE, World } from '../../scripts/virtual-world/world.ts';

/** I7 and true proofs, with the agent's real tower on an amplifier that breaks, hangs and is left alone (F36, F41). */

async function hall(): Promise<World> {
  const world = new World({ realTower: true });
  await world.up();
  return world;
}

/** What the server was told of a play's amplifier. */
function proofOf({ server }: World, play: string): string | undefined {
  const ends = server.events(DEVICE).filter((event) => event.type === 'ended' && event.play === play);
  return ends.flatMap((event) => (event.type === 'ended' ? (event.tower?.amplifier ?? []) : []))[0];
}

/** Eight seconds into twenty. */
const IN_THE_MIDDLE: Record<AmplifierFault, { proof: string; warns: string[] }> = {
  'stuck-on': { proof: 'on', warns: ['amplifier-failed', 'amplifier-stuck'] },
  'stuck-off': { proof: 'failed', warns: ['amplifier-no-current'] },
  'over-current': { proof: 'failed', warns: ['amplifier-fault', 'amplifier-no-current'] },
  'over-temperature': { proof: 'on', warns: ['amplifier-fault', 'amplifier-hot'] },
  'cable-out': { proof: 'not-known', warns: ['amplifier-failed'] },
  hangs: { proof: 'not-known', warns: ['amplifier-failed'] },
  blind: { proof: 'on', warns: [] },
};

describe('an amplifier with a fault', () => {
  test.each(Object.entries(IN_THE_MIDDLE))(
    '%s in the middle of a notice',
    async (fault, { proof, warns }) => {
      const world = await hall();
      const broken = world.server.push(FLOOD_NOTICE, VILLAGE);
      await world.pass(8 * SECOND);
      world.tower?.amplifier.suffer(fault as AmplifierFault);
      await world.pass(24 * SECOND);
      expect(proofOf(world, broken.id)).toBe(proof);
      expect([...world.state().warnings].sort()).toEqual(warns);
      world.tower?.mend();
      await world.pass(5 * MINUTE);
      expect(world.tower?.amplifier.isPowered).toBe(false);
      const well = world.server.push(FLOOD_NOTICE, VILLAGE);
      await world.pass(MINUTE);
      expect(proofOf(world, well.id)).toBe('on');
      expect(world.state().warnings).toEqual([]);
      await world.calmAndAudit();
    },
  );

  test('what does not come on ends the notice at once, and says so', async () => {
    const world = await hall();
    world.tower?.amplifier.suffer('stuck-off');
    const order = world.server.push(FLOOD_NOTICE, VILLAGE);
    await world.pass(MINUTE);
    expect(world.ends(order.id)).toContain('tower rejected amplifier-failed');
    expect(world.hall.witness.of(order.id, 'tower')).toEqual([]);
    world.tower?.mend();
    await world.calmAndAudit();
  });

  test('what is too hot rests, but not while lives depend on it', async () => {
    const world = await hall();
    world.tower?.amplifier.suffer('over-temperature');
    await world.pass(2 * MINUTE);
    const notice = world.server.push(FLOOD_NOTICE, VILLAGE);
    const alert = world.server.push(FLOOD_ALERT, VILLAGE);
    await world.pass(2 * MINUTE);
    expect(world.ends(alert.id)).toContain('tower finished');
    expect(world.hall.witness.of(notice.id, 'tower')).toEqual([]);
    world.tower?.mend();
    await world.calmAndAudit();
  });
});

describe('an agent that is killed while it speaks', () => {
  test('and does not come back: the board lets go of the amplifier by itself', async () => {
    const world = await hall();
    world.server.push(FLOOD_NOTICE, VILLAGE);
    await world.pass(8 * SECOND);
    expect(world.tower?.amplifier.isPowered).toBe(true);
    world.hall.kill();
    await world.pass(VIRTUAL_AMPLIFIER.limit_ms + SECOND);
    expect(world.tower?.amplifier.isPowered).toBe(false);
    await world.pass(MINUTE);
  });

  test('and comes back: it is switched off before anything else, and nothing is said again', async () => {
    const world = await hall();
    const order = world.server.push(FLOOD_NOTICE, VILLAGE);
    await world.pass(8 * SECOND);
    world.hall.kill();
    await world.pass(5 * SECOND);
    expect(world.tower?.amplifier.isPowered).toBe(true);
    world.hall.powerOn();
    await world.pass(SECOND);
    expect(world.tower?.amplifier.isPowered).toBe(false);
    await world.calmAndAudit();
    expect(world.ends(order.id)).toContain('tower interrupted power-lost');
  });
});

describe('half a day of anything, with a tower whose hardware breaks', () => {
  test.each([7, 20_261_126])('seed %i', { timeout: 120_000 }, async (seed) => {
    const fate = { seed, days: 0.5, happeningsADay: 80, powerCutsADay: 6, realTower: true };
    const { proofs } = await liveThrough(fate);
    expect(proofs?.on, `seed ${seed}`).toBeGreaterThan(5);
  });
});
