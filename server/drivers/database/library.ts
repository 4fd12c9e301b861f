import { PreparedPush } from '../../../firmware-protocol/mqtt/push-request.ts';
import { TemplateUse } from '../../../firmware-protocol/mqtt/template-requests.ts';
import type { TemplateRecord, TemplateTable } from '../../content/template-records.ts';
import { type Connection, readableJson, readJson } from './connection.ts';
import type { Schema } from './schema.ts';

/** Steps for what people keep to say again. */
export const LIBRARY_MIGRATIONS = {
  '023-templates': async ({ schema }: Connection) => {
    await schema
      .createTable('templates')
      .addColumn('area', 'varchar(8)', (column) => column.notNull())
      .addColumn('id', 'varchar(40)', (column) => column.notNull())
      .addColumn('use', 'varchar(16)', (column) => column.notNull())
      .addColumn('title', 'text', (column) => column.notNull())
      .addColumn('push', 'text', (column) => column.notNull())
      .addColumn('by', 'varchar(32)', (column) => column.notNull())
      .addColumn('changed_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('templates_key', ['area', 'id'])
      .execute();
  },
};

export function templateTable(db: Connection): TemplateTable {
  const recordOf = (row: Schema['templates'], push: PreparedPush): TemplateRecord => ({
    area: row.area,
    id: row.id,
    use: TemplateUse.parse(row.use),
    title: row.title,
    push,
    by: row.by,
    changedAt: Number(row.changed_at),
  });
  return {
    async get(area, id) {
      const row = await db
        .selectFrom('templates')
        .selectAll()
        .where('area', '=', area)
        .where('id', '=', id)
        .executeTakeFirst();
      return row && recordOf(row, readJson(PreparedPush, row.push, `templates/${area}/${id}`));
    },
    // One that cannot be read holds up no other.
    async all() {
      const rows = await db.selectFrom('templates').selectAll().orderBy('area').orderBy('id').execute();
      return rows.flatMap((row) => {
        const push = readableJson(PreparedPush, row.push);
        return push === undefined ? [] : [recordOf(row, push)];
      });
    },
    async put({ area, id, changedAt, push, ...record }) {
      const rest = { ...record, push: JSON.stringify(push), changed_at: changedAt ?? 0 };
      await db
        .insertInto('templates')
        .values({ area, id, ...rest })
        .onConflict((conflict) => conflict.columns(['area', 'id']).doUpdateSet(rest))
        .execute();
    },
    async drop(area, id) {
      await db.deleteFrom('templates').where('area', '=', area).where('id', '=', id).execute();
    },
  };
}
