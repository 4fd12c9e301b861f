import type { HealthRow, HealthTable } from '../../health-table.ts';
import { type Connection, rowsOf, sql } from './connection.ts';
import { insertNewRows } from './insert.ts';

const COLUMNS = { device: 'text', at: 'bigint', document: 'text' } as const;

export function healthTable(db: Connection): HealthTable {
  return {
    async append(rows) {
      const unusual = await unusualSenders(db, rows);
      const own = unusual.size === 0 ? rows : rows.filter((row) => unusual.get(topicOf(row)) !== 'stranger');
      // Twice in one millisecond says nothing twice.
      await insertNewRows(db, { table: 'health', columns: COLUMNS, rows: own });
      return new Set(own.flatMap((row) => (unusual.get(topicOf(row)) === 'away' ? [row.device] : [])));
    },
    async list(device, { since, limit }) {
      return db
        .selectFrom('health')
        .select(['at', 'document'])
        .where('device', '=', device)
        .where('at', '>=', since)
        .orderBy('at', 'desc')
        .limit(limit)
        .execute();
    },
    async thinned(device, { from, until, stepMs }) {
      const kept = await sql<{ at: number; document: string }>`select at, document from health
        where device = ${device} and at in (
          select max(at) from health where device = ${device} and at >= ${from} and at < ${until}
          group by cast((at - ${from}) / ${stepMs} as bigint))
        order by at`.execute(db);
      return kept.rows;
    },
    async drop(before, from, halls) {
      const some = await db
        .selectFrom('devices')
        .select('id')
        .where('id', '>', from)
        .orderBy('id')
        .limit(halls)
        .execute();
      const ids = some.map(({ id }) => id);
      const whose = sql`(select x.id from ${rowsOf(db, ids)})`;
      await sql`delete from health where at < ${before} and device in ${whose}`.execute(db);
      return some.length < halls ? '' : (some.at(-1)?.id ?? '');
    },
  };
}

/** The zone, which has two signs, and the device: one text for the database to read, not two. */
const topicOf = ({ zone, device }: Pick<HealthRow, 'zone' | 'device'>): string => `${zone}${device}`;

/**
 * Those who are not enrolled where they speak, and those who count as away, by `topicOf`. Asked so, because of a nation's halls
 * nearly all are neither, and the database has nothing to tell of them.
 */
async function unusualSenders(
  db: Connection,
  rows: readonly HealthRow[],
): Promise<Map<string, 'stranger' | 'away'>> {
  const { rows: found } = await sql<{ topic: string; own: number }>`
    select x.id as topic, case when substr(village, 1, 2) = substr(x.id, 1, 2) then 1 else 0 end as own
    from ${rowsOf(db, rows.map(topicOf))} left join devices on devices.id = substr(x.id, 3)
    where online is null or online = 0 or substr(village, 1, 2) <> substr(x.id, 1, 2)`.execute(db);
  return new Map(found.map(({ topic, own }) => [topic, own === 1 ? 'away' : 'stranger']));
}
