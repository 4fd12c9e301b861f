import { durationMsOf } from '../../firmware-protocol/content/resolver.ts';
import type { DeviceError } from '../errors.ts';
import type { Mark, Performance, Performer, Play } from '../playout/play.ts';
import { performedBy, refusedFor, WrappedPerformer } from '../playout/wrapped-performer.ts';
import type { Clock } from '../ports.ts';
import type { Duty } from './duty.ts';

/** Of live sound nobody knows the length: it may begin while so much is left, and its own limit ends it. */
const LIVE_LEAST_MS = 60_000;

/** The tower, for whose amplifier some things are too much: they are refused before they are made ready, and told in a report. */
export class RestingPerformer extends WrappedPerformer {
  readonly #duty: Duty;
  readonly #clock: Clock;

  constructor(performer: Performer, duty: Duty, clock: Clock) {
    super(performer);
    this.#duty = duty;
    this.#clock = clock;
  }

  async prepare(play: Play, from: Mark | undefined, signal: AbortSignal): Promise<Performance> {
    const why = this.#refusal(play, undefined);
    if (why !== undefined) throw why;
    const performance = await this.inner.prepare(play, from, signal);
    // Asked again: others may have used up the time meanwhile.
    return performedBy(performance, async (...call) => {
      const tooMuch = this.#refusal(play, performance.lengthMs);
      return tooMuch === undefined ? performance.perform(...call) : refusedFor(tooMuch, performance, from);
    });
  }

  #refusal({ band, announcement, live }: Play, lengthMs: number | undefined): DeviceError | undefined {
    const neededMs = live ? LIVE_LEAST_MS : (lengthMs ?? durationMsOf(announcement, this.output));
    return this.#duty.refusal(band, neededMs, this.#clock.monotonic());
  }
}
