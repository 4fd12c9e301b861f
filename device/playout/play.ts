import type { Announcement } from '../../firmware-protocol/content/announcement.ts';
import type { Band, Output } from '../../firmware-protocol/content/band.ts';
import type {
  PanelEvidence,
  PlayId,
  ReportEvent,
  TowerEvidence,
} from '../../firmware-protocol/content/report.ts';
import type { Claim } from '../ports.ts';
import type { PaintedScreen, PanelFace } from '../sign-ports.ts';

/** Something to be said, whether an order or an occurrence of a programme. Times are epoch ms. */
export interface Play {
  id: PlayId;
  band: Band;
  announcement: Announcement;
  outputs: Output[];
  /** Absent: as soon as it is ready. */
  startAt?: number;
  /** Not begun by then on an output: that output ends `expired`. */
  latestStart: number;
  /** It is cut then, also in the middle (epoch ms); absent: it ends by itself. */
  endsBy?: number;
  /** After a pre-emption. */
  whenCut: 'resume' | 'give-up';
  /** On the tower, against the loudness of this hall, dB; absent = 0. A test beside the cabinet is quieter than the village. */
  gainDb?: number;
  /** Somebody who stands at the tower confirmed that it may sound in the quiet hours; every other law binds it all the same. */
  atNight?: true;
  /** Pictures made for the very sign, one for each page of the announcement, instead of its words: a test of lamps. */
  screens?: (face: PanelFace) => PaintedScreen[];
  /** Sound that is made now, instead of the parts of the announcement: its tower content is a title's worth of nothing. */
  live?: LiveSound;
}

/** What is to be durable of a play before anything of it is heard or seen. */
export interface Acceptance {
  events: ReportEvent[];
  /** One for each of its outputs. */
  claims: Claim[];
}

/** A receiver or a microphone on air. */
export interface LiveSound {
  /** Samples as they are heard, mono at SAMPLE_RATE_HZ; ends when nobody speaks any more, or by the signal. Throws as `Ear.hear`. */
  open(signal: AbortSignal): AsyncIterable<Int16Array>;
  /** The longest that it may go on, ms: a stuck key holds no tower for ever. */
  maxMs: number;
}

/** How far a performance came; where a resumed one goes on. */
export interface Mark {
  /** Sample frames of content sounded, or pages shown. */
  done: number;
  /** Frames before the word that was begun last; absent: not known where one begins. */
  word?: number;
}

/** How a performance ended by itself or by being cut. */
export interface Performed {
  /**
   * `finished`; `cut` = the signal ended it; `failed` = it could not go on, `reason` says why; `late` = its last moment
   * had passed before anything began; `turn` = it made way for another one and goes on when its turn comes.
   */
  end: 'finished' | 'cut' | 'failed' | 'late' | 'turn';
  reason?: string;
  detail?: string;
  mark: Mark;
  /** Monotonic instant of the first sound after the lead silence, or of the first picture; absent: there was none. */
  firstAt?: number;
  tower?: TowerEvidence;
  panel?: PanelEvidence;
}

/** Why a performance is ended from outside: the `reason` of the signal given to `perform`. */
export type Cut = 'pre-empted' | 'stopped' | 'overrun' | 'closed';

/** One output that can perform plays: tower/ and panel/ each make one. */
export interface Performer {
  readonly output: Output;
  /** How long before a play's instant `perform` is to be called (amplifiers settle); absent: at the instant. */
  readonly leadMs?: number;
  /** Whether the hardware is there now; false plays nothing and ends `rejected` with `whyNot()`. */
  works(): boolean;
  whyNot(): string;
  /**
   * Makes ready: media fetched and decoded ahead, device opened. Nothing is heard or shown yet.
   * Rejects with DeviceError; the signal gives it up.
   */
  prepare(play: Play, from: Mark | undefined, signal: AbortSignal): Promise<Performance>;
}

/** Ready to go. Never rejects: what goes wrong is in `Performed`. */
export interface Performance {
  /** The longest it takes from beginning to end, ms, where the performer knows better than the document; else absent. */
  readonly lengthMs?: number;
  /**
   * Performs until the end or the signal (its reason is a `Cut`); amplifier and sound device are released on resolve.
   * `at`: monotonic ms at which the first sound or picture is due, `leadMs` ahead; absent: as soon as possible.
   * `latest`: monotonic ms after which it is not begun, but `late`; absent: it is begun whenever it can be.
   */
  perform(signal: AbortSignal, at?: number, latest?: number): Promise<Performed>;
  /** Instead of performing: lets go of what was opened. */
  discard(): Promise<void>;
}

/** The front of the playout for orders/ and programme/. */
export interface Playout {
  /**
   * Takes a play whose claims (state `accepted`) are already durable; or, with `acceptance`, one that does not wait for them: they
   * are written with its first record, in one commit. Never rejects; its end is a report.
   */
  submit(play: Play, acceptance?: Acceptance): void;
  /** Ends a play, or all below life-safety, within one second; each is reported `cancelled`. Resolves when silent. */
  stop(which: PlayId | 'everything', by: PlayId): Promise<void>;
  /** Band of a play that is held on any output, playing or waiting; undefined = there is none of that id. */
  bandOf(play: PlayId): Band | undefined;
  /** How long ago something on air should have been over, cut or abandoned, ms; 0 or less = nothing is overdue. */
  overdueMs(): number;
  /** What each output does now. */
  now(): Partial<Record<Output, { play: PlayId; title: string; band: number }>>;
  /** Ends everything for shutdown: what was playing is reported `interrupted`. */
  close(): Promise<void>;
}
