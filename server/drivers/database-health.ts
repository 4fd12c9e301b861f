import type { DeviceId } from '../../firmware-protocol/content/area.ts';
import type { HealthRow, HealthTable } from '../health-table.ts';
import { type Connection, jsonRows, sql } from './database-connection.ts';
import { insertNewRows } from './database-insert.ts';

const COLUMNS = { device: 'text', at: 'bigint', document: 'text' } as const;

export function healthTable(db: Connection): HealthTable {
  return {
    async append(rows) {
      const devices = await senders(db, rows);
      const own = rows.filter(({ device, zone }) => devices.get(device)?.zone === zone);
      // Twice in one millisecond says nothing twice.
      await insertNewRows(db, { table: 'health', columns: COLUMNS, rows: own });
      return new Set(own.flatMap(({ device }) => (devices.get(device)?.online === 0 ? [device] : [])));
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

interface Sender {
  id: DeviceId;
  zone: string;
  online: number;
}

/** Those of them that are enrolled, and where they stand. */
async function senders(db: Connection, rows: readonly HealthRow[]): Promise<Map<DeviceId, Sender>> {
  const ids = [...new Set(rows.map(({ device }) => device))].map((id) => ({ id }));
  const { rows: found } = await sql<Sender>`select devices.id as id, substr(village, 1, 2) as zone, online
    from ${jsonRows(db, { id: 'text' }, ids)} join devices on devices.id = x.id`.execute(db);
  return new Map(found.map((each) => [each.id, each]));
}
