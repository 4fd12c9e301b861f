import { TroublePart } from '../../../firmware-protocol/mqtt/trouble-requests.ts';
import type { TroubleRecord, TroubleTable } from '../../fleet/trouble-records.ts';
import { villagesOf } from './areas.ts';
import type { Connection } from './connection.ts';
import type { Schema } from './schema.ts';

/** Steps for what people say is wrong. */
export const TROUBLE_MIGRATIONS = {
  '024-troubles': async ({ schema }: Connection) => {
    await schema
      .createTable('troubles')
      .addColumn('id', 'varchar(26)', (column) => column.primaryKey())
      .addColumn('village', 'varchar(8)', (column) => column.notNull())
      .addColumn('part', 'varchar(16)', (column) => column.notNull())
      .addColumn('text', 'text', (column) => column.notNull())
      .addColumn('by', 'varchar(64)', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('closed_by', 'varchar(64)')
      .addColumn('closed_at', 'bigint')
      .addColumn('done', 'text')
      .execute();
    await schema
      .createIndex('troubles_by_village')
      .on('troubles')
      .columns(['village', 'closed_at'])
      .execute();
  },
};

export function troubleTable(db: Connection): TroubleTable {
  return {
    async add({ closedBy, closedAt, ...record }) {
      await db
        .insertInto('troubles')
        .values({ ...record, closed_by: closedBy, closed_at: closedAt })
        .execute();
    },
    async get(id) {
      const row = await db.selectFrom('troubles').selectAll().where('id', '=', id).executeTakeFirst();
      return row && recordOf(row);
    },
    async within(areas, { closed, limit }) {
      const rows = await db
        .selectFrom('troubles')
        .selectAll()
        .where(({ and, eb, or }) =>
          or(
            areas
              .map(villagesOf)
              .map(([first, last]) => and([eb('village', '>=', first), eb('village', '<=', last)])),
          ),
        )
        .$if(!closed, (all) => all.where('closed_at', 'is', null))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(recordOf);
    },
    async open(village) {
      const { count } = await db
        .selectFrom('troubles')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('village', '=', village)
        .where('closed_at', 'is', null)
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    async close(id, by, at, done) {
      const { numUpdatedRows } = await db
        .updateTable('troubles')
        .set({ closed_by: by, closed_at: at, done })
        .where('id', '=', id)
        .where('closed_at', 'is', null)
        .executeTakeFirst();
      return Number(numUpdatedRows) === 1;
    },
  };
}

function recordOf(row: Schema['troubles']): TroubleRecord {
  const { id, village, part, text, by, at, closed_by, closed_at, done } = row;
  return {
    ...{ id, village, text, by, done },
    part: TroublePart.parse(part),
    at: Number(at),
    closedBy: closed_by,
    closedAt: closed_at === null ? null : Number(closed_at),
  };
}
