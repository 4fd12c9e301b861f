import type { SiteLaws } from '../../firmware-protocol/content/site-laws.ts';
import type { Health } from '../../firmware-protocol/mqtt/messages.ts';
import type { MediaConfig } from '../config/media.ts';
import type { Machine } from '../health/checks/machine.ts';
import type { Warnings } from '../health/warnings.ts';
import type { Identity } from '../identity.ts';
import type { InputHardware } from '../inputs/live-input.ts';
import type { LawsInForce } from '../laws/laws-in-force.ts';
import type { MediaFetcher } from '../media/fetcher.ts';
import type { SignView } from '../panel/sign-view.ts';
import type { Performer } from '../playout/play.ts';
import type {
  Bus,
  Clock,
  Log,
  MediaSource,
  MediaStore,
  Random,
  Store,
  System,
  TimeSource,
} from '../ports.ts';
import type { StickPlaces } from '../sideload/stick.ts';
import type { Boot } from '../time/boot.ts';
import type { TrustedClock } from '../time/trusted-clock.ts';
import type { UpdateKit } from '../update/update-kit.ts';

/** The world of one agent: made by main.ts of real things, by test/sim of others. */
export interface AgentParts {
  identity: Identity;
  /** Of the software, for the report of the boot. */
  version: string;
  /** When it was built, epoch ms: a time that is surely past. */
  builtAt: number;
  clock: Clock;
  random: Random;
  log: Log;
  system: System;
  store: Store;
  bus: Bus;
  mediaStore: MediaStore;
  /** In memory, for what must sound while the card takes nothing. */
  spareMedia?: MediaStore;
  mediaSource: MediaSource;
  sticks: StickPlaces;
  /** Room and traffic for files. */
  media: MediaConfig;
  /** Absent = this agent does not replace itself. */
  update?: UpdateKit | undefined;
  /** Who beside the server may know the time; absent: nobody. */
  timeSources?: TimeSource[];
  /** The box under the agent; absent: nobody looks at it. */
  machine?: Machine;
  /** What may sound when, how loud and how long; absent: nothing is forbidden. */
  laws?: SiteLaws;
  /** The outputs of this hall, at most one of each kind. */
  outputs: (kit: OutputKit) => OutputUnit[];
  /** Receiver and microphone; absent = this hall has neither. */
  inputs?: (kit: InputKit) => InputHardware[];
}

/** What an output may use of the agent. */
export interface OutputKit {
  clock: TrustedClock;
  media: Pick<MediaFetcher, 'ensure'>;
  laws: LawsInForce;
  /** What an output must know after a power cut; absent = nothing is remembered. */
  store?: Pick<Store, 'fact' | 'commit'>;
  warnings: Warnings;
  log: Log;
  /** Whether it works, or what it shows, may have changed. */
  changed: () => void;
}

/** What an input may use of the agent. */
export type InputKit = Pick<OutputKit, 'clock' | 'warnings'>;

/** A performer with a life of its own: a line that is held open, an idle page that shows the time. */
export interface OutputUnit {
  /** Absent = hardware that is only looked after. */
  performer?: Performer;
  /** Whether the hardware answered the last time it was asked; absent: as the performer says. */
  works?: () => boolean;
  /** What a sign that takes pages shows. */
  view?: Pick<SignView, 'face' | 'screen'>;
  /** What it measured of itself last. */
  health?: () => Pick<Health, 'sign' | 'amplifier' | 'inputs'>;
  /** Reads what it must know of before this boot; before anything starts. */
  load?: () => Promise<void>;
  /** Must not wait for hardware: what is missing is a warning, and the rest of the hall goes on. */
  start?: () => void;
  /** Once the hall listens: what starts programs, to look at the hardware or to draw. */
  look?: () => void;
  stop?: () => Promise<void>;
}

/** What everything of one boot shares. */
export interface BootParts extends AgentParts {
  clock: TrustedClock;
  boot: Boot;
}
