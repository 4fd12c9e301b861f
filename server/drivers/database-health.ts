import type { HealthTable } from '../health-table.ts';
import { type Connection, jsonRows, sql } from './database-connection.ts';

const COLUMNS = { device: 'text', zone: 'text', at: 'bigint', document: 'text' } as const;

export function healthTable(db: Connection): HealthTable {
  return {
    async append(rows) {
      if (rows.length === 0) return new Set();
      // Twice in one millisecond says nothing twice.
      await sql`insert into health (device, at, document)
        select x.device, x.at, x.document from ${jsonRows(db, COLUMNS, rows)}
        join devices on devices.id = x.device and substr(devices.village, 1, 2) = x.zone
        where true on conflict do nothing`.execute(db);
      const ids = jsonRows(
        db,
        { device: 'text' },
        rows.map(({ device }) => ({ device })),
      );
      const away = await sql<{ id: string }>`select distinct devices.id as id
        from devices join ${ids} on devices.id = x.device where devices.online = 0`.execute(db);
      return new Set(away.rows.map(({ id }) => id));
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
      const ids = jsonRows(db, { id: 'text' }, some);
      await sql`delete from health where at < ${before} and device in (select x.id from ${ids})`.execute(db);
      return some.length < halls ? '' : (some.at(-1)?.id ?? '');
    },
  };
}
