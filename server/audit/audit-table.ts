import type { AuditEntry, AuditHead } from '../../firmware-protocol/content/audit.ts';

/** Where the lines of the audit lie. */
export interface AuditTable {
  head(): Promise<AuditHead | undefined>;
  /** Fails when one of these numbers exists: two writers, one wins. */
  append(entries: AuditEntry[]): Promise<void>;
  /** As they were written, in order. */
  lines(after: number, limit: number): Promise<string[]>;
}
