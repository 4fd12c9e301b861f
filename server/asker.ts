import type { AuditFact } from './audit/audit-fact.ts';
import type { OperatorIdentity } from './ports.ts';
import type { Tables } from './tables.ts';

/** Who asks, and whether the password was given again for exactly what is asked. */
export interface Asker extends OperatorIdentity {
  proved: boolean;
  /** Of what is urgent: the line that says that it was asked, not written yet. Nothing lasts or leaves before it is. */
  asked?: AskedLine;
}

/** A line of the audit that waits for what comes of it, so that both cost the disk one commit. One call at a time. */
export interface AskedLine {
  /** One more line behind it. */
  also(fact: AuditFact): void;
  /** Durable when it resolves, by itself. */
  written(): Promise<unknown>;
  /** Durable together with what `work` stores, or neither is. `work` may be called more than once, as in a transaction. */
  with<T>(work: (tables: Tables) => Promise<T>): Promise<T>;
}
