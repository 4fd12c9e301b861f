import { durationMsOf } from '../../firmware-protocol/content/resolver.ts';
import type { DeviceError } from '../errors.ts';
import type { Mark, Performance, Performer, Play } from '../playout/play.ts';
import type { Clock } from '../ports.ts';
import type { Duty } from './duty.ts';

/** Of live sound nobody knows the length: it may begin while so much is left, and its own limit ends it. */
const LIVE_LEAST_MS = 60_000;

/** The tower, for whose amplifier some things are too much: they are refused before they are made ready, and told in a report. */
export class RestingPerformer implements Performer {
  readonly output;
  readonly #performer: Performer;
  readonly #duty: Duty;
  readonly #clock: Clock;

  constructor(performer: Performer, duty: Duty, clock: Clock) {
    this.output = performer.output;
    this.#performer = performer;
    this.#duty = duty;
    this.#clock = clock;
  }

  get leadMs(): number {
    return this.#performer.leadMs ?? 0;
  }

  works(): boolean {
    return this.#performer.works();
  }

  whyNot(): string {
    return this.#performer.whyNot();
  }

  async prepare(play: Play, from: Mark | undefined, signal: AbortSignal): Promise<Performance> {
    const why = this.#refusal(play, undefined);
    if (why !== undefined) throw why;
    const performance = await this.#performer.prepare(play, from, signal);
    return {
      ...(performance.lengthMs !== undefined && { lengthMs: performance.lengthMs }),
      discard: () => performance.discard(),
      // Asked again: others may have used up the time meanwhile.
      perform: async (cut, at, latest) => {
        const tooMuch = this.#refusal(play, performance.lengthMs);
        if (tooMuch === undefined) return performance.perform(cut, at, latest);
        await performance.discard();
        return { end: 'failed', reason: tooMuch.code, detail: wordsOf(tooMuch), mark: from ?? { done: 0 } };
      },
    };
  }

  #refusal({ band, announcement, live }: Play, lengthMs: number | undefined): DeviceError | undefined {
    const neededMs = live ? LIVE_LEAST_MS : (lengthMs ?? durationMsOf(announcement, this.output));
    return this.#duty.refusal(band, neededMs, this.#clock.monotonic());
  }
}

function wordsOf({ message, context }: DeviceError): string {
  return `${message} ${JSON.stringify(context)}`;
}
