import { FLOOD_ALERT, FLOOD_NOTICE, LONG_SPEECH } from './sayings.ts';
import type { SeededRandom } from './seeded-random.ts';
import { AMPLIFIER_FAULTS } from './virtual-amplifier.ts';
import { MINUTE, SECOND, VILLAGE, type World } from './world.ts';

type TowerHappening = (world: World, random: SeededRandom) => Promise<void>;

/** What may happen to the hardware of a tower and to the process that drives it, each with its weight. */
export const TOWER_HAPPENINGS: readonly (readonly [weight: number, happens: TowerHappening])[] = [
  [4, amplifierBreaks],
  [2, async (world, random) => agentKilled(world, random.between(1, 120) * SECOND, random)],
  [1, async (world, random) => cardAway(world, random.between(1, 10) * MINUTE)],
  [1, async ({ server }) => void server.push(LONG_SPEECH, VILLAGE)],
];

/** Before, while or after something sounds; mended after minutes. */
async function amplifierBreaks(world: World, random: SeededRandom): Promise<void> {
  const { server, tower } = world;
  if (random.chance(0.7)) {
    server.push(random.chance(0.3) ? FLOOD_ALERT : FLOOD_NOTICE, VILLAGE);
    await world.pass(random.between(0, 25) * SECOND);
  }
  tower?.amplifier.suffer(random.pick(AMPLIFIER_FAULTS));
  await world.pass(random.between(1, 60) * SECOND);
  server.push(FLOOD_NOTICE, VILLAGE);
  await world.pass(random.between(5, 600) * SECOND);
  tower?.amplifier.suffer(undefined);
}

/** Killed, by memory or by a hand; the amplifier has mains all the while, and the supervisor starts another one. */
async function agentKilled(world: World, ms: number, random: SeededRandom): Promise<void> {
  world.server.push(FLOOD_NOTICE, VILLAGE);
  await world.pass(random.between(0, 30) * SECOND);
  world.hall.kill();
  await world.pass(ms);
  world.hall.powerOn();
}

/** F35: the sound card vanishes and returns. */
async function cardAway(world: World, ms: number): Promise<void> {
  const { tower, server } = world;
  if (tower === undefined) return;
  server.push(FLOOD_NOTICE, VILLAGE);
  await world.pass(world.random.between(0, 30) * SECOND);
  tower.card.isGone = true;
  server.push(FLOOD_ALERT, VILLAGE);
  await world.pass(ms);
  tower.card.isGone = false;
}
