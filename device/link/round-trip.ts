import { HALL_TOPICS } from '../../firmware-protocol/mqtt/hall-topics.ts';
import type { TimeAsk } from '../../firmware-protocol/mqtt/messages.ts';
import { isRefused, readJson } from '../keys/document.ts';
import type { Clock, Random } from '../ports.ts';

/** On a 3 s round trip with others before it; who waits longer has no line worth the name. */
const ANSWER_MS = 10_000;

export interface RoundTripParts {
  clock: Pick<Clock, 'monotonic' | 'after'>;
  random: Pick<Random, 'bytes'>;
  /** Publishes a question about the time; rejects when there is no line. */
  ask: (question: TimeAsk) => Promise<void>;
}

/**
 * How long the server takes to answer this hall, ms: subscription, broker, server and the way back in one. It asks for the
 * time, because that is what a server answers at once, and changes nothing by the answer.
 */
export class RoundTrip {
  readonly #parts: RoundTripParts;
  readonly #waiting = new Map<string, () => void>();

  constructor(parts: RoundTripParts) {
    this.#parts = parts;
  }

  /** Undefined = no answer in time. Rejects with DeviceError `bus-lost` while there is no line. */
  async measure(): Promise<number | undefined> {
    const { clock, random, ask } = this.#parts;
    const nonce = Buffer.from(random.bytes(16)).toString('base64url');
    const asked = clock.monotonic();
    let forget = () => {};
    const answered = new Promise<number | undefined>((resolve) => {
      this.#waiting.set(nonce, () => resolve(clock.monotonic() - asked));
      forget = clock.after(ANSWER_MS, () => resolve(undefined));
    });
    try {
      await ask({ nonce });
      return await answered;
    } finally {
      forget();
      this.#waiting.delete(nonce);
    }
  }

  /** A message on the answer topic, verified or not: it is timed, nothing else. */
  answered(payload: Uint8Array): void {
    if (this.#waiting.size === 0) return;
    const read = readJson(payload, HALL_TOPICS.timeAnswer.maxBytes);
    if (!isRefused(read)) this.#waiting.get(String(read.raw.nonce))?.();
  }
}
