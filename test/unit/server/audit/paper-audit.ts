import { AuditBook } from '../../../../server/audit/audit-book.ts';
import type { AuditTable } from '../../../../server/audit/audit-table.ts';
import type { Database } from '../../../../server/tables.ts';

/** The audit on paper: its lines, and a book that writes them. */
export function paperAudit(now: () => number) {
  const lines: { n: number; hash: string; document: string }[] = [];
  const audit: AuditTable = {
    head: async () => lines.at(-1),
    append: async (entries) => {
      for (const entry of entries) lines.push({ ...entry, document: JSON.stringify(entry) });
    },
    lines: async (after, limit) =>
      lines
        .filter(({ n }) => n > after)
        .slice(0, limit)
        .map(({ document }) => document),
  };
  const amongOthers = (work: (tables: { audit: AuditTable }) => Promise<unknown>) => work({ audit });
  const db = { audit, amongOthers } as Pick<Database, 'audit' | 'amongOthers'>;
  return {
    book: new AuditBook({ db, clock: { wall: now } }),
    /** Each line without its hashes. */
    told: () =>
      lines.map(({ document }) => {
        const { hash: _hash, prev: _prev, ...told } = JSON.parse(document);
        return told;
      }),
    lines,
  };
}
