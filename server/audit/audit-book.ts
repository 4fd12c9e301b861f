import { AUDIT_START, AuditEntry, type AuditHead } from '../../firmware-protocol/content/audit.ts';
import type { AskedLine } from '../asker.ts';
import { isServerError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { Database, Tables } from '../tables.ts';
import { WaitingLine } from './asked-line.ts';
import { type AskedFact, type AuditFact, entriesOf, type ToldFact, toldOf } from './audit-fact.ts';
import type { AuditTable } from './audit-table.ts';

const AUDIT_LIMITS = {
  /** Another process at the same database (the command line beside the server) may have taken the number. */
  tries: 5,
  /** A database that was away for so long is away; who waits is to be told. */
  within_ms: 4_000,
  /** Lines of one transaction: what waits while the disk is slow is written together. */
  linesAtOnce: 200,
} as const;

type Work = (tables: Tables) => Promise<unknown>;
interface Written {
  entries: AuditEntry[];
  done: unknown;
}

interface Waiting {
  facts: readonly ToldFact[];
  /** What is stored in the same transaction; such lines are written without others, whom its failure would take with it. */
  work?: Work;
  resolve: (written: Written) => void;
  reject: (why: unknown) => void;
}

interface Needs {
  db: Pick<Database, 'audit' | 'amongOthers'>;
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

  async write(fact: AuditFact): Promise<AuditEntry> {
    const [entry] = (await this.#queued([fact])).entries;
    if (entry === undefined) throw new TypeError('audit: a line was not written');
    return entry;
  }

  /** Writes that it was asked, does it, and writes how it ended. What cannot be written down is not done. */
  async recorded<T>(
    fact: AskedFact,
    work: () => Promise<T>,
    resultOf: (done: T) => Record<string, unknown> = () => ({}),
  ): Promise<T> {
    const asked = await this.write({ ...fact, outcome: 'asked' });
    return this.#ended(fact, async () => asked, work, resultOf);
  }

  /**
   * As `recorded`, for what cannot wait for the disk twice: `work` judges and makes ready, and stores what lasts or leaves `with` the line,
   * or after it is `written`. Where it did neither, the line is written when it is over.
   */
  recordedWith<T>(
    fact: AskedFact,
    work: (asked: AskedLine) => Promise<T>,
    resultOf: (done: T) => Record<string, unknown> = () => ({}),
  ): Promise<T> {
    const asked = new WaitingLine({ ...fact, outcome: 'asked' }, (facts, store) =>
      this.#writeWith(facts, store),
    );
    return this.#ended(
      fact,
      () => asked.written(),
      () => work(asked),
      resultOf,
    );
  }

  async #ended<T>(
    { who, act }: Pick<AuditFact, 'who' | 'act'>,
    asked: () => Promise<AuditEntry>,
    work: () => Promise<T>,
    resultOf: (done: T) => Record<string, unknown>,
  ): Promise<T> {
    const [worked] = await Promise.allSettled([work()]);
    const { n: of } = await asked();
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

  async #writeWith<T>(
    facts: readonly AuditFact[],
    work: (tables: Tables) => Promise<T>,
  ): Promise<{ entries: AuditEntry[]; done: T }> {
    if (facts.length === 0) return { entries: [], done: await this.#needs.db.amongOthers(work) };
    const { entries, done } = await this.#queued(facts, work);
    return { entries, done: done as T };
  }

  #queued(facts: readonly AuditFact[], work?: Work): Promise<Written> {
    return new Promise((resolve, reject) => {
      // Before it waits with others: what has no canonical form is refused alone, and takes no line of theirs with it.
      const told = facts.map(toldOf);
      this.#waiting.push({ facts: told, ...(work && { work }), resolve, reject });
      void this.#writeAll();
    });
  }

  /** One transaction at a time; never rejects. */
  async #writeAll(): Promise<void> {
    if (this.#writing) return;
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const batch = this.#nextBatch();
      try {
        const { entries, done } = await this.#append(
          batch.flatMap(({ facts }) => facts),
          batch[0]?.work,
        );
        let from = 0;
        for (const { facts, resolve } of batch) {
          resolve({ entries: entries.slice(from, from + facts.length), done });
          from += facts.length;
        }
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#writing = false;
  }

  /** One with work, or as many without as go together. */
  #nextBatch(): Waiting[] {
    const upTo = this.#waiting.findIndex(({ work }) => work !== undefined);
    const alike =
      upTo === -1 ? AUDIT_LIMITS.linesAtOnce : Math.min(Math.max(upTo, 1), AUDIT_LIMITS.linesAtOnce);
    return this.#waiting.splice(0, alike);
  }

  async #append(facts: readonly ToldFact[], work?: Work): Promise<Written> {
    const { db, clock } = this.#needs;
    let entries: AuditEntry[] = [];
    const store = async (tables: Tables): Promise<Written> => {
      // First: whoever waits for a row of it does not hold the end of the chain meanwhile. Who asks for the head has the end to himself.
      const done = await work?.(tables);
      entries = entriesOf(facts, await tables.audit.head(), clock.wall());
      await tables.audit.append(entries);
      return { entries, done };
    };
    const began = clock.wall();
    for (let attempt = 1; ; attempt++)
      try {
        return await db.amongOthers(store, ({ audit }) => holds(audit, entries));
      } catch (error) {
        // Of itself no line is refused: that was the work. A crowd is nobody's refusal.
        const isRefused = work !== undefined && isServerError(error) && error.code !== 'busy';
        const isLate = clock.wall() - began >= AUDIT_LIMITS.within_ms;
        if (isRefused || isLate || attempt >= AUDIT_LIMITS.tries) throw error;
      }
  }
}

/** With one line its neighbours are there, and what was stored together with them. */
async function holds(audit: AuditTable, [entry]: readonly AuditEntry[]): Promise<boolean> {
  if (entry === undefined) return false;
  const [line] = await audit.lines(entry.n - 1, 1);
  return line !== undefined && AuditEntry.parse(JSON.parse(line)).hash === entry.hash;
}
