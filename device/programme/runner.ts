import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import type { Programme } from '../../firmware-protocol/content/programme.ts';
import type { PlayId } from '../../firmware-protocol/content/report.ts';
import { type Occurrence, occurrencesOf } from '../../firmware-protocol/content/resolver.ts';
import { type Here, knowsTheTime } from '../orders/here.ts';
import type { Play, Playout } from '../playout/play.ts';
import type { Clock, Journal, Store } from '../ports.ts';
import { Decider } from './decider.ts';
import { findOccurrence, playOfOccurrence } from './occurrence-play.ts';
import { WaitingPlays } from './waiting-plays.ts';

const RUNNER_TIMES = {
  /** Handed to the playout so long before it is due: sound is opened and decoded, the amplifier settles. */
  ahead_ms: 10_000,
  /** Looks again at least this often, and just when the next one is to be handed over. */
  look_ms: 60_000,
  /** The longest grace there is: so far back a programme that just came may still have something to start. */
  grace_ms: 3_600_000,
  /**
   * What was missed longer ago than this is not gone through: as long as a hall has to live without a line, and a week; a clock that
   * jumps must not make us count years.
   */
  missed_ms: 37 * 24 * 3_600_000,
} as const;

const THROUGH_FACT = 'programme-through';

export interface RunnerNeeds {
  here: () => Here;
  /** Whether the time is from the server or from two who agree, not only carried over a loss of power by one clock. */
  isFirstHand: () => boolean;
  boot: number;
  clock: Pick<Clock, 'after'>;
  store: Store;
  journal: Journal;
  playout: Playout;
  programmes: () => Programme[];
  /** A look failed, mostly because nothing can be written; it is tried again within a minute. */
  failed: (error: unknown) => void;
}

/**
 * Hands every due occurrence to the playout once, and reports once what came too late. It goes through the programme
 * from where it was last, never by what a timer says; so a step of the clock repeats nothing and bursts nothing (F10).
 */
export class ProgrammeRunner {
  readonly #needs: RunnerNeeds;
  readonly #decider: Decider;
  readonly #waiting: WaitingPlays;
  /** Everything due up to here was decided, epoch ms; undefined before the first look of a new device. */
  #through: number | undefined;
  /** Occurrences decided lately, so that the store is asked once for each: id -> its start. */
  readonly #decided = new Map<PlayId, number>();
  #rewind = true;
  #looking: Promise<void> | undefined;
  #again = false;
  #stopped = true;
  #cancelTimer: () => void = () => {};

  constructor(needs: RunnerNeeds) {
    this.#needs = needs;
    this.#decider = new Decider(needs);
    this.#waiting = new WaitingPlays(needs.store, needs.playout);
  }

  async start(): Promise<void> {
    const through = await this.#needs.store.fact(THROUGH_FACT);
    this.#through = through === undefined ? undefined : Number(through);
    this.#stopped = false;
    this.look();
  }

  /** Resolves when no look is under way; what was handed over stays with the playout. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer();
    await this.#looking;
  }

  /** A programme came: what it says about the last hour may still be in time. */
  programmesChanged(): void {
    this.#rewind = true;
    this.look();
  }

  /** Looks now, because the clock became known. Cheap; looks never overlap. */
  look(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#looking ??= this.#lookWhileAsked();
  }

  /** For the restart: the play of an occurrence that a power cut left waiting; undefined = no longer due. */
  resume(id: PlayId): Play | undefined {
    const occurrence = findOccurrence(this.#needs.programmes(), id);
    if (occurrence === undefined) return undefined;
    this.#decided.set(id, occurrence.startMs);
    this.#waiting.add(occurrence);
    return playOfOccurrence(occurrence);
  }

  async #lookWhileAsked(): Promise<void> {
    await Promise.resolve();
    while (this.#again && !this.#stopped) {
      this.#again = false;
      this.#cancelTimer();
      let wait_ms: number = RUNNER_TIMES.look_ms;
      try {
        wait_ms = await this.#lookOnce();
      } catch (error) {
        this.#rewind = true;
        this.#needs.failed(error);
      }
      this.#cancelTimer = this.#needs.clock.after(wait_ms, () => this.look());
    }
    if (this.#stopped) this.#cancelTimer();
    this.#looking = undefined;
  }

  /** Resolves to how long until the next look, ms. */
  async #lookOnce(): Promise<number> {
    const { here, programmes } = this.#needs;
    await this.#waiting.withdrawUnless(programmes());
    if (!knowsTheTime(here())) return RUNNER_TIMES.look_ms;
    const { now } = here();
    this.#waiting.forgetBefore(now);
    const handOver = now + RUNNER_TIMES.ahead_ms;
    const inView = this.#dueBetween(await this.#from(now), handOver + RUNNER_TIMES.look_ms);
    const due = inView.filter(({ startMs }) => startMs <= handOver);
    if (this.#needs.isFirstHand()) await this.#decide(due, now);
    else await this.#decideTimely(due, now);
    const upcoming = inView[due.length];
    return upcoming === undefined ? RUNNER_TIMES.look_ms : upcoming.startMs - handOver;
  }

  /** Where to go on; never before the store lost its claims. */
  async #from(now: number): Promise<number> {
    const last = Math.min(this.#through ?? now, now);
    const forgotBefore = Number((await this.#needs.store.fact('forgot-before')) ?? 0);
    const isFirstHand = this.#needs.isFirstHand();
    const from = this.#rewind ? last - RUNNER_TIMES.grace_ms : last;
    this.#rewind = this.#rewind && !isFirstHand;
    const back_ms = isFirstHand ? RUNNER_TIMES.missed_ms : RUNNER_TIMES.grace_ms;
    return Math.max(from, now - back_ms, forgotBefore);
  }

  async #decide(due: Occurrence[], now: number): Promise<void> {
    const through = (ms: number) => ({ [THROUGH_FACT]: String(Math.min(ms, now)) });
    if (this.#through === undefined) await this.#needs.store.commit({ facts: through(now) });
    await this.#decideDue(due, now, through);
    this.#through = now;
  }

  /**
   * By a clock that is only carried: what is in time is said, and of nothing it is said that it was missed. Were that clock days ahead,
   * the days to come would be told as missed, and be silent when they come. It is gone through when the time is known.
   */
  async #decideTimely(due: Occurrence[], now: number): Promise<void> {
    const timely = due.filter(({ latestStartMs }) => latestStartMs >= now);
    await this.#decideDue(timely, now, () => ({}));
  }

  async #decideDue(
    due: Occurrence[],
    now: number,
    through: (ms: number) => Record<string, string>,
  ): Promise<void> {
    await this.#decider.decide(due, now, through, (occurrence) => {
      this.#waiting.add(occurrence);
      this.#needs.playout.submit(playOfOccurrence(occurrence));
    });
    for (const { id, startMs } of due) this.#decided.set(id, startMs);
    for (const [id, startMs] of this.#decided)
      if (startMs < now - RUNNER_TIMES.grace_ms) this.#decided.delete(id);
  }

  /** What a programme says about the time before it was issued was never due. */
  #dueBetween(fromMs: number, toMs: number): Occurrence[] {
    const programmes = this.#needs.programmes();
    const issuedMs = new Map(programmes.map(({ area, issued_at }) => [area, epochMsOf(issued_at)]));
    return occurrencesOf(programmes, fromMs, toMs).filter(
      ({ id, area, startMs }) => startMs >= (issuedMs.get(area) ?? 0) && !this.#decided.has(id),
    );
  }
}
