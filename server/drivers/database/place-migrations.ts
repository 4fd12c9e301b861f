import type { Connection } from './connection.ts';

/** Of the list of migrations, where it says so. */
export const PLACE_MIGRATIONS = {
  '010-villages-and-groups': async ({ schema }: Connection) => {
    await schema
      .createTable('villages')
      .addColumn('code', 'varchar(8)', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('name_en', 'text')
      .addColumn('households', 'integer')
      .addColumn('sites', 'text', (column) => column.notNull())
      .addColumn('listed_at', 'bigint', (column) => column.notNull())
      .execute();
    await schema
      .createTable('groups')
      .addColumn('id', 'varchar(40)', (column) => column.primaryKey())
      .addColumn('title', 'text', (column) => column.notNull())
      .addColumn('areas', 'text', (column) => column.notNull())
      .addColumn('by', 'varchar(32)', (column) => column.notNull())
      .addColumn('changed_at', 'bigint', (column) => column.notNull())
      .execute();
    await schema
      .createTable('standings')
      .addColumn('device', 'varchar(32)', (column) => column.primaryKey())
      .addColumn('standing', 'varchar(16)', (column) => column.notNull())
      .addColumn('since', 'bigint', (column) => column.notNull())
      .addColumn('outputs', 'varchar(32)')
      .execute();
    await schema
      .createTable('held_programmes')
      .addColumn('device', 'varchar(32)', (column) => column.notNull())
      .addColumn('area', 'varchar(8)', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('since', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('held_programmes_key', ['device', 'area'])
      .execute();
    await schema.createIndex('held_by_area').on('held_programmes').column('area').execute();
  },

  '012-plans-and-calendars': async ({ schema }: Connection) => {
    // What a person planned, beside the programme that was made of it.
    await schema.alterTable('programmes').addColumn('source', 'text').execute();
    await schema
      .createTable('drafts')
      .addColumn('area', 'varchar(8)', (column) => column.primaryKey())
      .addColumn('based_on', 'integer', (column) => column.notNull())
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('by', 'varchar(32)', (column) => column.notNull())
      .addColumn('changed_at', 'bigint', (column) => column.notNull())
      .execute();
    await schema
      .createTable('calendars')
      .addColumn('area', 'varchar(8)', (column) => column.notNull())
      .addColumn('name', 'varchar(40)', (column) => column.notNull())
      .addColumn('spans', 'text', (column) => column.notNull())
      .addColumn('by', 'varchar(32)', (column) => column.notNull())
      .addColumn('changed_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('calendars_key', ['area', 'name'])
      .execute();
  },
};
