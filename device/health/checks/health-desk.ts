import type { Clock, Log, Store } from '../../ports.ts';
import type { TrustedClock } from '../../time/trusted-clock.ts';
import type { Warnings } from '../warnings.ts';
import { CheckRounds, type ExplainedCheck } from './check-rounds.ts';
import type { Machine, MachineReading } from './machine.ts';

export const HEALTH_TIMES = {
  round_ms: 60_000,
  /** A line on which nothing is heard is dialled anew no more often than this. */
  redial_ms: 25 * 60_000,
} as const;

/** The line to the broker as the checks see it. */
export interface LineSeen {
  connected(): boolean;
  /** Monotonic instant since when it is as it is. */
  since(): number;
  /** Monotonic instant since when nothing has come in, though there was a line. */
  silentSince(): number;
  /** Hangs up and dials again. */
  redial(reason: string): void;
}

export interface HealthDeskParts {
  machine: Machine;
  clock: TrustedClock & Pick<Clock, 'after'>;
  line: LineSeen;
  store: Pick<Store, 'waiting'>;
  warnings: Warnings;
  log: Log;
}

/** Looks at the box each minute, whether anybody listens or not. */
export class HealthDesk {
  readonly #parts: HealthDeskParts;
  readonly #rounds: CheckRounds;
  readonly #startedAt: number;
  #reading: MachineReading = {};
  #cancel: () => void = () => {};
  #isStopped = false;

  constructor(parts: HealthDeskParts) {
    this.#parts = parts;
    this.#rounds = new CheckRounds(parts.warnings);
    this.#startedAt = parts.clock.monotonic();
  }

  /** As of the last round. */
  get reading(): MachineReading {
    return this.#reading;
  }

  explained(): ExplainedCheck[] {
    return this.#rounds.explained();
  }

  start(): void {
    void this.#round();
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  async #round(): Promise<void> {
    const { machine, clock, line, store, log } = this.#parts;
    try {
      this.#reading = await machine.read();
      const now = clock.monotonic();
      const sinceMs = now - line.since();
      const [onlineMs, offlineMs] = line.connected() ? [sinceMs, 0] : [0, sinceMs];
      const seen = {
        ...{ machine: this.#reading, trust: clock.trust(), upMs: now - this.#startedAt },
        line: { onlineMs, offlineMs, silentMs: now - line.silentSince() },
        reportsWaiting: await store.waiting().catch(() => undefined),
      };
      if (this.#isStopped) return;
      this.#rounds.take(seen);
      // A line that brings nothing, not even the time that is asked each ten minutes, is as good as none (F20).
      const { silentMs } = seen.line;
      if (Math.min(onlineMs, silentMs) > HEALTH_TIMES.redial_ms) line.redial('nothing was heard');
    } catch (error) {
      log.warn({ error }, 'the box could not be looked at');
    }
    if (!this.#isStopped) this.#cancel = clock.after(HEALTH_TIMES.round_ms, () => void this.#round());
  }
}
