import type { Chime } from '../firmware-protocol/content/announcement.ts';

/** What a tower sounds through and what a hall hears with: as ports.ts, and the one rate that all of it goes by. */

/** All sound inside the agent: mono signed 16-bit at this rate, so that parts join without gaps or conversions. */
export const SAMPLE_RATE_HZ = 48_000;

export interface Decoder {
  /** PCM of a verified file; rejects with DeviceError `media-undecodable` or `decoder-hung`. The signal kills its group. */
  decode(path: string, signal: AbortSignal): AsyncIterable<Int16Array>;
  /**
   * Looks at the structure only, in a few reads, so that a bad part is refused before the first one sounds.
   * Resolves to its length, ms; rejects with DeviceError `media-undecodable`. Absent: nothing is known before decoding.
   */
  inspect?(path: string): Promise<number>;
}

/** The sound device. One voice at a time. */
export interface Player {
  readonly sink: string;
  /** Opens the device so that the first frame sounds within milliseconds of the first write. Rejects `no-sound-device`. */
  arm(): Promise<Voice>;
}

export interface Voice {
  /** Resolves when the device has taken the samples (back-pressure paces it). Rejects `player-hung`, `player-failed`. */
  write(samples: Int16Array): Promise<void>;
  /** Waits until all has sounded, then closes. */
  drain(): Promise<void>;
  /** Stops at once and closes; what the device had buffered is lost. Never rejects. */
  cut(): Promise<void>;
  /** Sample frames that the device has accepted so far; a pipe before it is not the device. */
  frames(): number;
  /**
   * Monotonic instant at which the next frame that is written will sound, as far as the device has told; undefined while
   * nothing has sounded. Absent: nothing is known.
   */
  nextAt?(): number | undefined;
  /** How often the device ran dry so far. Absent: nothing is known. */
  gaps?(): number;
}

export interface Amplifier {
  /** Resolves when power has settled. Rejects `amplifier-failed`. */
  on(): Promise<void>;
  off(): Promise<void>;
  /** Whether the driver can know that it is on. */
  readonly senses: boolean;
  /** Calls whenever what switches it has come, at the start too. Absent = it does not come and go. */
  onThere?(call: () => void): void;
  /** Absent = it measures nothing. Rejects `amplifier-failed`; `panel-cannot` where the board that is there does not. */
  measure?(): Promise<AmplifierMeasures>;
}

/** Each figure is present where it is measured. */
export interface AmplifierMeasures {
  /** Of what goes out, dB below full. */
  levelDb?: number;
  currentAmperes?: number;
  temperatureC?: number;
  supplyVolts?: number;
  /** What protects itself now: `over-temperature`, `short-circuit`, `open-load`, ... */
  faults: string[];
}

/** Ears: a line-in or a microphone. One listener at a time. */
export interface Recorder {
  readonly source: string;
  /** Opens the device. Rejects `no-sound-device`. */
  open(): Promise<Ear>;
}

export interface Ear {
  /** The next samples, mono at SAMPLE_RATE_HZ, as they come; undefined after `close`. Rejects `recorder-hung`, `recorder-failed`. */
  hear(): Promise<Int16Array | undefined>;
  /** Closes at once. Never rejects. */
  close(): Promise<void>;
}

/** A switch that people or other devices close: the key of a microphone, the carrier of a receiver. */
export interface Contact {
  /** Undefined = it cannot be read now. */
  closed(): boolean | undefined;
  /** Calls whenever `closed` changes, already debounced; returns the way to end that. */
  onChange(call: () => void): () => void;
  start(): void;
  stop(): Promise<void>;
}

/** PCM of an attention tone at SAMPLE_RATE_HZ. */
export type ChimeMaker = (chime: Chime) => Int16Array;
