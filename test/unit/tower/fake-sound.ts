import { DeviceError } from '../../../device/errors.ts';
import { pause } from '../../../device/playout/waiting.ts';
import type { Clock } from '../../../device/ports.ts';
import {
  type Amplifier,
  type Decoder,
  type Player,
  SAMPLE_RATE_HZ,
  type Voice,
} from '../../../device/sound-ports.ts';

/** How far a fake card lets a writer go ahead of what sounds. */
const AHEAD_MS = 100;
const NEVER = new AbortController().signal;

/** A sound card on a given clock: keeps what it was given, paces it, and can be made to fail. */
export class FakePlayer implements Player {
  readonly sink = 'fake';
  readonly voices: FakeVoice[] = [];
  /** Voices open now; a card has one. */
  open = 0;
  armFails: DeviceError | undefined;
  /** From this frame of a voice on, writes never come back. */
  hangsAtFrame = Number.POSITIVE_INFINITY;
  failsAtFrame = Number.POSITIVE_INFINITY;
  readonly #clock: Clock;
  readonly #tell: (what: string) => void;

  constructor(clock: Clock, tell: (what: string) => void = () => {}) {
    this.#clock = clock;
    this.#tell = tell;
  }

  async arm(): Promise<Voice> {
    if (this.armFails) throw this.armFails;
    if (this.open > 0) throw new DeviceError('no-sound-device', { why: 'busy' });
    this.open += 1;
    const closed = (how: string) => {
      this.open -= 1;
      this.#tell(`voice ${how}`);
    };
    const voice = new FakeVoice(this, this.#clock, closed);
    this.voices.push(voice);
    return voice;
  }
}

class FakeVoice implements Voice {
  readonly chunks: { at: number; samples: Int16Array }[] = [];
  readonly #player: FakePlayer;
  readonly #clock: Clock;
  readonly #closed: (how: string) => void;
  readonly #over = new AbortController();
  #startedAt: number | undefined;
  #frames = 0;

  constructor(player: FakePlayer, clock: Clock, closed: (how: string) => void) {
    this.#player = player;
    this.#clock = clock;
    this.#closed = closed;
  }

  async write(samples: Int16Array): Promise<void> {
    this.#startedAt ??= this.#clock.monotonic();
    await pause(this.#clock, this.#aheadMs() - AHEAD_MS, this.#over.signal);
    if (this.#frames >= this.#player.hangsAtFrame) {
      await pause(this.#clock, Number.MAX_SAFE_INTEGER, this.#over.signal);
    }
    if (this.#over.signal.aborted) throw new DeviceError('player-failed', { why: 'the voice is closed' });
    if (this.#frames >= this.#player.failsAtFrame) throw new DeviceError('player-failed');
    this.chunks.push({ at: this.#clock.monotonic(), samples: samples.slice() });
    this.#frames += samples.length;
  }

  async drain(): Promise<void> {
    await pause(this.#clock, this.#aheadMs(), this.#over.signal);
    this.#close('drained');
  }

  async cut(): Promise<void> {
    this.#close('cut');
  }

  frames(): number {
    return this.#frames;
  }

  nextAt(): number | undefined {
    return this.#startedAt === undefined ? undefined : this.#clock.monotonic() + this.#aheadMs();
  }

  /** Everything that was written, joined. */
  samples(): Int16Array {
    const whole = new Int16Array(this.#frames);
    let at = 0;
    for (const { samples } of this.chunks) {
      whole.set(samples, at);
      at += samples.length;
    }
    return whole;
  }

  #close(how: string): void {
    if (this.#over.signal.aborted) return;
    this.#over.abort();
    this.#closed(how);
  }

  #aheadMs(): number {
    const playedMs = this.#clock.monotonic() - (this.#startedAt ?? this.#clock.monotonic());
    return (this.#frames / SAMPLE_RATE_HZ) * 1_000 - playedMs;
  }
}

export class FakeAmplifier implements Amplifier {
  readonly senses: boolean;
  isOn = false;
  settleMs = 50;
  fails = false;
  hangs = false;
  readonly #clock: Clock;
  readonly #tell: (what: string) => void;

  constructor(clock: Clock, tell: (what: string) => void = () => {}, senses = true) {
    this.#clock = clock;
    this.#tell = tell;
    this.senses = senses;
  }

  async on(): Promise<void> {
    if (this.hangs) return new Promise(() => {});
    if (this.fails) throw new DeviceError('amplifier-failed');
    this.isOn = true;
    this.#tell('amplifier on');
    await pause(this.#clock, this.settleMs, NEVER);
  }

  async off(): Promise<void> {
    this.isOn = false;
    this.#tell('amplifier off');
  }
}

/** Decodes a path `tone-<ms>` to a tone of that length, `bad` to an error; half a second a chunk. */
export class FakeDecoder implements Decoder {
  readonly started: string[] = [];
  refuses = new Set<string>();
  /** What headers say, ms, where they lie. */
  announces: number | undefined;

  async inspect(path: string): Promise<number> {
    if (this.refuses.has(path)) throw new DeviceError('media-undecodable', { path });
    return this.announces ?? lengthOf(path);
  }

  async *decode(path: string, signal: AbortSignal): AsyncGenerator<Int16Array> {
    this.started.push(path);
    const whole = tone(lengthOf(path));
    for (let from = 0; from < whole.length && !signal.aborted; from += SAMPLE_RATE_HZ / 2) {
      yield whole.subarray(from, from + SAMPLE_RATE_HZ / 2);
    }
  }
}

function lengthOf(path: string): number {
  return Number(/tone-(\d+)/.exec(path)?.[1] ?? 0);
}

/** A tone that never holds two zeros in a row, so that silence in between is told from it. */
export function tone(ms: number): Int16Array {
  const frames = Math.round((ms * SAMPLE_RATE_HZ) / 1_000);
  return Int16Array.from(
    { length: frames },
    (_, i) => Math.round(8_000 * Math.sin(i * 0.05)) + (i % 2 ? 1 : -1),
  );
}
