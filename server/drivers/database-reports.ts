import type { ReportTable } from '../tables.ts';
import type { Connection } from './database-connection.ts';
import { villagesOf } from './database-devices.ts';

export function reportTable(db: Connection): ReportTable {
  return {
    async append(device, chain, reports) {
      if (reports.length === 0) return;
      await db
        .insertInto('reports')
        .values(reports.map((report) => ({ device, chain, ...report })))
        .execute();
    },
    async hash(device, chain, n) {
      const row = await db
        .selectFrom('reports')
        .select('hash')
        .where('device', '=', device)
        .where('chain', '=', chain)
        .where('n', '=', n)
        .executeTakeFirst();
      return row?.hash;
    },
    async counts(area) {
      const [first, last] = villagesOf(area);
      const rows = await db
        .selectFrom('reports')
        .innerJoin('devices', 'devices.id', 'reports.device')
        .select(({ fn }) => ['device', fn.countAll<number>().as('count')])
        .where('village', '>=', first)
        .where('village', '<=', last)
        .groupBy('device')
        .execute();
      return new Map(rows.map((row) => [row.device, Number(row.count)]));
    },
    async list(device, chain, after, limit) {
      return db
        .selectFrom('reports')
        .select(['n', 'hash', 'at', 'boot', 'type', 'document'])
        .where('device', '=', device)
        .where('chain', '=', chain)
        .where('n', '>', after)
        .orderBy('n')
        .limit(limit)
        .execute();
    },
  };
}
