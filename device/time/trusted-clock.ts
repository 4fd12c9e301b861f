import type { ClockTrust } from '../../firmware-protocol/content/report.ts';
import type { Clock } from '../ports.ts';
import { errorNow, type Fix, surer, trustOf } from './trust.ts';
import { agree, agreedBy, aheadOf, type Witness } from './witness.ts';

/**
 * The clock that the agent uses. Until the time is known, `wall()` is the system's, but never before the floor; after that it
 * is the known time carried on by the monotonic clock, whatever happens to the system clock.
 */
export class TrustedClock implements Clock {
  readonly #system: Clock;
  readonly #floor: number;
  readonly #startedAt: number;
  #fix: Fix | undefined;
  #witnessed: Fix | undefined;
  /** What somebody who is surer says within what the server proved. */
  #refined: Fix | undefined;
  /** Two say the same, the server among them where it has spoken. */
  #isConfirmed = false;

  /** `floor`: epoch ms that are surely past: the later of the build and the last saved time. */
  constructor(system: Clock, floor: number) {
    this.#system = system;
    this.#floor = floor;
    this.#startedAt = system.monotonic();
  }

  wall(): number {
    const now = this.monotonic();
    const known = this.known;
    // As clocks do: what is not full yet is not told.
    if (known !== undefined) return Math.floor(known.wall + now - known.monotonic);
    return Math.max(this.#system.wall(), Math.round(this.#floor + now - this.#startedAt));
  }

  monotonic(): number {
    return this.#system.monotonic();
  }

  after(ms: number, call: () => void): () => void {
    return this.#system.after(ms, call);
  }

  trust(): ClockTrust {
    if (this.known !== undefined) return this.#isConfirmed ? 'full' : 'server';
    return trustOf(this.#system.wall(), this.#floor);
  }

  /** The surest that is known of the time; undefined = nothing is. */
  get known(): Fix | undefined {
    return this.#refined ?? this.#fix ?? this.#witnessed;
  }

  get knowsTheTime(): boolean {
    return this.known !== undefined;
  }

  /** From the server or from two who agree, not from a clock that was only carried on. */
  get isFirstHand(): boolean {
    return this.#fix !== undefined || this.#isConfirmed;
  }

  /** Takes what the server proved, unless more is known already. It wins over whoever else speaks. */
  learn(fix: Fix): void {
    this.#fix = surer(this.#fix, fix);
    this.#refine(this.#fix, []);
  }

  /**
   * Takes what others say now. Two that agree are believed where the server has not spoken, and so is one that carries its word;
   * with the server, who agrees makes the time sure, and who does not changes nothing. Half a slow round trip is an echo between
   * neighbours: within it, and no further, the time is that of a time service that knows better.
   */
  hear(witnesses: readonly Witness[]): void {
    const now = this.monotonic();
    const plausible = witnesses.filter(({ wall }) => wall >= this.#floor);
    const fix = this.#fix;
    if (fix !== undefined) {
      this.#isConfirmed = plausible.some((each) => agree(each, fix, now));
      this.#refine(fix, plausible);
      return;
    }
    const agreed = agreedBy(plausible, now);
    this.#isConfirmed = agreed !== undefined;
    // What was believed once is carried on by the monotonic clock when its witnesses fall silent.
    this.#witnessed = agreed ?? this.#witnessed ?? plausible.find(({ alone }) => alone);
  }

  /** What was believed before stays until it is less sure than the server's word, or out of its bounds. */
  #refine(fix: Fix, witnesses: readonly Fix[]): void {
    const now = this.monotonic();
    const proven = errorNow(fix, now);
    this.#refined = [...witnesses, ...(this.#refined === undefined ? [] : [this.#refined])]
      .filter((each) => Math.abs(aheadOf(each, fix)) <= proven && errorNow(each, now) < proven)
      .sort((a, b) => errorNow(a, now) - errorNow(b, now))[0];
  }

  /** How far the system clock is from the known time, ms; undefined while that is not known. */
  systemError(): number | undefined {
    return this.known && this.#system.wall() - this.wall();
  }
}
