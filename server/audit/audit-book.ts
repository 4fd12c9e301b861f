import {
  AUDIT_START,
  type AuditEntry,
  type AuditHead,
  chained,
  sha256Of,
} from '../../firmware-protocol/content/audit.ts';
import { canonicalJson } from '../../firmware-protocol/content/canonical-json.ts';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import { isServerError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { Database } from '../tables.ts';

export const AUDIT_LIMITS = {
  /** A longer request is told by its hash alone: the order or programme that came of it is kept whole elsewhere. */
  documentBytes: 16 * 1024,
  /** Another process at the same database (the command line beside the server) may have taken the number. */
  tries: 5,
  /** Lines of one transaction: what waits while the disk is slow is written together. */
  linesAtOnce: 200,
} as const;

/** What is to be written down; number, time and hashes are added. */
export type AuditFact = Pick<AuditEntry, 'who' | 'act' | 'outcome'> &
  Partial<Pick<AuditEntry, 'of' | 'code' | 'from' | 'result'>> & { document?: object };

interface Waiting {
  fact: AuditFact;
  resolve: (entry: AuditEntry) => void;
  reject: (why: unknown) => void;
}

interface Needs {
  db: Pick<Database, 'audit' | 'transaction'>;
  clock: Pick<Clock, 'wall'>;
}

/** The chain of who did what. Lines are only ever added, in one order, and are durable when a write resolves. */
export class AuditBook {
  readonly #needs: Needs;
  readonly #waiting: Waiting[] = [];
  #writing = false;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  write(fact: AuditFact): Promise<AuditEntry> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ fact, resolve, reject });
      void this.#writeAll();
    });
  }

  /** Writes that it was asked, does it, and writes how it ended. What cannot be written down is not done. */
  async recorded<T>(
    fact: Omit<AuditFact, 'outcome' | 'of'>,
    work: () => Promise<T>,
    resultOf: (done: T) => Record<string, unknown> = () => ({}),
  ): Promise<T> {
    const asked = this.write({ ...fact, outcome: 'asked' });
    await asked;
    return this.#ended(fact, asked, work, resultOf);
  }

  /**
   * As `recorded`, for what cannot wait: `work` may judge and make ready while the line is being written, and awaits
   * `written` before it does anything that lasts or leaves.
   */
  recordedMeanwhile<T>(
    fact: Omit<AuditFact, 'outcome' | 'of'>,
    work: (written: Promise<unknown>) => Promise<T>,
    resultOf: (done: T) => Record<string, unknown> = () => ({}),
  ): Promise<T> {
    const asked = this.write({ ...fact, outcome: 'asked' });
    return this.#ended(fact, asked, () => work(asked), resultOf);
  }

  async #ended<T>(
    { who, act }: Pick<AuditFact, 'who' | 'act'>,
    asked: Promise<AuditEntry>,
    work: () => Promise<T>,
    resultOf: (done: T) => Record<string, unknown>,
  ): Promise<T> {
    const [worked, written] = await Promise.allSettled([work(), asked]);
    if (written.status === 'rejected') throw written.reason;
    const { n: of } = written.value;
    if (worked.status === 'fulfilled') {
      await this.write({ who, act, of, outcome: 'done', result: resultOf(worked.value) });
      return worked.value;
    }
    const code = isServerError(worked.reason) ? worked.reason.code : 'internal';
    await this.write({ who, act, of, outcome: 'refused', code });
    throw worked.reason;
  }

  async head(): Promise<AuditHead> {
    return (await this.#needs.db.audit.head()) ?? AUDIT_START;
  }

  /** Lines as they were written, with a higher number than `after`. */
  lines(after: number, limit: number): Promise<string[]> {
    return this.#needs.db.audit.lines(after, limit);
  }

  /** One at a time; never rejects. */
  async #writeAll(): Promise<void> {
    if (this.#writing) return;
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, AUDIT_LIMITS.linesAtOnce);
      try {
        const entries = await this.#append(batch.map(({ fact }) => fact));
        for (const [at, { resolve, reject }] of batch.entries()) {
          const entry = entries[at];
          if (entry === undefined) reject(new TypeError('audit: a line was not written'));
          else resolve(entry);
        }
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#writing = false;
  }

  async #append(facts: AuditFact[]): Promise<AuditEntry[]> {
    const { db, clock } = this.#needs;
    for (let attempt = 1; ; attempt++)
      try {
        return await db.transaction(async ({ audit }) => {
          let head = (await audit.head()) ?? AUDIT_START;
          const entries = facts.map((fact) => {
            const entry = chained(head, { ...written(fact), at: instantOf(clock.wall()) });
            head = entry;
            return entry;
          });
          await audit.append(entries);
          return entries;
        });
      } catch (error) {
        if (attempt >= AUDIT_LIMITS.tries) throw error;
      }
  }
}

function written({ document, ...fact }: AuditFact): Omit<AuditEntry, 'n' | 'prev' | 'at' | 'hash'> {
  if (document === undefined) return fact;
  const short = Buffer.byteLength(canonicalJson(document)) <= AUDIT_LIMITS.documentBytes;
  return { ...fact, ...(short && { document }), sha256: sha256Of(document) };
}
