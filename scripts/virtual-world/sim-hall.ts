import type { AgentParts, OutputKit, OutputUnit } from '../../device/agent/parts.ts';
import { Agent } from '../../device/agent.ts';
import { MediaConfig } from '../../device/config/media.ts';
import { DeviceError } from '../../device/errors.ts';
import type { Machine } from '../../device/health/checks/machine.ts';
import type { Identity } from '../../device/identity.ts';
import { LawfulPerformer } from '../../device/laws/lawful-performer.ts';
import type { LocalHall } from '../../device/local/local-hall.ts';
import type { Log, MediaSource, MediaStore } from '../../device/ports.ts';
import type { StickPlaces } from '../../device/sideload/stick.ts';
import type { TrustedClock } from '../../device/time/trusted-clock.ts';
import type { SiteLaws } from '../../firmware-protocol/content/site-laws.ts';
import { type Cut, DurableDisk, SimStore } from './durable-disk.ts';
import { Life } from './life.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { SimBroker } from './sim-broker.ts';
import { type Believed, believed } from './time-laws.ts';
import type { VirtualClock } from './virtual-clock.ts';
import type { VirtualTimes } from './virtual-times.ts';
import type { VirtualTower } from './virtual-tower.ts';
import { sketchUnit, Witness } from './witness.ts';

export interface SimHallParts {
  identity: Identity;
  time: VirtualClock;
  random: SeededRandom;
  broker: SimBroker;
  /** The outputs of one life; absent: a tower and a panel that only take time. */
  outputs?: (life: Life, witness: Witness, kit: OutputKit) => OutputUnit[];
  /** The hardware of a tower, driven by the agent's real unit; absent: a tower that only takes time. */
  tower?: VirtualTower;
  /** What its reports may take of the disk, bytes; absent: as much as they will. */
  reportBytes?: number;
  /** Clocks beside the agent; absent: the server alone tells the time. */
  times?: VirtualTimes;
  /** Its folder of files, and where they come from; absent: every file is always there. */
  files?: HallFiles;
  /** Absent: nothing is forbidden. */
  laws?: SiteLaws;
  machine?: Machine;
}

export type HallFiles = Partial<
  Pick<AgentParts, 'mediaStore' | 'mediaSource' | 'media' | 'sticks' | 'update'>
>;

/** A hall: a disk and ears that last, and one agent after another. */
export class SimHall {
  readonly identity: Identity;
  readonly disk: DurableDisk;
  readonly witness = new Witness();
  /** What the agent logged at `error`, for the story of a failure. */
  readonly errors: string[] = [];
  /** Cuts the power at the commit of this number, counted over all lives. */
  cutAt: { commit: number; cut: Cut } | undefined;
  readonly #parts: SimHallParts;
  #systemError_ms = 0;
  #life: Life | undefined;
  #agent: Agent | undefined;
  #clock: TrustedClock | undefined;

  constructor(parts: SimHallParts) {
    this.#parts = parts;
    this.disk = new DurableDisk(parts.reportBytes);
    this.identity = parts.identity;
  }

  get isOn(): boolean {
    return this.#life !== undefined;
  }

  /** The system clock steps: so far from the truth is it now, ms. */
  setSystemError(ms: number): void {
    this.#systemError_ms = ms;
  }

  /** The agent as somebody at the box sees it; undefined while it is not up. */
  get local(): LocalHall | undefined {
    return this.#agent?.local();
  }

  /** What the agent takes the time to be; undefined while it is not up. */
  get believed(): Believed | undefined {
    return this.isOn ? this.#clock && believed(this.#clock) : undefined;
  }

  /** In this life somebody told it a time that was not so. */
  get wasLiedTo(): boolean {
    return this.#parts.times?.wasLiedTo(this.#life) ?? false;
  }

  get timers(): number {
    return this.#life?.timers ?? 0;
  }

  powerOn(): void {
    const { identity, time, random, broker, outputs, tower, times, files, laws, machine } = this.#parts;
    const life = new Life(time, () => this.#systemError_ms);
    this.#life = life;
    const { witness } = this;
    const usual = (kit: OutputKit) => [
      tower?.unit(life, witness, kit) ??
        lawful(sketchUnit({ output: 'tower', life, time, witness, kit }), kit),
      sketchUnit({ output: 'panel', life, time, witness, kit }),
    ];
    tower?.amplifier.mains(true);
    const agent = new Agent({
      ...{ identity, random, clock: life.clock, log: this.#log() },
      version: 'sim',
      builtAt: Date.parse('2026-01-01T00:00:00Z'),
      system: { measure: async () => ({ uptime_s: 0, rss_bytes: 0 }) },
      store: new SimStore(this.disk, life, (commit) => this.#cutOrNot(commit)),
      bus: broker.bus(identity.device, life),
      mediaStore: ALL_MEDIA,
      mediaSource: NO_SOURCE,
      media: MediaConfig.parse({}),
      sticks: NO_STICKS,
      ...files,
      ...(laws && { laws }),
      ...(machine && { machine }),
      ...(times && { timeSources: times.sources(life) }),
      outputs: (kit) => {
        this.#clock = kit.clock;
        return outputs?.(life, witness, kit) ?? usual(kit);
      },
    });
    this.#agent = agent;
    agent.start().catch((error: unknown) => this.errors.push(`start: ${String(error)}`));
  }

  /** The plug is pulled. */
  powerOff(): void {
    if (this.isOn) {
      this.#parts.tower?.amplifier.mains(false);
      this.#parts.times?.mainsGone();
    }
    this.kill();
  }

  /** The process dies; what it drove keeps its mains. */
  kill(): void {
    const life = this.#life;
    if (life === undefined) return;
    this.#life = undefined;
    this.#agent = undefined;
    this.#clock = undefined;
    life.end();
    this.#parts.tower?.lifeEnded();
    this.witness.powerCut(life, this.#parts.time.wall());
    this.#parts.broker.lost(this.identity.device);
  }

  /** The orderly end. */
  async shutDown(): Promise<void> {
    await this.#agent?.stop();
    this.#life?.end();
    this.#life = undefined;
    this.#agent = undefined;
  }

  #cutOrNot(commit: number): Cut | undefined {
    if (this.cutAt?.commit !== commit) return undefined;
    const { cut } = this.cutAt;
    this.powerOff();
    return cut;
  }

  #log(): Log {
    return {
      info: () => {},
      warn: () => {},
      error: (facts, message) => void this.errors.push(`${message} ${String(facts.error ?? '')}`),
    };
  }
}

/** As the real tower stands under the laws. */
function lawful(unit: OutputUnit, { laws, clock }: OutputKit): OutputUnit {
  const { performer } = unit;
  return performer ? { ...unit, performer: new LawfulPerformer({ performer, laws, clock }) } : unit;
}

/** Media are always there: fetching them is tried elsewhere. */
const ALL_MEDIA: MediaStore = {
  path: async (sha256) => sha256,
  partial: async () => 0,
  append: async () => {},
  finish: async (sha256) => sha256,
  discard: async () => {},
  adopt: async (sha256) => sha256,
  held: async () => [],
  remove: async () => {},
  freeBytes: async () => undefined,
};

const NO_STICKS: StickPlaces = {
  look: async () => [],
  open: (folder) => {
    throw new DeviceError('stick-unreadable', { folder, reason: 'no-file' });
  },
};

const NO_SOURCE: MediaSource = {
  // biome-ignore lint/correctness/useYield: a source that has nothing
  async *fetch() {
    throw new DeviceError('media-unreachable');
  },
};
