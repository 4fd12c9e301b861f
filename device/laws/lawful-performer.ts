import { durationMsOf } from '../../firmware-protocol/content/resolver.ts';
import type { DeviceError } from '../errors.ts';
import { performWithin } from '../playout/limited.ts';
import type { Mark, Performance, Performer, Play } from '../playout/play.ts';
import { performedBy, refusedFor, WrappedPerformer } from '../playout/wrapped-performer.ts';
import type { Clock } from '../ports.ts';
import type { LawsInForce } from './laws-in-force.ts';

/** A hundredth of full: the technician's quiet test, heard with an ear at the horn. It wakes nobody, and is not counted. */
const INAUDIBLE_DB = -40;

/** Of live sound nobody knows the length: it may begin while so much is left, and the law ends it. */
const LIVE_LEAST_MS = 10_000;

export interface LawfulParts {
  performer: Performer;
  laws: LawsInForce;
  clock: Clock;
}

/** The tower under the laws of its hall: what they forbid is refused before it sounds, and told in a report. */
export class LawfulPerformer extends WrappedPerformer {
  readonly #parts: LawfulParts;

  constructor(parts: LawfulParts) {
    super(parts.performer);
    this.#parts = parts;
  }

  async prepare(play: Play, from: Mark | undefined, signal: AbortSignal): Promise<Performance> {
    const { clock } = this.#parts;
    if ((play.gainDb ?? 0) <= INAUDIBLE_DB) return this.inner.prepare(play, from, signal);
    const why = this.#refusal(play, undefined, Math.max(0, (play.startAt ?? 0) - clock.wall()));
    if (why !== undefined) throw why;
    const performance = await this.inner.prepare(play, from, signal);
    return performedBy(performance, (...call) => this.#perform(play, from, performance, call));
  }

  /** Asked again: it may have waited for others until into the night. */
  async #perform(
    play: Play,
    from: Mark | undefined,
    performance: Performance,
    call: Parameters<Performance['perform']>,
  ): ReturnType<Performance['perform']> {
    const { laws, clock } = this.#parts;
    const inMs = Math.max(0, (call[1] ?? 0) - clock.monotonic());
    const why = this.#refusal(play, performance.lengthMs, inMs);
    if (why !== undefined) return refusedFor(why, performance, from);
    const { ms, reason } = laws.book.allowance(play.band, inMs, play.atNight);
    const performed = await performWithin({ ms: ms + inMs, reason }, clock, performance, ...call);
    if (performed.tower !== undefined) laws.used.sounded(play.band, performed.tower.ms);
    return performed;
  }

  #refusal(
    { band, announcement, live, atNight }: Play,
    lengthMs: number | undefined,
    inMs: number,
  ): DeviceError | undefined {
    const documentMs = durationMsOf(announcement, this.output);
    const neededMs = live ? LIVE_LEAST_MS : Math.min(documentMs, lengthMs ?? documentMs);
    return this.#parts.laws.book.refusal(band, neededMs, inMs, atNight);
  }
}
