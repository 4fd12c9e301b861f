import { z } from 'zod';
import { AreaCode, deviceOf, type Target } from '../../../firmware-protocol/content/area.ts';
import { OUTPUTS, Output } from '../../../firmware-protocol/content/band.ts';
import { SiteLaws } from '../../../firmware-protocol/content/site-laws.ts';
import { SignFace } from '../../../firmware-protocol/mqtt/sign-screen.ts';
import {
  type GroupTable,
  STANDINGS,
  type StandingTable,
  type VillageRecord,
  type VillageTable,
} from '../../areas/place-records.ts';
import { villagesOf } from './areas.ts';
import {
  type Connection,
  jsonRows,
  readableJson,
  readJson,
  rowsOf,
  sql,
  textOfMember,
} from './connection.ts';
import { isHeld } from './held-rows.ts';
import type { Schema } from './schema.ts';

/** SQLite takes so many parameters in one statement, and more: 32,766; PostgreSQL 65,535. */
const ROWS_AT_ONCE = 500;

const Sites = z.array(
  z.object({
    name: z.string(),
    point: z.object({ lat: z.number(), lon: z.number() }).optional(),
    outputs: z.array(Output),
  }),
);
const Areas = z.array(AreaCode);
const Standing = z.enum(STANDINGS);

export function villageTable(db: Connection): VillageTable {
  const inOrder = (area: AreaCode) => {
    const [first, last] = villagesOf(area);
    return db
      .selectFrom('villages')
      .selectAll()
      .where('code', '>=', first)
      .where('code', '<=', last)
      .orderBy('code');
  };
  return {
    async within(area) {
      return (await inOrder(area).execute()).map(villageOf);
    },
    async next(area, after, limit) {
      const behind = after === undefined ? inOrder(area) : inOrder(area).where('code', '>', after);
      return (await behind.limit(limit).execute()).map(villageOf);
    },
    async put(villages) {
      for (let at = 0; at < villages.length; at += ROWS_AT_ONCE)
        await db
          .insertInto('villages')
          .values(
            villages
              .slice(at, at + ROWS_AT_ONCE)
              .map(({ code, name, nameEn, households, sites, listedAt }) => ({
                code,
                name,
                name_en: nameEn ?? null,
                households: households ?? null,
                sites: JSON.stringify(sites),
                listed_at: listedAt,
              })),
          )
          .onConflict((conflict) =>
            conflict.column('code').doUpdateSet(({ ref }) => ({
              name: ref('excluded.name'),
              name_en: ref('excluded.name_en'),
              households: ref('excluded.households'),
              sites: ref('excluded.sites'),
            })),
          )
          .execute();
    },
    async drop(codes) {
      for (let at = 0; at < codes.length; at += ROWS_AT_ONCE)
        await db
          .deleteFrom('villages')
          .where('code', 'in', codes.slice(at, at + ROWS_AT_ONCE))
          .execute();
    },
  };
}

function villageOf({ code, name, name_en, households, sites, listed_at }: Schema['villages']): VillageRecord {
  return {
    code,
    name,
    nameEn: name_en ?? undefined,
    households: households ?? undefined,
    sites: readJson(Sites, sites, `villages/${code}`).map((site) => ({ ...site, point: site.point })),
    listedAt: Number(listed_at),
  };
}

export function groupTable(db: Connection): GroupTable {
  const recordOf = (row: { id: string; title: string; areas: string; by: string; changed_at: number }) => ({
    id: row.id,
    title: row.title,
    areas: readJson(Areas, row.areas, `groups/${row.id}`),
    by: row.by,
    changedAt: Number(row.changed_at),
  });
  return {
    async get(id) {
      const row = await db.selectFrom('groups').selectAll().where('id', '=', id).executeTakeFirst();
      return row && recordOf(row);
    },
    async all() {
      const rows = await db.selectFrom('groups').selectAll().orderBy('id').execute();
      return rows.map(recordOf);
    },
    async put({ id, title, areas, by, changedAt }) {
      const rest = { title, areas: JSON.stringify(areas), by, changed_at: changedAt };
      await db
        .insertInto('groups')
        .values({ id, ...rest })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(rest))
        .execute();
    },
    async drop(id) {
      await db.deleteFrom('groups').where('id', '=', id).execute();
    },
  };
}

/** `tower panel` -> both; the empty text is a hall that has neither. */
function outputsIn(text: string | null): Output[] | undefined {
  return text === null ? undefined : OUTPUTS.filter((output) => text.split(' ').includes(output));
}

/** Devices of these targets, at least one. */
function within(to: readonly Target[]) {
  const each = to.map((target) => {
    const device = deviceOf(target);
    if (device !== undefined) return sql<boolean>`devices.id = ${device}`;
    const [first, last] = villagesOf(target);
    return sql<boolean>`village between ${first} and ${last}`;
  });
  return sql<boolean>`(${sql.join(each, sql` or `)})`;
}

export function standingTable(db: Connection): StandingTable {
  const read = (row: Schema['standings']) => ({
    device: row.device,
    standing: Standing.parse(row.standing),
    since: Number(row.since),
    outputs: outputsIn(row.outputs),
  });
  return {
    async within(area) {
      const [first, last] = villagesOf(area);
      const rows = await db
        .selectFrom('standings')
        .innerJoin('devices', 'devices.id', 'standings.device')
        .selectAll('standings')
        .where('village', '>=', first)
        .where('village', '<=', last)
        .execute();
      return rows.map(read);
    },
    async those(devices) {
      const { rows } = await sql<Schema['standings']>`select standings.*
        from ${rowsOf(db, devices)} join standings on standings.device = x.id`.execute(db);
      return rows.map(read);
    },
    async put(records) {
      if (records.length === 0) return;
      const columns = { device: 'text', standing: 'text', since: 'bigint', outputs: 'text' } as const;
      const rows = records.map((record) => ({ ...record, outputs: record.outputs?.join(' ') ?? null }));
      await sql`insert into standings (device, standing, since, outputs)
        select device, standing, since, outputs from ${jsonRows(db, columns, rows)} where true order by device
        on conflict (device) do update set standing = excluded.standing, since = excluded.since,
          outputs = excluded.outputs`.execute(db);
    },
    async countByOutputs(to) {
      const rows = await db
        .selectFrom('devices')
        .leftJoin('standings', 'standings.device', 'devices.id')
        .select(({ fn }) => ['standings.outputs', fn.countAll<number>().as('count')])
        .where(within(to))
        .groupBy('standings.outputs')
        .execute();
      return rows.map(({ outputs, count }) => ({ outputs: outputsIn(outputs), devices: Number(count) }));
    },
    async signsOf(to) {
      const rows = await db
        .selectFrom('devices')
        .select(({ fn }) => [textOfMember(db, 'state', 'sign').as('sign'), fn.countAll<number>().as('count')])
        .where(within(to))
        .groupBy('sign')
        .orderBy('count', 'desc')
        .orderBy('sign')
        .execute();
      return rows.map(({ sign, count }) => ({
        face: sign === null ? undefined : readableJson(SignFace, sign),
        devices: Number(count),
      }));
    },
    async held(devices) {
      const { rows } = await sql<Schema['held_programmes']>`select held_programmes.*
        from ${rowsOf(db, devices)} join held_programmes on held_programmes.device = x.id`.execute(db);
      return rows.map((row) => ({ ...row, since: Number(row.since) }));
    },
    async holding(programme, area) {
      const [first, last] = villagesOf(area);
      const rows = await db
        .selectFrom('held_programmes')
        .innerJoin('devices', 'devices.id', 'held_programmes.device')
        .selectAll('held_programmes')
        .where('area', '=', programme)
        .where('village', '>=', first)
        .where('village', '<=', last)
        .execute();
      return rows.map((row) => ({ ...row, since: Number(row.since) }));
    },
    async lawsIn(area) {
      const [first, last] = villagesOf(area);
      const { rows } = await sql<{ laws: string | null; halls: number; village: string }>`
        select ${textOfMember(db, 'state', 'laws')} as laws, count(*) as halls, min(village) as village
        from devices where village >= ${first} and village <= ${last}
        group by 1 order by 2 desc, 3`.execute(db);
      return rows.map(({ laws, halls, village }) => ({
        laws: laws === null ? undefined : readableJson(SiteLaws, laws),
        halls: Number(halls),
        village,
      }));
    },
    async inhabited(areas) {
      const rows = areas.map((area) => {
        const [first, last] = villagesOf(area);
        return { area, first, last };
      });
      const { rows: there } = await sql<{ area: AreaCode }>`
        select x.area as area from ${jsonRows(db, { area: 'text', first: 'text', last: 'text' }, rows)}
        where exists (select 1 from devices where devices.village >= x.first and devices.village <= x.last)`.execute(
        db,
      );
      return there.map(({ area }) => area);
    },
    async keysIn(area) {
      const [first, last] = villagesOf(area);
      const { rows } = await sql<{ keys: string | number | null; halls: number }>`
        select ${textOfMember(db, 'state', 'keys')} as keys, count(*) as halls
        from devices where village >= ${first} and village <= ${last} group by 1`.execute(db);
      return rows.map(({ keys, halls }) => ({
        keys: keys === null ? undefined : Number(keys),
        halls: Number(halls),
      }));
    },
    async putHeld(devices, held) {
      const areTheirs = sql<boolean>`held_programmes.device in (select x.id from ${rowsOf(db, devices)})`;
      await db
        .deleteFrom('held_programmes')
        .where(isHeld(db, 'held_programmes', areTheirs))
        .execute();
      if (held.length === 0) return;
      const columns = { device: 'text', area: 'text', version: 'bigint', since: 'bigint' } as const;
      await sql`insert into held_programmes (device, area, version, since)
        select device, area, version, since from ${jsonRows(db, columns, held)} where true order by device, area
        on conflict (device, area) do update set version = excluded.version, since = excluded.since`.execute(
        db,
      );
    },
  };
}
