import type { AuditTable } from '../../audit/audit-table.ts';
import type { Connection } from './connection.ts';
import { lockTransaction } from './locks.ts';

/** The chain of the audit; there is no way here to change or take out a line. */
export function auditTable(db: Connection): AuditTable {
  return {
    async head() {
      await lockTransaction(db, 'audit');
      return db.selectFrom('audit').select(['n', 'hash']).orderBy('n', 'desc').limit(1).executeTakeFirst();
    },
    async append(entries) {
      // Two writers would make the same number: the primary key lets one of them in.
      await db
        .insertInto('audit')
        .values(entries.map((entry) => ({ n: entry.n, hash: entry.hash, document: JSON.stringify(entry) })))
        .execute();
    },
    async lines(after, limit) {
      const rows = await db
        .selectFrom('audit')
        .select('document')
        .where('n', '>', after)
        .orderBy('n')
        .limit(limit)
        .execute();
      return rows.map(({ document }) => document);
    },
  };
}
