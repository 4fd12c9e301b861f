import type { Output } from '../../firmware-protocol/content/band.ts';
import type {
  Outcome,
  PanelEvidence,
  PlayId,
  TowerEvidence,
} from '../../firmware-protocol/content/report.ts';
import type { Cut, Mark, Performed, Play } from './play.ts';

/** Both clocks at one moment: `wall` epoch ms, `monotonic` ms. */
export interface Now {
  wall: number;
  monotonic: number;
}

/** Why a play could not be made ready the last time. */
export interface Failure {
  reason: string;
  detail: string | undefined;
}

/** Where a play is on its way. Instants are monotonic ms. `failed`: it is tried again after that. */
export type Phase =
  | { at: 'waiting'; notBefore: number; failed?: Failure }
  | { at: 'preparing'; since: number; failed?: Failure | undefined }
  | { at: 'ready' }
  | { at: 'on-air'; until: number }
  | { at: 'cutting'; why: Cut; by: PlayId | undefined; until: number };

/** What was measured so far, over all stretches of one play. */
export interface Evidence {
  tower?: TowerEvidence;
  panel?: PanelEvidence;
}

/** What is known of a play that was recorded as started. `startedAt` is undefined if it was cut before it sounded. */
export interface Begun {
  /** Epoch ms. */
  startedAt: number | undefined;
  mark: Mark;
  evidence: Evidence;
  /** Pre-empted: the monotonic instant until which it may go on. */
  resumeBy: number;
}

export interface Item {
  play: Play;
  /** Order of acceptance on this output. */
  n: number;
  phase: Phase;
  begun: Begun | undefined;
  /** Monotonic instant of the first device error since something of it was last performed. */
  failingSince: number | undefined;
  /** The number of the last turn that it had, since it took turns with others; undefined: it had none. */
  turn: number | undefined;
  /** What its performer said it takes, ms; undefined: as long as its document says. */
  lengthMs: number | undefined;
}

/** One output: everything accepted and not ended. At most one item is `on-air` or `cutting`. */
export interface Arbiter {
  readonly output: Output;
  /** How long before its instant a play is performed (`Performer.leadMs`). */
  readonly leadMs: number;
  readonly items: readonly Item[];
  readonly accepted: number;
  /** How often one made way for another. */
  readonly turns: number;
  readonly closing: boolean;
}

export type Input =
  | { type: 'submit'; play: Play }
  | { type: 'stop'; which: PlayId | 'everything'; by: PlayId }
  | { type: 'prepared'; play: PlayId; lengthMs?: number | undefined }
  | { type: 'unprepared'; play: PlayId; reason: string; detail: string | undefined }
  /** It is recorded and the performer was called: from `startedAt` (epoch ms) on there is something to hear or see. */
  | { type: 'began'; play: PlayId; startedAt: number }
  | { type: 'performed'; play: PlayId; performed: Performed }
  | { type: 'timeout' }
  | { type: 'close' };

export interface Ending {
  outcome: Outcome;
  reason: string | undefined;
  detail: string | undefined;
  startedAt: number | undefined;
  evidence: Evidence;
}

/** What the runner does, in this order. */
export type Step =
  | { do: 'prepare'; play: Play; from: Mark | undefined }
  /** Lets go of what was prepared or is being prepared. */
  | { do: 'discard'; play: PlayId }
  /**
   * Records `started` or `resumed`, or `quietly` nothing, then performs: at the monotonic instant `at` (absent: at once), and not at all when
   * the record took until after `latest`. Monotonic, so that a step of the wall clock in between changes nothing.
   */
  | {
      do: 'perform';
      play: Play;
      resumed: boolean;
      quietly: boolean;
      at: number | undefined;
      latest: number;
    }
  | { do: 'cut'; play: PlayId; why: Cut }
  /** The performer did not answer: whatever it says later is not listened to. */
  | { do: 'abandon'; play: PlayId }
  | { do: 'pause'; play: Play; by: PlayId | undefined }
  | { do: 'end'; play: Play; ending: Ending };

export function emptyArbiter(output: Output, leadMs: number): Arbiter {
  return { output, leadMs, items: [], accepted: 0, turns: 0, closing: false };
}

export function isOnAir(item: Item): boolean {
  return item.phase.at === 'on-air' || item.phase.at === 'cutting';
}

/** Something is held for it by the performer, but nothing sounds or shows. */
export function isStaged(item: Item): boolean {
  return item.phase.at === 'preparing' || item.phase.at === 'ready';
}
