import type { Cut } from './durable-disk.ts';
import { allWell, fullProgramme, happening, powerAway } from './happenings.ts';
import { FLOOD_NOTICE } from './sayings.ts';
import { DAY, MINUTE, SECOND, VILLAGE, World } from './world.ts';

/** How a world treats its hall. */
export interface Fate {
  seed: number;
  days: number;
  /** True epoch ms of the first morning; absent: a Monday in November 2026. */
  startWall?: number;
  happeningsADay: number;
  /** The agent's real tower unit on virtual hardware, which may break too. */
  realTower?: boolean;
  /** Clocks beside the agent, which may lie. */
  clocks?: boolean;
  /** What the hall's reports may take of its disk, bytes; then it loses its line for days, too. */
  reportBytes?: number;
  /** Times a day that the mains fail on top of what happens: in a write, on air, or anywhere. */
  powerCutsADay: number;
}

/** What a hall lived through. */
export interface Tally {
  days: number;
  /** Where the power went: in silence, in the middle of a play, just before a write was durable, just after. */
  killPoints: Record<'between writes' | 'on air' | Cut, number>;
  boots: number;
  reports: number;
  played: number;
  /** Reports dropped for want of room: of how the box felt, of what led to an outcome, of outcomes. */
  dropped: { health: number; other: number; proof: number };
  /** What the tower's reports said of its amplifier, in a world with a real tower. */
  proofs?: Record<'on' | 'not-known' | 'failed', number>;
}

const CUT_SECONDS = { least: 2, most: 600 } as const;
/** A cut that waits for a write comes within so many of them. */
const WRITES_AHEAD = 15;

/** A hall under a fate, from its first start to its last report. Throws `Breached` with the seed. */
export async function liveThrough(fate: Fate): Promise<Tally> {
  const { days, happeningsADay, powerCutsADay, ...options } = fate;
  const world = new World(options);
  const { random, time, hall, server } = world;
  const tally = emptyTally(days);
  await world.up();
  server.programme(VILLAGE, fullProgramme(world));
  const eventsADay = happeningsADay + powerCutsADay;
  const until = time.monotonic() + days * DAY;
  while (time.monotonic() < until) {
    await passThroughCuts(world, random.between(1, (2 * DAY) / eventsADay), tally);
    if (random.chance(powerCutsADay / eventsADay)) await cutThePower(world, tally);
    else await happening(world)(world, random);
  }
  hall.cutAt = undefined;
  await allWell(world);
  return counted(world, tally);
}

/** Time goes on; a hall whose power went in the middle of a write comes back. */
async function passThroughCuts(world: World, ms: number, tally: Tally): Promise<void> {
  const until = world.time.monotonic() + ms;
  while (world.time.monotonic() < until) {
    await world.pass(Math.min(until - world.time.monotonic(), 10 * MINUTE));
    if (world.hall.isOn) continue;
    const { cutAt } = world.hall;
    if (cutAt !== undefined) tally.killPoints[cutAt.cut] += 1;
    world.hall.cutAt = undefined;
    world.hall.powerOn();
  }
}

async function cutThePower(world: World, tally: Tally): Promise<void> {
  const { random, hall } = world;
  const where = random.pick(['in a write', 'on air', 'anywhere']);
  if (where === 'in a write' && hall.cutAt === undefined) {
    const cut: Cut = random.chance(0.5) ? 'before it is durable' : 'after it is durable';
    hall.cutAt = { commit: hall.disk.commits + random.between(1, WRITES_AHEAD), cut };
    return;
  }
  if (where === 'on air') {
    world.server.push(FLOOD_NOTICE, VILLAGE);
    await world.pass(random.between(1, 20) * SECOND);
  }
  if (!hall.isOn) return;
  const isOnAir = hall.witness.onAir().length > 0;
  tally.killPoints[isOnAir ? 'on air' : 'between writes'] += 1;
  await powerAway(world, random.between(CUT_SECONDS.least, CUT_SECONDS.most) * SECOND);
}

function emptyTally(days: number): Tally {
  const killPoints = {
    'between writes': 0,
    'on air': 0,
    'before it is durable': 0,
    'after it is durable': 0,
  };
  return { days, killPoints, boots: 0, reports: 0, played: 0, dropped: { health: 0, other: 0, proof: 0 } };
}

function counted({ server, hall, invariants }: World, tally: Tally): Tally {
  const events = server.events(hall.identity.device);
  return {
    ...tally,
    boots: events.filter(({ type }) => type === 'booted').length,
    reports: events.length,
    played: hall.witness.heard.length,
    dropped: hall.disk.pile.dropped,
    ...(invariants.tower && { proofs: invariants.tower.proofs }),
  };
}
