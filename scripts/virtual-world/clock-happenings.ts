import { FLOOD_NOTICE } from './sayings.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { VirtualTimes } from './virtual-times.ts';
import { DAY, HOUR, MINUTE, SECOND, VILLAGE, type World } from './world.ts';

type ClockHappening = (world: World, times: VirtualTimes, random: SeededRandom) => Promise<void>;

/** By how much clocks lie: what people mistype, what a dead quartz loses, what a stranger's time service says. */
const LIES_MS = [3 * SECOND, MINUTE, HOUR, 7 * HOUR, DAY, 29 * DAY, 365 * DAY];

/** What may happen to the clocks beside the agent (F9 to F12), each with its weight. */
export const CLOCK_HAPPENINGS: readonly (readonly [weight: number, happens: ClockHappening])[] = [
  [2, async ({ hall }, times) => timeServiceSays(hall, times, 0)],
  [2, async ({ hall }, times, random) => timeServiceSays(hall, times, lie(random))],
  [
    1,
    async (_world, times) => {
      times.ntpSays = 'nothing';
    },
  ],
  [1, async (_world, times, random) => times.jumpBoard(lie(random))],
  [
    1,
    async (_world, times, random) => {
      times.isBatteryEmpty = random.chance(0.5);
    },
  ],
  [3, wakesAlone],
];

function timeServiceSays(hall: World['hall'], times: VirtualTimes, error_ms: number): void {
  hall.setSystemError(error_ms);
  times.ntpSays = 'right';
}

/** Power comes back and the line does not: the hall has its clocks and nobody else, and some of them are wrong. */
async function wakesAlone(world: World, times: VirtualTimes, random: SeededRandom): Promise<void> {
  const { hall, broker, server } = world;
  broker.cutNetwork();
  hall.powerOff();
  if (random.chance(0.5)) times.jumpBoard(lie(random));
  if (random.chance(0.5)) hall.setSystemError(lie(random));
  await world.pass(random.between(10, 3_600) * SECOND);
  hall.powerOn();
  server.push(FLOOD_NOTICE, VILLAGE);
  await world.pass(random.between(1, 240) * MINUTE);
  if (random.chance(0.3)) hall.setSystemError(lie(random));
  await world.pass(random.between(1, 60) * MINUTE);
  broker.restoreNetwork();
}

function lie(random: SeededRandom): number {
  return random.pick(LIES_MS) * (random.chance(0.5) ? 1 : -1);
}
