import type { AuditEntry } from '../../firmware-protocol/content/audit.ts';
import type { AskedLine } from '../asker.ts';
import type { Tables } from '../tables.ts';
import type { AuditFact } from './audit-fact.ts';

/** Writes lines in the transaction in which `work` stores. */
type WriteWith = <T>(
  facts: readonly AuditFact[],
  work: (tables: Tables) => Promise<T>,
) => Promise<{ entries: AuditEntry[]; done: T }>;

/** That something was asked, kept until there is something to be stored together with it, or until it is over. */
export class WaitingLine implements AskedLine {
  readonly #writeWith: WriteWith;
  #unwritten: AuditFact[];
  #asked: AuditEntry | undefined;

  constructor(asked: AuditFact, writeWith: WriteWith) {
    this.#unwritten = [asked];
    this.#writeWith = writeWith;
  }

  also(fact: AuditFact): void {
    this.#unwritten.push(fact);
  }

  async with<T>(work: (tables: Tables) => Promise<T>): Promise<T> {
    const facts = this.#unwritten;
    const { entries, done } = await this.#writeWith(facts, work);
    // What was not stored takes its lines back with it: they are still to be written.
    this.#unwritten = this.#unwritten.slice(facts.length);
    this.#asked ??= entries[0];
    return done;
  }

  /** The line itself, durable. */
  async written(): Promise<AuditEntry> {
    if (this.#unwritten.length > 0) await this.with(async () => {});
    if (this.#asked === undefined) throw new TypeError('audit: a line was not written');
    return this.#asked;
  }
}
