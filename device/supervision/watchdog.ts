import type { Clock, Log, Supervisor } from '../ports.ts';

/** Something that must go round again and again while the hall is up. */
export type Turning = { what: string } & (
  | {
      /** Settles when it has gone round once, whatever came of it. */
      turn: () => Promise<unknown>;
      /** Longer than this it is stuck for good: a restart is worth what it interrupts. */
      withinMs: number;
    }
  | { isStuck: () => boolean }
);

export interface WatchdogParts {
  supervisor: Supervisor;
  clock: Pick<Clock, 'monotonic' | 'after'>;
  log: Log;
  turnings: readonly Turning[];
}

/** Looked at so often within the supervisor's time: one look that comes late is not the end. */
const LOOKS = 3;

/**
 * Tells the supervisor that we live, from the real loop: a blocked loop tells nothing, and neither does one that runs while a
 * store, a lane or an output behind it is stuck (F40). Slow is not stuck: an fsync of half a minute keeps being fed (F8).
 */
export class Watchdog {
  readonly #parts: WatchdogParts;
  readonly #since = new Map<Turning, number>();
  readonly #stuck = new Set<string>();
  #cancel: () => void = () => {};

  constructor(parts: WatchdogParts) {
    this.#parts = parts;
  }

  start(): void {
    const { everyMs } = this.#parts.supervisor;
    if (everyMs !== undefined) this.#look(everyMs / LOOKS);
  }

  stop(): void {
    this.#cancel();
  }

  #look(everyMs: number): void {
    const { supervisor, clock, turnings } = this.#parts;
    for (const turning of turnings) this.#goRound(turning);
    if (turnings.every((each) => this.#turns(each))) supervisor.alive();
    this.#cancel = clock.after(everyMs, () => this.#look(everyMs));
  }

  /** One round at a time: what is slow is not asked again meanwhile. */
  #goRound(turning: Turning): void {
    if ('isStuck' in turning || this.#since.has(turning)) return;
    this.#since.set(turning, this.#parts.clock.monotonic());
    const done = () => void this.#since.delete(turning);
    turning.turn().then(done, done);
  }

  #turns(turning: Turning): boolean {
    const { what } = turning;
    const isStuck = this.#isStuck(turning);
    if (!isStuck) this.#stuck.delete(what);
    else if (!this.#stuck.has(what)) {
      this.#stuck.add(what);
      this.#parts.log.error({ what }, 'stuck: the supervisor is no longer told that we live');
    }
    return !isStuck;
  }

  #isStuck(turning: Turning): boolean {
    if ('isStuck' in turning) return turning.isStuck();
    const since = this.#since.get(turning);
    return since !== undefined && this.#parts.clock.monotonic() - since > turning.withinMs;
  }
}
