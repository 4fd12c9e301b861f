import type { TowerEvidence } from '../../firmware-protocol/content/report.ts';
import type { Clock, Log } from '../ports.ts';
import { type Ear, type Recorder, SAMPLE_RATE_HZ } from '../sound-ports.ts';
import { DELAYS_MS, likenessOf } from './likeness.ts';
import { Blocks, type SentMeter } from './sent-meter.ts';

/**
 * Above the first it was heard, below the second it was not, between them nobody knows. Unrelated speech of seconds runs alike to
 * 0.2 or 0.3 at the best of 190 delays; a voice over a horn in wind as loud as itself to 0.6 and more.
 */
export const HEARD = { from: 0.5, notBelow: 0.3 } as const;
/** A recorder that hears less than this of a noise floor is unplugged or muted: it can tell nothing. */
const DEAF_RMS = 2;

export interface ListenerParts {
  recorder: Recorder;
  clock: Clock;
  log: Log;
}

/** One play, listened to. */
export interface Listening {
  /** Ends it: what was heard of what was sent; undefined = it cannot tell. Waits for no device. */
  heard(sent: SentMeter): TowerEvidence['heard'];
  /** Ends it unasked: whoever cuts this play waits for no figures. */
  drop(): undefined;
}

/** A microphone at the hall that listens while the tower speaks. It holds back no sound: one that opens late hears less. */
export class Listener {
  readonly #parts: ListenerParts;

  constructor(parts: ListenerParts) {
    this.#parts = parts;
  }

  listen(): Listening {
    const hearing = new Hearing(this.#parts);
    void hearing.run();
    return { heard: (sent) => hearing.end(sent), drop: () => void hearing.close() };
  }
}

class Hearing {
  readonly #parts: ListenerParts;
  readonly #blocks = new Blocks();
  #ear: Ear | undefined;
  #over = false;
  #firstAt: number | undefined;
  #frames = 0;

  constructor(parts: ListenerParts) {
    this.#parts = parts;
  }

  async run(): Promise<void> {
    const { recorder, clock, log } = this.#parts;
    try {
      this.#ear = await recorder.open();
      while (!this.#over) {
        const samples = await this.#ear.hear();
        if (samples === undefined) break;
        this.#frames += samples.length;
        // What comes together was heard one after the other; the earliest start that any of it tells is the true one.
        const beganAt = clock.monotonic() - (this.#frames * 1_000) / SAMPLE_RATE_HZ;
        this.#firstAt = Math.min(this.#firstAt ?? beganAt, beganAt);
        this.#blocks.add(samples);
      }
    } catch (error) {
      log.warn({ error }, 'the microphone that proves a play could not listen');
    } finally {
      await this.#ear?.close();
    }
  }

  close(): void {
    this.#over = true;
    void this.#ear?.close();
  }

  end(sent: SentMeter): TowerEvidence['heard'] {
    this.close();
    const sentAt = sent.firstAt();
    if (this.#firstAt === undefined || sentAt === undefined) return undefined;
    const shape = this.#blocks.shape();
    // The recorder may give nothing but zeros; that is a cable, not a silent tower.
    if (shape.every((strength) => strength < DEAF_RMS)) return undefined;
    return verdictOn(likenessOf(sent.shape(), shape, sentAt - this.#firstAt));
  }
}

function verdictOn(found: ReturnType<typeof likenessOf>): TowerEvidence['heard'] {
  if (found === undefined) return undefined;
  const likeness_pct = Math.round(found.likeness * 100);
  if (found.likeness >= HEARD.from)
    return { heard: 'yes', likeness_pct, delay_ms: Math.max(DELAYS_MS.least, found.delayMs) };
  return found.likeness < HEARD.notBelow ? { heard: 'no', likeness_pct } : undefined;
}
