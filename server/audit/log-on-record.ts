import type { Clock, Log } from '../ports.ts';
import type { AuditBook } from './audit-book.ts';
import type { AuditFact } from './audit-fact.ts';

export const LOG_ON_LIMITS = {
  /** Wrong passwords written down a minute; more are counted. A flood of guesses must not fill the disk. */
  refusedEachMinute: 60,
} as const;

type LogOn = Pick<AuditFact, 'who' | 'code'> & { act?: string; from: string };

interface Needs {
  audit: Pick<AuditBook, 'write'>;
  clock: Pick<Clock, 'monotonic'>;
  log: Pick<Log, 'error'>;
}

/** Writes who logged on and whose password was wrong. Nobody waits for it at the door. */
export class LogOnRecord {
  readonly #needs: Needs;
  #minute = { since: Number.NEGATIVE_INFINITY, refused: 0, leftOut: 0 };

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  came(logOn: LogOn): void {
    this.#write({ ...logOn, outcome: 'done' });
  }

  refused(logOn: LogOn): void {
    const now = this.#needs.clock.monotonic();
    const { leftOut } = this.#minute;
    if (now - this.#minute.since >= 60_000) this.#minute = { since: now, refused: 0, leftOut: 0 };
    if (this.#minute.refused >= LOG_ON_LIMITS.refusedEachMinute) {
      this.#minute.leftOut++;
      return;
    }
    const first = this.#minute.refused++ === 0;
    const more = first && leftOut > 0 ? { result: { left_out_before: leftOut } } : {};
    this.#write({ code: 'not-authenticated', ...logOn, outcome: 'refused', ...more });
  }

  #write({ act = 'log-on', from, ...fact }: LogOn & Pick<AuditFact, 'outcome' | 'result'>): void {
    const { audit, log } = this.#needs;
    audit
      .write({ ...fact, act, from: from.slice(0, 64) })
      .catch((error: unknown) => log.error({ error, who: fact.who }, 'a log-on could not be written down'));
  }
}
