import type { ReportTable } from '../../tables.ts';
import { villagesOf } from './areas.ts';
import { type Connection, rowsOf, sql } from './connection.ts';
import { insertRows } from './insert.ts';

const COLUMNS = {
  device: 'text',
  chain: 'bigint',
  n: 'bigint',
  hash: 'text',
  at: 'text',
  boot: 'bigint',
  type: 'text',
  play: 'text',
  document: 'text',
} as const;

export function reportTable(db: Connection): ReportTable {
  return {
    append: (reports) => insertRows(db, { table: 'reports', columns: COLUMNS, rows: reports }),
    async knows(device, n, hash) {
      const row = await db
        .selectFrom('reports')
        .select('n')
        .where('device', '=', device)
        .where('n', '=', n)
        .where('hash', '=', hash)
        .executeTakeFirst();
      return row !== undefined;
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
    async countsOf(devices) {
      const { rows } = await sql<{
        device: string;
        count: number;
      }>`select reports.device as device, count(*) as count
        from ${rowsOf(db, devices)} join reports on reports.device = x.id group by reports.device`.execute(
        db,
      );
      return new Map(rows.map(({ device, count }) => [device, Number(count)]));
    },
    async list(device, { after, before, newestFirst = false, limit, play }) {
      const present = db.selectFrom('devices').select('chain').where('id', '=', device);
      return db
        .selectFrom('reports')
        .select(['n', 'hash', 'at', 'boot', 'type', 'play', 'document'])
        .where('device', '=', device)
        .where('chain', '=', present)
        .where('n', '>', after)
        .$if(before !== undefined, (query) => query.where('n', '<', before ?? 0))
        .$if(play !== undefined, (query) => query.where('play', '=', play ?? ''))
        .orderBy('n', newestFirst ? 'desc' : 'asc')
        .limit(limit)
        .execute();
    },
  };
}
