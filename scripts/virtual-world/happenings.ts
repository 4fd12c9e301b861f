import type { ProgrammeEntry } from '../../firmware-protocol/content/programme.ts';
import { CLOCK_HAPPENINGS } from './clock-happenings.ts';
import type { LineFaults } from './line-faults.ts';
import {
  ANTHEM,
  FLOOD_ALERT,
  FLOOD_NOTICE,
  HOURLY_NOTE,
  MORNING_NEWS,
  STOLEN_NOTE,
  TERSE_NEWS,
  TERSE_NOTE,
} from './sayings.ts';
import type { SeededRandom } from './seeded-random.ts';
import { TOWER_HAPPENINGS } from './tower-happenings.ts';
import { DAY, HOUR, MINUTE, SECOND, VILLAGE, type World } from './world.ts';

export type Happening = (world: World, random: SeededRandom) => Promise<void>;

const FULL_PROGRAMME = [ANTHEM, MORNING_NEWS, HOURLY_NOTE];
const TERSE_PROGRAMME = [ANTHEM, TERSE_NEWS, TERSE_NOTE];
const SHORT_PROGRAMME = [ANTHEM];
const CLOCK_ERRORS_MS = [0, HOUR, -HOUR, 50 * 365 * DAY, -56 * 365 * DAY];

/** What may happen to a hall, each with its weight. */
const HAPPENINGS: readonly (readonly [weight: number, happens: Happening])[] = [
  [6, async ({ server }) => void server.push(FLOOD_NOTICE, '4301')],
  [2, async ({ server }) => void server.push({ ...FLOOD_ALERT, at_least_once: true }, 'th')],
  [2, async ({ server }) => void server.push({ kind: 'stop', stops: 'everything' }, VILLAGE)],
  [3, async ({ server }, random) => stopOneOf(server, random)],
  [2, async (world, random) => void world.server.programme(VILLAGE, someProgramme(world, random))],
  [3, async (world, random) => powerAway(world, random.between(1, 90) * SECOND)],
  [2, async (world, random) => powerAway(world, random.between(1, 40) * MINUTE)],
  [3, async (world, random) => networkAway(world, random.between(1, 180) * MINUTE)],
  [1, async (world, random) => networkFlaps(world, random.between(5, 40), random)],
  [1, async (world, random) => networkFrozen(world, random.between(1, 4_000) * SECOND)],
  [
    1,
    async ({ broker, server }) => {
      broker.kill();
      server.showAll();
    },
  ],
  [2, async ({ hall }, random) => hall.setSystemError(random.pick(CLOCK_ERRORS_MS))],
  [3, async ({ broker }, random) => broker.suffer(badLine(random))],
  [1, async (world, random) => diskRefuses(world, random.between(1, 30) * MINUTE)],
  [1, async (world, random) => keyStolen(world, random.between(1, 300) * MINUTE)],
  [1, async (world, random) => diskSlow(world, random.between(2, 30) * SECOND)],
];

/** One of those that may happen in this world, by weight. */
export function happening({ random, tower, times, hall }: World): Happening {
  const hasBudget = Number.isFinite(hall.disk.pile.budget);
  const possible = [
    ...HAPPENINGS,
    ...(tower ? TOWER_HAPPENINGS : []),
    ...(times ? toClocks(times) : []),
    ...(hasBudget ? [WITHOUT_A_LINE] : []),
  ];
  const total = possible.reduce((sum, [weight]) => sum + weight, 0);
  let left = random.fraction() * total;
  for (const [weight, happens] of possible) {
    left -= weight;
    if (left < 0) return happens;
  }
  throw new RangeError('the weights do not add up');
}

function toClocks(times: NonNullable<World['times']>): (readonly [weight: number, happens: Happening])[] {
  return CLOCK_HAPPENINGS.map(([weight, happens]) => [
    weight,
    (world, random) => happens(world, times, random),
  ]);
}

/** The faults are over; whatever is left is settled, and the books are looked at when nothing is on air. */
export async function allWell(world: World): Promise<void> {
  world.hall.setSystemError(0);
  world.hall.disk.slow_ms = 0;
  world.tower?.mend();
  world.times?.mend();
  world.broker.mend();
  if (!world.hall.isOn) world.hall.powerOn();
  world.server.programme(VILLAGE, []);
  await world.pass(2 * HOUR);
  await world.calmAndAudit();
}

export async function powerAway(world: World, ms: number): Promise<void> {
  world.hall.powerOff();
  await world.pass(ms);
  world.hall.powerOn();
}

/** F49: longer than the disk has room for reports, and not for so long that proofs go. */
const WITHOUT_A_LINE: readonly [weight: number, happens: Happening] = [
  0.1,
  async ({ broker }, random) => broker.cutNetworkFor(random.between(2, 8) * DAY),
];

/** What a village says day by day. */
export function fullProgramme({ tower }: World): ProgrammeEntry[] {
  return tower ? TERSE_PROGRAMME : FULL_PROGRAMME;
}

function someProgramme(world: World, random: SeededRandom): ProgrammeEntry[] {
  return random.chance(0.5) ? SHORT_PROGRAMME : fullProgramme(world);
}

function stopOneOf(server: World['server'], random: SeededRandom): void {
  const ids = [...server.orders.values()].filter(({ kind }) => kind === 'announce').map(({ id }) => id);
  if (ids.length > 0) server.push({ kind: 'stop', stops: random.pick(ids.slice(-20)) }, VILLAGE);
}

async function networkAway(world: World, ms: number): Promise<void> {
  world.broker.cutNetwork();
  await world.pass(ms);
  world.broker.restoreNetwork();
}

/** F20: half-open, for up to an hour. */
async function networkFrozen(world: World, ms: number): Promise<void> {
  world.broker.freezeNetwork();
  await world.pass(ms);
  world.broker.restoreNetwork();
}

/** F21: a line that comes and goes every few seconds, as a modem at the edge of its cell does. */
async function networkFlaps(world: World, times: number, random: SeededRandom): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await networkAway(world, random.between(1, 20) * SECOND);
    await world.pass(random.between(1, 40) * SECOND);
  }
}

/** Power and disk do not fail together here: what sounds then can be proven to nobody. */
async function diskRefuses(world: World, ms: number): Promise<void> {
  world.hall.cutAt = undefined;
  world.hall.disk.refuses = world.random.pick(['store-full', 'store-failed']);
  world.server.push(FLOOD_ALERT, VILLAGE);
  world.server.push(FLOOD_NOTICE, VILLAGE);
  await world.pass(ms);
  world.hall.disk.refuses = undefined;
  await world.pass(MINUTE);
}

/** F8: a tired card takes half a minute for an fsync. */
async function diskSlow(world: World, ms: number): Promise<void> {
  world.hall.disk.slow_ms = ms;
  world.server.push(FLOOD_NOTICE, VILLAGE);
  await world.pass(5 * MINUTE);
  world.hall.disk.slow_ms = 0;
}

/** Somebody speaks with the server's key, until it is taken out. */
async function keyStolen(world: World, ms: number): Promise<void> {
  world.server.forge(VILLAGE, [ANTHEM, STOLEN_NOTE]);
  await world.pass(ms);
  world.server.replaceKey();
}

function badLine(random: SeededRandom): LineFaults {
  return {
    drop: random.fraction() * 0.3,
    duplicate: random.fraction() * 0.5,
    unacknowledged: random.fraction() * 0.5,
    delay_ms: random.between(0, 5_000),
    up_ms: random.chance(0.5) ? random.between(0, 8_000) : 0,
    // Now and then PUBACK comes when nobody waits for it any more.
    answer_ms: random.chance(0.3) ? random.between(0, 45_000) : 0,
    bytesPerSecond: random.chance(0.3) ? 8_000 : Number.POSITIVE_INFINITY,
  };
}
