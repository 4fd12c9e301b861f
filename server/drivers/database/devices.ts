import { DeviceState } from '../../../firmware-protocol/mqtt/messages.ts';
import type { CodeTable, DeviceRecord, DeviceTable, Speaker } from '../../tables.ts';
import { villagesOf } from './areas.ts';
import { type Connection, jsonRows, readableJson, rowsOf, sql } from './connection.ts';
import { inTurn, isHeld, withHallsHeld } from './held-rows.ts';
import { writeAllRows } from './order-rows.ts';
import type { Schema } from './schema.ts';

type SpeakerRow = Pick<Schema['devices'], 'id' | 'village' | 'public_key' | 'chain' | 'online' | 'boot'>;
type ChainRow = Pick<Schema['devices'], 'id' | 'chain' | 'reports_up_to' | 'reports_hash'>;

/** Their rows are held against each other for a moment only. */
const SEEN_TOGETHER = 2_000;
const PUT_TOGETHER = 1_000;

const COLUMNS: Record<keyof Schema['devices'], 'text' | 'bigint'> = {
  ...{ id: 'text', village: 'text', name: 'text', public_key: 'text' },
  ...{ password_hash: 'text', broker_hash: 'text', chain: 'bigint', enrolled_at: 'bigint' },
  ...{ reports_up_to: 'bigint', reports_hash: 'text', online: 'bigint', boot: 'bigint' },
  ...{ seen_at: 'bigint', state: 'text', copied_at: 'bigint' },
};
const ALL = sql.raw(Object.keys(COLUMNS).join(', '));
const ALL_ANEW = sql.raw(
  Object.keys(COLUMNS)
    .map((column) => `${column} = excluded.${column}`)
    .join(', '),
);

export function deviceTable(db: Connection): DeviceTable {
  return {
    async get(id) {
      const row = await db.selectFrom('devices').selectAll().where('id', '=', id).executeTakeFirst();
      return row && recordOf(row);
    },
    async many(ids) {
      const { rows } = await sql<Schema['devices']>`select devices.*
        from ${rowsOf(db, ids)} join devices on devices.id = x.id`.execute(db);
      return new Map(rows.map((row) => [row.id, recordOf(row)]));
    },
    async speakers(ids) {
      const { rows } = await sql<SpeakerRow>`select devices.id as id, village, public_key, chain, online, boot
        from ${rowsOf(db, ids)} join devices on devices.id = x.id`.execute(db);
      return new Map(rows.map((row) => [row.id, speakerOf(row)]));
    },
    async within(area, limit) {
      const [first, last] = villagesOf(area);
      const rows = await db
        .selectFrom('devices')
        .selectAll()
        .where('village', '>=', first)
        .where('village', '<=', last)
        .orderBy('village')
        .orderBy('id')
        .$if(limit !== undefined, (all) => all.limit(limit ?? 0))
        .execute();
      return rows.map(recordOf);
    },
    async logins() {
      const rows = await db.selectFrom('devices').select(['id', 'broker_hash']).orderBy('id').execute();
      return rows.map((row) => ({ id: row.id, brokerHash: row.broker_hash }));
    },
    async put(...records) {
      // An order is for the halls that there were when it was sent.
      await writeAllRows(db);
      for (let done = 0; done < records.length; done += PUT_TOGETHER) {
        const rows = jsonRows(db, COLUMNS, records.slice(done, done + PUT_TOGETHER).map(rowOf));
        await sql`insert into devices (${ALL}) select ${ALL} from ${rows} where true order by id
          on conflict (id) do update set ${ALL_ANEW}`.execute(db);
      }
    },
    async presences(of) {
      if (of.size === 0) return;
      const rows = [...of].map(([id, { state, boot }]) => ({ id, online: state === 'online' ? 1 : 0, boot }));
      const said = jsonRows(db, { id: 'text', online: 'bigint', boot: 'bigint' }, rows);
      await sql`update devices set online = x.online, boot = x.boot from ${withHallsHeld(db, said)}
        where devices.id = x.id`.execute(db);
    },
    async states(of) {
      if (of.size === 0) return;
      const rows = [...of].map(([id, state]) => ({ id, state: JSON.stringify(state) }));
      const said = jsonRows(db, { id: 'text', state: 'text' }, rows);
      await sql`update devices set state = x.state from ${withHallsHeld(db, said)}
        where devices.id = x.id`.execute(db);
    },
    async copied(id, at) {
      await db
        .updateTable('devices')
        .set({ copied_at: at })
        .where('id', '=', id)
        .where('copied_at', 'is', null)
        .execute();
    },
    async chains(ids) {
      const { rows } = await sql<ChainRow>`select devices.id as id, chain, reports_up_to, reports_hash
        from ${rowsOf(db, ids)} join devices on devices.id = x.id ${inTurn(db, 'devices')}`.execute(db);
      return new Map(
        rows.map((row) => [row.id, { chain: row.chain, n: row.reports_up_to, hash: row.reports_hash }]),
      );
    },
    async chainsGrew(ends) {
      if (ends.size === 0) return;
      const rows = [...ends].map(([id, end]) => ({ id, ...end }));
      const grown = jsonRows(db, { id: 'text', chain: 'bigint', n: 'bigint', hash: 'text' }, rows);
      await sql`update devices set chain = x.chain, reports_up_to = x.n, reports_hash = x.hash
        from ${grown} where devices.id = x.id`.execute(db);
    },
    async seen(at) {
      const all = [...at].map(([id, seen_at]) => ({ id, seen_at }));
      for (let done = 0; done < all.length; done += SEEN_TOGETHER) {
        const some = jsonRows(db, { id: 'text', seen_at: 'bigint' }, all.slice(done, done + SEEN_TOGETHER));
        await sql`update devices set seen_at = x.seen_at from ${withHallsHeld(db, some)} where devices.id = x.id`.execute(
          db,
        );
      }
    },
    async present() {
      const rows = await db
        .selectFrom('devices')
        .select(({ fn }) => ['online', fn.countAll<number>().as('count')])
        .groupBy('online')
        .execute();
      const of = (online: number) => Number(rows.find((row) => row.online === online)?.count ?? 0);
      return { online: of(1), offline: of(0) };
    },
    async allOffline() {
      const isThere = isHeld(db, 'devices', sql`devices.online = 1`);
      await db.updateTable('devices').set({ online: 0 }).where(isThere).execute();
    },
  };
}

export function codeTable(db: Connection): CodeTable {
  return {
    async get(secretHash) {
      const row = await db
        .selectFrom('enrolment_codes')
        .selectAll()
        .where('secret_hash', '=', secretHash)
        .executeTakeFirst();
      return (
        row && {
          secretHash: row.secret_hash,
          device: row.device,
          village: row.village,
          name: row.name,
          expiresAt: row.expires_at,
          usedBy: row.used_by,
        }
      );
    },
    async put({ secretHash, device, village, name, expiresAt, usedBy }) {
      const rest = { device, village, name, expires_at: expiresAt, used_by: usedBy };
      await db
        .insertInto('enrolment_codes')
        .values({ secret_hash: secretHash, ...rest })
        .onConflict((conflict) => conflict.column('secret_hash').doUpdateSet(rest))
        .execute();
    },
    async openVillageOf(device) {
      const row = await db
        .selectFrom('enrolment_codes')
        .select('village')
        .where('device', '=', device)
        .where('used_by', 'is', null)
        .executeTakeFirst();
      return row?.village;
    },
    async dropFor(device) {
      await db.deleteFrom('enrolment_codes').where('device', '=', device).execute();
    },
    async dropExpired(before) {
      await db.deleteFrom('enrolment_codes').where('expires_at', '<', before).execute();
    },
  };
}

function rowOf(record: DeviceRecord): Schema['devices'] {
  return {
    id: record.id,
    village: record.village,
    name: record.name,
    public_key: record.publicKey,
    password_hash: record.passwordHash,
    broker_hash: record.brokerHash,
    chain: record.chain,
    enrolled_at: record.enrolledAt,
    reports_up_to: record.reportsUpTo,
    reports_hash: record.reportsHash,
    online: record.presence?.state === 'online' ? 1 : 0,
    boot: record.presence?.boot ?? null,
    seen_at: record.seenAt,
    state: record.state && JSON.stringify(record.state),
    copied_at: record.copiedAt,
  };
}

function speakerOf(row: SpeakerRow): Speaker {
  return {
    id: row.id,
    village: row.village,
    publicKey: row.public_key,
    chain: row.chain,
    presence: row.boot === null ? null : { state: row.online ? 'online' : 'offline', boot: row.boot },
  };
}

function recordOf(row: Schema['devices']): DeviceRecord {
  return {
    ...speakerOf(row),
    name: row.name,
    passwordHash: row.password_hash,
    brokerHash: row.broker_hash,
    enrolledAt: row.enrolled_at,
    reportsUpTo: row.reports_up_to,
    reportsHash: row.reports_hash,
    seenAt: row.seen_at,
    // Hearsay, soon said again: one that an earlier version wrote must not hide the device.
    state: row.state === null ? null : (readableJson(DeviceState, row.state) ?? null),
    copiedAt: row.copied_at,
  };
}
