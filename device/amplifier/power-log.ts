import type { AmplifierMeasures } from '../sound-ports.ts';
import { POWER_LOG_LIMITS } from './amplifier-times.ts';

/** Power on, from an instant to another, monotonic ms; `offAt` undefined = it is on. */
export interface Span {
  onAt: number;
  offAt: number | undefined;
}

/** From one `on` to the `off` that ended it. Instants are monotonic ms. */
export interface Stretch extends Span {
  /** When it was known to have settled; undefined = it never was. */
  settledAt: number | undefined;
  readings: Reading[];
  /** Since when it has not answered what it measures; absent = it did, or was not asked. */
  silentSince?: number;
}

export interface Reading extends AmplifierMeasures {
  at: number;
}

/** What the amplifier was told and what it measured meanwhile: for the proof of a play, for its rest, for the health message. */
export class PowerLog {
  readonly #keepMs: number;
  readonly #stretches: Stretch[] = [];
  #last: Reading | undefined;
  /** Of stretches that are forgotten. */
  #earlierOnMs = 0;
  #before: () => readonly Span[] = () => [];
  #switched: () => void = () => {};

  /** @param keepMs how long a stretch that has ended matters to anybody. */
  constructor(keepMs: number) {
    this.#keepMs = keepMs;
  }

  /** @param before what was on before this boot, on the clock of this one; `switched` is called when power was told to change. */
  remember(before: () => readonly Span[], switched: () => void): void {
    this.#before = before;
    this.#switched = switched;
  }

  on(at: number): void {
    const isNew = this.#open() === undefined;
    if (isNew) this.#stretches.push({ onAt: at, settledAt: undefined, offAt: undefined, readings: [] });
    this.#forget(at - this.#keepMs);
    if (isNew) this.#switched();
  }

  settled(at: number): void {
    const open = this.#open();
    if (open !== undefined) open.settledAt ??= at;
  }

  off(at: number): void {
    const open = this.#open();
    if (open === undefined) return;
    open.offAt = at;
    this.#switched();
  }

  read(reading: Reading): void {
    this.#last = reading;
    const open = this.#open();
    if (open === undefined) return;
    delete open.silentSince;
    open.readings.push(reading);
    if (open.readings.length > POWER_LOG_LIMITS.readings) open.readings.shift();
  }

  /** It was asked what it measures and did not answer. */
  unread(at: number): void {
    const open = this.#open();
    if (open !== undefined) open.silentSince ??= at;
  }

  /** Measured last, on or off. */
  get last(): Reading | undefined {
    return this.#last;
  }

  /** The stretch in which something began to sound at `at`; undefined = it was not on then. */
  at(at: number): Stretch | undefined {
    return this.#stretches.findLast(
      ({ onAt, offAt }) => onAt <= at && (offAt ?? Number.POSITIVE_INFINITY) >= at,
    );
  }

  /** Of this boot, oldest first, as far as it matters to anybody. */
  get spans(): readonly Span[] {
    return this.#stretches;
  }

  /** On within `from` to `until`, ms, also before this boot. */
  onMs(from: number, until: number): number {
    return onWithin(this.#everySpan(), from, until);
  }

  /** On since the agent started, ms. */
  onMsInAll(now: number): number {
    return this.#earlierOnMs + onWithin(this.#stretches, Number.NEGATIVE_INFINITY, now);
  }

  /** Since when it is on at a stretch; undefined = it is off. */
  onSince(): number | undefined {
    return this.#open()?.onAt;
  }

  /** The earliest instant from `now` on at which `onMs` of the last `withinMs` is at most `most`. */
  restedAt(most: number, withinMs: number, now: number): number {
    let over = this.onMs(now - withinMs, now) - most;
    if (over <= 0) return now;
    for (const { onAt, offAt = now } of this.#everySpan()) {
      const from = Math.max(onAt, now - withinMs);
      if (offAt <= from) continue;
      if (offAt - from >= over) return from + over + withinMs;
      over -= offAt - from;
    }
    return now + withinMs;
  }

  #everySpan(): Span[] {
    return [...this.#before(), ...this.#stretches];
  }

  #open(): Stretch | undefined {
    const last = this.#stretches.at(-1);
    return last?.offAt === undefined ? last : undefined;
  }

  #forget(before: number): void {
    for (let first = this.#stretches[0]; first !== undefined; first = this.#stretches[0]) {
      const isOld = first.offAt !== undefined && first.offAt < before;
      if (!isOld && this.#stretches.length <= POWER_LOG_LIMITS.stretches) return;
      this.#earlierOnMs += (first.offAt ?? first.onAt) - first.onAt;
      this.#stretches.shift();
    }
  }
}

function onWithin(spans: readonly Span[], from: number, until: number): number {
  return spans.reduce((sum, { onAt, offAt = until }) => {
    return sum + Math.max(0, Math.min(offAt, until) - Math.max(onAt, from));
  }, 0);
}
