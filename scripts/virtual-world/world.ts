import type { OutputKit, OutputUnit } from '../../device/agent/parts.ts';
import type { Machine } from '../../device/health/checks/machine.ts';
import { type AreaCode, zoneOf } from '../../firmware-protocol/content/area.ts';
import type { SiteLaws } from '../../firmware-protocol/content/site-laws.ts';
import { DeviceState } from '../../firmware-protocol/mqtt/messages.ts';
import { topicOf } from '../../firmware-protocol/mqtt/topics.ts';
import { endsIn } from './ends-in.ts';
import { Invariants } from './invariants.ts';
import type { Life } from './life.ts';
import { SeededRandom } from './seeded-random.ts';
import { SimBroker } from './sim-broker.ts';
import { type HallFiles, SimHall } from './sim-hall.ts';
import { SimServer } from './sim-server.ts';
import { VirtualClock } from './virtual-clock.ts';
import { VirtualTimes } from './virtual-times.ts';
import { VirtualTower } from './virtual-tower.ts';
import type { Witness } from './witness.ts';

/** A Monday, 06:00 in Thailand. */
export const MONDAY_0600 = Date.parse('2026-11-16T06:00:00+07:00');
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const VILLAGE: AreaCode = '43010102';
export const DEVICE = 'hall-1';

export interface WorldOptions {
  seed?: number;
  startWall?: number;
  outputs?: (life: Life, witness: Witness, kit: OutputKit) => OutputUnit[];
  /** The real tower on virtual hardware; else one that only takes time, which is cheaper by far. */
  realTower?: boolean;
  /** The clock of a board and a time service beside the agent, which may lie; else the server alone tells the time. */
  clocks?: boolean;
  /** What the hall's reports may take of its disk, bytes; absent: as much as they will. */
  reportBytes?: number;
  /** Absent: nothing is forbidden. */
  laws?: SiteLaws;
  /** Absent: nobody looks at the box. */
  machine?: Machine;
  files?: HallFiles;
}

/** One province with one hall in it. One seed is one world: what failed once fails again. */
export class World {
  readonly seed: number;
  readonly time: VirtualClock;
  readonly random: SeededRandom;
  readonly broker: SimBroker;
  readonly server: SimServer;
  readonly hall: SimHall;
  readonly invariants: Invariants;
  /** Of a world with a real tower. */
  readonly tower: VirtualTower | undefined;
  /** Of a world with clocks beside the agent. */
  readonly times: VirtualTimes | undefined;

  constructor({ seed = 1, startWall = MONDAY_0600, realTower, clocks, ...equipment }: WorldOptions = {}) {
    this.seed = seed;
    this.time = new VirtualClock(startWall);
    this.random = new SeededRandom(seed);
    this.broker = new SimBroker(this.time, this.random);
    this.server = new SimServer(this.time, this.broker);
    const { time, broker } = this;
    this.tower = realTower ? new VirtualTower(time) : undefined;
    this.times = clocks ? new VirtualTimes(time) : undefined;
    this.hall = new SimHall({
      ...{ time, broker, random: this.random, identity: this.server.enrol(DEVICE, VILLAGE) },
      ...(this.tower && { tower: this.tower }),
      ...(this.times && { times: this.times }),
      ...equipment,
    });
    this.invariants = new Invariants(this.hall, this.server, this.time, this.tower);
  }

  /** Lets `ms` pass, with the invariants checked after every step. */
  async pass(ms: number): Promise<void> {
    await this.time.runTo(this.time.monotonic() + ms, () => this.invariants.check());
    this.expectNoBreach();
  }

  /** Until it is `wall` (an instant with an offset). */
  async passUntil(wall: string): Promise<void> {
    await this.pass(Date.parse(wall) - this.time.wall());
  }

  /** The hall is switched on, connected, and knows the time. */
  async up(): Promise<void> {
    this.hall.powerOn();
    await this.pass(5 * SECOND);
  }

  /** Time for the last reports to arrive when nothing stands in their way, then the books are looked at. */
  async calmAndAudit(ms = 17 * MINUTE): Promise<void> {
    await this.pass(ms);
    this.invariants.audit();
    if (this.hall.isOn) this.invariants.auditConverged(this.state());
    this.expectNoBreach();
  }

  /** What the server knows of the ends of a play: `tower finished`, `panel cancelled stopped`. */
  ends(play: string): string[] {
    return endsIn(this.server.events(DEVICE), play);
  }

  /** What the server knows of refusals: reason -> how many. */
  refusals(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const event of this.server.events(DEVICE))
      if (event.type === 'refused') counts[event.reason] = (counts[event.reason] ?? 0) + event.count;
    return counts;
  }

  /** How often a play was begun, tower and panel together. */
  begun(play: string): number {
    const { witness } = this.hall;
    return witness.beginnings(play, 'tower') + witness.beginnings(play, 'panel');
  }

  /** The state as the device last published it. */
  state(): DeviceState {
    const message = this.broker.retained(topicOf('state', { zone: zoneOf(VILLAGE), device: DEVICE }));
    return DeviceState.parse(JSON.parse(Buffer.from(message?.payload ?? []).toString('utf8')));
  }

  /** Throws with the seed, the breaches and the last errors of the hall. */
  expectNoBreach(): void {
    const breaches = [...this.invariants.breaches];
    if (breaches.length > 0) throw new Breached(this.seed, breaches, this.hall.errors.slice(-3));
  }
}

/** An invariant did not hold; the seed plays it again. */
class Breached extends Error {
  constructor(seed: number, breaches: string[], errors: string[]) {
    super(`seed ${seed}: ${[...breaches, ...errors].join('; ')}`);
  }
}
