import type { Connection } from './connection.ts';

/** Steps for who may speak to whom. */
export const PEOPLE_MIGRATIONS = {
  '012-held-orders': async ({ schema }: Connection) => {
    await schema
      .createTable('held_orders')
      .addColumn('id', 'varchar(26)', (column) => column.primaryKey())
      .addColumn('state', 'varchar(16)', (column) => column.notNull())
      .addColumn('document', 'text', (column) => column.notNull())
      .addColumn('asked_by', 'varchar(64)', (column) => column.notNull())
      .addColumn('needs', 'text', (column) => column.notNull())
      .addColumn('sha256', 'varchar(64)', (column) => column.notNull())
      .addColumn('asked_at', 'bigint', (column) => column.notNull())
      .addColumn('until', 'bigint', (column) => column.notNull())
      .addColumn('decided_by', 'varchar(64)')
      .addColumn('decided_at', 'bigint')
      .addColumn('reason', 'text')
      .execute();
    await schema.createIndex('held_orders_by_state').on('held_orders').column('state').execute();
  },
};
