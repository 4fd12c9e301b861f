import { TIME_LIMITS } from '../../device/time/trust.ts';
import { outputsOf } from '../../firmware-protocol/content/announcement.ts';
import { contains } from '../../firmware-protocol/content/area.ts';
import { OUTPUTS } from '../../firmware-protocol/content/band.ts';
import type { Programme } from '../../firmware-protocol/content/programme.ts';
import { type Occurrence, occurrencesOf } from '../../firmware-protocol/content/resolver.ts';
import type { DeviceState } from '../../firmware-protocol/mqtt/messages.ts';
import type { SimHall } from './sim-hall.ts';
import type { SimServer } from './sim-server.ts';
import { CLOCK_GRAIN_MS, lieOf } from './time-laws.ts';
import { TowerLaws } from './tower-laws.ts';
import type { VirtualClock } from './virtual-clock.ts';
import type { VirtualTower } from './virtual-tower.ts';
import type { Heard } from './witness.ts';

/** Timers that one hall may hold: a leak of them is a queue without bound (I9). */
const TIMERS_LIMIT = 200;
/** A start may be so late after its last allowed moment: what is prepared just before it still begins. */
const START_SLACK_MS = 1_000;
/** On air longer than it takes, by no more than this (I7). */
const ON_AIR_SLACK_MS = 20_000;

/** A start is counted down by the clock as it was known then; a surer word of the server corrects that by so much at most. */
const CORRECTED_MS = TIME_LIMITS.roundTrip_ms / 2;
/** A report that tells of dropped ones. */
const DROPPED_BYTES = 300;

/** When a play may begin, epoch ms; whether more than once; whether it is due by the clock alone. */
interface Window {
  from: number;
  until: number;
  again: boolean;
  isDue: boolean;
  /** It says when it is to begin: what is to begin at once may by the hall's clock come from the future. */
  isTimed: boolean;
}

function isOutside(at: number, { from, until }: Window, error_ms: number): boolean {
  return at < from - error_ms || at > until + START_SLACK_MS + error_ms;
}

function told({ from, until }: Window): string {
  return `${from} to ${until}`;
}

/** Watches one hall after every step; breaches are collected, each told once. */
export class Invariants {
  readonly breaches = new Set<string>();
  /** Looked at after every step too: what a world of its own is held to; a text is a breach. */
  readonly also: (() => string | undefined)[] = [];
  /** Of a world with a real tower. */
  readonly tower: TowerLaws | undefined;
  readonly #hall: SimHall;
  readonly #server: SimServer;
  readonly #time: VirtualClock;
  #judged = 0;
  #highest = { report: 0, keys: 0, programmes: new Map<string, Map<string, number>>() };

  constructor(hall: SimHall, server: SimServer, time: VirtualClock, tower: VirtualTower | undefined) {
    this.#hall = hall;
    this.#server = server;
    this.#time = time;
    this.tower = tower && new TowerLaws(tower, time, (text) => this.#breach(text));
  }

  /** After every step. */
  check(): void {
    this.#soundIsLegitimate();
    this.#oneAtATime();
    this.#versionsGoUp();
    this.#staysInItsRoom();
    this.#clockIsHonest();
    this.tower?.check();
    if (this.#hall.timers > TIMERS_LIMIT) this.#breach(`I9: more than ${TIMERS_LIMIT} timers`);
    for (const look of this.also) {
      const found = look();
      if (found !== undefined) this.#breach(found);
    }
    for (const complaint of this.#server.complaints) this.#breach(`I3: ${complaint}`);
  }

  /** I1: what sounds was ordered or is due; I2: at most once unless it says otherwise. */
  #soundIsLegitimate(): void {
    const { heard } = this.#hall.witness;
    for (; this.#judged < heard.length; this.#judged++) {
      const each = heard[this.#judged];
      if (each === undefined) continue;
      const window = this.#allowed(each);
      if (window === undefined) this.#breach(`I1: ${each.play} was never said to this hall`);
      else if (each.isBeginning) this.#beganInTime(each, window);
      if (!window?.again && this.#hall.witness.beginnings(each.play, each.output) > 1)
        this.#breach(`I2: ${each.play} began twice on the ${each.output}`);
    }
  }

  /** By the time as the hall knew it; and by the true one, unless others than the server have lied to it. */
  #beganInTime({ play, from, believed }: Heard, window: Window): void {
    const isKnown = believed.error_ms !== undefined;
    if (window.isDue && !isKnown) this.#breach(`I1: ${play} began by the clock, which is ${believed.trust}`);
    if (isKnown && window.isTimed && isOutside(believed.wall, window, CORRECTED_MS))
      this.#breach(`I1: ${play} began when it took it to be ${believed.wall}, allowed ${told(window)}`);
    const error_ms = (believed.error_ms ?? 0) + CLOCK_GRAIN_MS;
    if (!this.#hall.wasLiedTo && isOutside(from, window, error_ms))
      this.#breach(`I1: ${play} began at ${from}, allowed ${told(window)}`);
  }

  /** What it takes for known is so, to within what it says that it may be wrong by. */
  #clockIsHonest(): void {
    const { believed, wasLiedTo } = this.#hall;
    const lie = believed && !wasLiedTo ? lieOf(believed, this.#time.wall()) : undefined;
    if (lie !== undefined) this.#breach(lie);
  }

  /** When a play may begin, by what the server said; undefined = never. */
  #allowed({ play, output, believed, isBeginning }: Heard): Window | undefined {
    const { village } = this.#hall.identity;
    const order = this.#server.playOrder(play);
    if (order !== undefined) {
      const isForUs = order.to.some((target) => !target.startsWith('device/') && contains(target, village));
      if (!isForUs || !order.outputs.includes(output)) return undefined;
      const from = Date.parse(order.start_at ?? order.issued_at);
      return {
        from,
        until: Date.parse(order.expires_at),
        again: order.at_least_once,
        isDue: false,
        isTimed: order.start_at !== undefined,
      };
    }
    // What had begun goes on to its end when its key is taken out; nothing of it begins.
    const forged = this.#server.forged.filter(({ signature }) => !isBeginning || this.#trusts(signature.key));
    const programmes = [...this.#server.everyProgramme, ...forged];
    const occurrence = dueNear(programmes, believed.wall).find((each) => each.id === play);
    if (occurrence === undefined || !contains(occurrence.area, village)) return undefined;
    return {
      from: occurrence.startMs,
      until: occurrence.latestStartMs,
      again: false,
      isDue: true,
      isTimed: true,
    };
  }

  /** I7: never two sounds at once on an output, and none longer than it takes. */
  #oneAtATime(): void {
    const onAir = this.#hall.witness.onAir();
    for (const output of OUTPUTS) {
      const together = onAir.filter((each) => each.output === output);
      if (together.length > 1) this.#breach(`I7: ${together.map(({ play }) => play).join(' and ')} at once`);
    }
    for (const { play, from, longest_ms } of onAir)
      if (this.#time.wall() - from > longest_ms + ON_AIR_SLACK_MS) this.#breach(`I7: ${play} does not end`);
  }

  /** I4: nothing that counts up ever goes down; of programmes, what keys signed that are still trusted. */
  #versionsGoUp(): void {
    const { disk } = this.#hall;
    const { report, keys, programmes } = this.#highest;
    const version = disk.keys?.version ?? keys;
    if (disk.pile.last.n < report) this.#breach(`I4: report ${disk.pile.last.n} after ${report}`);
    if (version < keys) this.#breach(`I4: key set ${version} after ${keys}`);
    for (const { programme } of disk.programmes.values()) {
      const { area, version, signature } = programme;
      const before = programmes.get(area) ?? new Map<string, number>();
      for (const [key, highest] of before)
        if (version < highest && this.#trusts(key))
          this.#breach(`I4: programme of ${area} went back to ${version} from ${highest} of ${key}`);
      programmes.set(area, before.set(signature.key, version));
    }
    this.#highest = { report: disk.pile.last.n, keys: version, programmes };
  }

  /** By the set that the hall has on its disk, or was enrolled with. */
  #trusts(key: string): boolean {
    const { disk, identity } = this.#hall;
    return (disk.keys ?? identity.keys).keys.some(({ id }) => id === key);
  }

  /** I5: reports take no more than their share of the disk, but for the one that tells what was dropped. */
  #staysInItsRoom(): void {
    const { bytes, budget } = this.#hall.disk.pile;
    if (bytes > budget + DROPPED_BYTES) this.#breach(`I5: reports take ${bytes} of ${budget} bytes`);
  }

  /** I5: of what never came to the server it was told that it comes no more. */
  #gapsAreTold(): void {
    const reports = this.#server.reports.get(this.#hall.identity.device) ?? [];
    const told = reports.flatMap(({ event }) => (event.type === 'dropped' ? [event] : []));
    for (const [at, { n }] of reports.entries())
      for (let missing = (reports[at - 1]?.n ?? 0) + 1; missing < n; missing += 1)
        if (!told.some(({ first, last }) => first <= missing && missing <= last))
          this.#breach(`I5: report ${missing} is missing and nobody said so`);
  }

  /** When the faults are over and all was said: every accepted order ended once, and the server knows (I3). */
  audit(): void {
    this.#gapsAreTold();
    const events = this.#server.events(this.#hall.identity.device);
    const ends = new Map<string, number>();
    for (const event of events)
      if (event.type === 'ended') {
        const name = `${event.play} ${event.output}`;
        ends.set(name, (ends.get(name) ?? 0) + 1);
      }
    // An end that had to go for want of room was one, and the gap is told.
    const { lostEnds } = this.#hall.disk.pile;
    const isTold = (name: string) => ends.has(name) || lostEnds.has(name);
    for (const event of events)
      if (event.type === 'accepted')
        for (const output of event.outputs)
          if (!isTold(`${event.play} ${output}`))
            this.#breach(`I3: ${event.play} never ended on the ${output}`);
    for (const [name, times] of ends) if (times > 1) this.#breach(`I3: ${name} ended ${times} times`);
    for (const { play, output } of this.#hall.witness.heard)
      if (!isTold(`${play} ${output}`)) this.#breach(`I3: ${play} sounded on the ${output} without an end`);
    for (const claim of this.#hall.disk.claims.values())
      if (claim.state !== 'ended') this.#breach(`I3: the claim of ${claim.play} is still ${claim.state}`);
    if (this.#hall.disk.reports.length > 0)
      this.#breach(`I3: ${this.#hall.disk.reports.length} reports never reached the server`);
  }

  /** I6: what the hall says of itself, when nothing stands in its way, is what the server wants of it. */
  auditConverged({ keys, programmes, trust, boot, warnings }: DeviceState): void {
    const { keySet } = this.#server;
    if (keys !== keySet.version) this.#breach(`I6: key set ${keys} instead of ${keySet.version}`);
    for (const { area, version } of this.#server.programmes.values()) {
      if (!contains(area, this.#hall.identity.village)) continue;
      const held = programmes.find((each) => each.area === area)?.version;
      if (held !== version) this.#breach(`I6: programme ${held} of ${area} instead of ${version}`);
    }
    const [told, says] = [this.#warnedOf()?.join(' '), [...warnings].sort().join(' ')];
    if (told !== undefined && told !== says)
      this.#breach(`I6: warned of "${says}", and by its reports of "${told}"`);
    if (trust !== 'server' && trust !== 'full') this.#breach(`I6: the clock is still ${trust}`);
    const { believed } = this.#hall;
    const lie = believed && lieOf(believed, this.#time.wall());
    if (lie !== undefined) this.#breach(`I6: ${lie}`);
    const counted = Number(this.#hall.disk.facts.get('boot'));
    if (boot !== counted) this.#breach(`I6: state of boot ${boot}, the disk says ${counted}`);
  }

  /** What whoever reads the reports from the first one believes to be wrong; undefined = some were dropped for want of room. */
  #warnedOf(): string[] | undefined {
    const raised = new Set<string>();
    for (const event of this.#server.events(this.#hall.identity.device)) {
      if (event.type === 'dropped') return undefined;
      if (event.type !== 'warning') continue;
      if (event.raised) raised.add(event.code);
      else raised.delete(event.code);
    }
    return [...raised].sort();
  }

  /** Every occurrence due from `from` to `until` (epoch ms) ended, once, whatever became of it (I3). */
  auditProgramme(from: number, until: number): void {
    const ended = new Set(
      this.#server
        .events(this.#hall.identity.device)
        .flatMap((event) => (event.type === 'ended' ? [`${event.play} ${event.output}`] : [])),
    );
    for (const { id, entry } of occurrencesOf([...this.#server.programmes.values()], from, until))
      for (const output of outputsOf(entry))
        if (!ended.has(`${id} ${output}`)) this.#breach(`I3: ${id} was due on the ${output} and has no end`);
  }

  #breach(text: string): void {
    this.breaches.add(text);
  }
}

/** By any version of any programme: a hall that was away plays by the one it has. */
function dueNear(programmes: Programme[], now: number): Occurrence[] {
  return programmes.flatMap((programme) => occurrencesOf([programme], now - 2 * 3_600_000, now + 3_600_000));
}
