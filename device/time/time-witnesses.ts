import type { Warnings } from '../health/warnings.ts';
import type { Log, Store, TimeSource } from '../ports.ts';
import type { TrustedClock } from './trusted-clock.ts';
import { aheadOf, DISAGREE_MS, type Witness } from './witness.ts';

export const WITNESS_TIMES = {
  /** While the time is not known: a board needs seconds to say hello after the power came. */
  askAgain_ms: 15_000,
  refresh_ms: 600_000,
  /** So long may a clock that we set ourselves have run alone: as long as a hall has to live without a network, and a week. */
  carries_ms: 37 * 24 * 3_600_000,
  /** Of a cheap quartz in a hot box, parts per million: two minutes in those days. */
  carry_ppm: 40,
} as const;

/** Name of the fact: when the clock of the board was last set by us, epoch ms of known time. */
const KEPT = 'time-kept';

export interface TimeWitnessesParts {
  sources: readonly TimeSource[];
  clock: TrustedClock;
  store: Pick<Store, 'fact' | 'commit'>;
  warnings: Warnings;
  log: Log;
  /** The trust or the time has just become better. */
  learned: () => void;
}

/**
 * Asks whoever beside the server may know the time, and tells clocks that can keep it. Two that agree are believed; one that we
 * set ourselves from known time is believed alone, for it carries what the server proved over a loss of power.
 */
export class TimeWitnesses {
  readonly #parts: TimeWitnessesParts;
  readonly #keepers: ReadonlySet<string>;
  /** The last words of each that were its own. */
  readonly #said = new Map<string, Witness>();
  /** In this boot. */
  #hasKept = false;
  #keptAt = 0;
  #cancel: () => void = () => {};
  #stopped = false;

  constructor(parts: TimeWitnessesParts) {
    this.#parts = parts;
    this.#keepers = new Set(parts.sources.filter(({ keep }) => keep !== undefined).map(({ name }) => name));
  }

  async start(): Promise<void> {
    this.#keptAt = Number((await this.#parts.store.fact(KEPT).catch(() => undefined)) ?? 0) || 0;
    if (this.#parts.sources.length > 0) await this.#ask();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  /** The server has told the time: clocks that keep it are told, and the others are compared with it. */
  serverTold(): void {
    if (this.#parts.sources.length > 0) void this.#ask();
  }

  async #ask(): Promise<void> {
    const { sources, clock, learned } = this.#parts;
    const heard = await Promise.all(sources.map((source) => this.#askOne(source)));
    if (this.#stopped) return;
    const before = clock.trust();
    const witnesses = heard.flatMap((each) => each ?? []);
    clock.hear(witnesses.flatMap((each) => this.#ofItsOwn(each) ?? []));
    if (clock.knowsTheTime) await this.#keepTime();
    this.#tellDisagreement(witnesses);
    if (clock.trust() !== before) learned();
    const { refresh_ms, askAgain_ms } = WITNESS_TIMES;
    this.#cancel();
    this.#cancel = clock.after(clock.knowsTheTime ? refresh_ms : askAgain_ms, () => void this.#ask());
  }

  async #askOne(source: TimeSource): Promise<Witness | undefined> {
    const reading = await source.ask();
    if (reading === undefined) return undefined;
    const witness = { ...reading, name: source.name };
    return source.keep === undefined ? witness : this.#carried(witness);
  }

  /** A clock that we have set in this boot only says what we told it: what counts is what it said before. */
  #ofItsOwn(witness: Witness): Witness | undefined {
    if (!this.#hasKept || !this.#keepers.has(witness.name)) {
      this.#said.set(witness.name, witness);
      return witness;
    }
    return this.#said.get(witness.name);
  }

  /** A clock that keeps time: how wrong it may be by now; `alone` = what we set ourselves not too long ago. */
  #carried(witness: Witness): Witness {
    const ranMs = witness.wall - this.#keptAt;
    const isOurs = this.#keptAt > 0 && ranMs >= 0 && ranMs <= WITNESS_TIMES.carries_ms;
    if (!isOurs) return witness;
    return {
      ...witness,
      alone: true,
      error_ms: witness.error_ms + (ranMs * WITNESS_TIMES.carry_ppm) / 1_000_000,
    };
  }

  async #keepTime(): Promise<void> {
    const { sources, clock, store, log } = this.#parts;
    try {
      const keeping = sources.flatMap(({ keep }) => keep ?? []);
      if (keeping.length === 0 || !clock.isFirstHand) return;
      await Promise.all(keeping.map((keep) => keep(() => clock.wall())));
      const at = clock.wall();
      await store.commit({ facts: { [KEPT]: String(at) } });
      this.#keptAt = at;
      this.#hasKept = true;
    } catch (error) {
      log.warn({ error }, 'the time could not be kept for after a loss of power');
    }
  }

  #tellDisagreement(witnesses: Witness[]): void {
    const { clock, warnings } = this.#parts;
    const known = clock.known;
    if (known === undefined) return;
    const wrong = witnesses.flatMap((each) => {
      const ahead = aheadOf(each, known);
      return Math.abs(ahead) > DISAGREE_MS + each.error_ms
        ? [`${each.name} ${Math.round(ahead / 1_000)} s`]
        : [];
    });
    if (wrong.length > 0) warnings.raise('clocks-disagree', wrong.join(', '));
    else warnings.clear('clocks-disagree');
  }
}
