import { ALERT_MIGRATIONS } from './alerts.ts';
import { AUDIENCE_MIGRATIONS } from './audience.ts';
import { type Connection, sql, tableNames } from './connection.ts';
import { LIBRARY_MIGRATIONS } from './library.ts';
import { PEOPLE_MIGRATIONS } from './people-migrations.ts';
import { PLACE_MIGRATIONS } from './place-migrations.ts';
import { TROUBLE_MIGRATIONS } from './troubles.ts';
import { UPLOAD_MIGRATIONS } from './uploads.ts';

/** In order; a name is never reused and a migration that has been released never edited. */
const MIGRATIONS: Record<string, (db: Connection) => Promise<void>> = {
  '001-people-and-boxes': async ({ schema }) => {
    await schema
      .createTable('operators')
      .addColumn('user', 'varchar(32)', (column) => column.primaryKey())
      .addColumn('role', 'varchar(16)', (column) => column.notNull())
      .addColumn('areas', 'text', (column) => column.notNull())
      .addColumn('password_hash', 'text')
      .addColumn('broker_hash', 'text')
      .addColumn('code_hash', 'text')
      .addColumn('code_expires_at', 'bigint')
      .addColumn('code_attempts', 'integer', (column) => column.notNull())
      .execute();
    await schema
      .createTable('devices')
      .addColumn('id', 'varchar(32)', (column) => column.primaryKey())
      .addColumn('village', 'varchar(8)', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('public_key', 'varchar(43)', (column) => column.notNull())
      .addColumn('password_hash', 'text', (column) => column.notNull())
      .addColumn('broker_hash', 'text', (column) => column.notNull())
      .addColumn('chain', 'integer', (column) => column.notNull())
      .addColumn('enrolled_at', 'bigint', (column) => column.notNull())
      .addColumn('reports_up_to', 'integer', (column) => column.notNull())
      .addColumn('reports_hash', 'varchar(64)', (column) => column.notNull())
      .addColumn('online', 'integer', (column) => column.notNull())
      .addColumn('boot', 'integer')
      .addColumn('seen_at', 'bigint')
      .addColumn('state', 'text')
      .execute();
    await schema.createIndex('devices_by_village').on('devices').column('village').execute();
    await schema
      .createTable('enrolment_codes')
      .addColumn('secret_hash', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('device', 'varchar(32)', (column) => column.notNull())
      .addColumn('village', 'varchar(8)', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('used_by', 'varchar(43)')
      .execute();
  },

  '002-orders-and-reports': async ({ schema }) => {
    await schema
      .createTable('orders')
      .addColumn('id', 'varchar(26)', (column) => column.primaryKey())
      .addColumn('kind', 'varchar(16)', (column) => column.notNull())
      .addColumn('issued_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('published', 'integer', (column) => column.notNull())
      .addColumn('document', 'text', (column) => column.notNull())
      .execute();
    await schema.createIndex('orders_by_expiry').on('orders').column('expires_at').execute();
    await schema
      .createTable('deliveries')
      .addColumn('order_id', 'varchar(26)', (column) => column.notNull())
      .addColumn('device', 'varchar(32)', (column) => column.notNull())
      .addColumn('state', 'varchar(16)', (column) => column.notNull())
      .addColumn('refusal', 'varchar(32)')
      .addColumn('outputs', 'text')
      .addColumn('outcomes', 'text', (column) => column.notNull())
      .addColumn('sends', 'integer', (column) => column.notNull())
      .addColumn('next_at', 'bigint')
      .addPrimaryKeyConstraint('deliveries_key', ['order_id', 'device'])
      .execute();
    await schema.createIndex('deliveries_by_turn').on('deliveries').column('next_at').execute();
    await schema.createIndex('deliveries_by_device').on('deliveries').column('device').execute();
    // The primary key is what makes a report that came twice be stored once.
    await schema
      .createTable('reports')
      .addColumn('device', 'varchar(32)', (column) => column.notNull())
      .addColumn('chain', 'integer', (column) => column.notNull())
      .addColumn('n', 'integer', (column) => column.notNull())
      .addColumn('hash', 'varchar(64)', (column) => column.notNull())
      .addColumn('at', 'varchar(40)', (column) => column.notNull())
      .addColumn('boot', 'integer', (column) => column.notNull())
      .addColumn('type', 'varchar(32)', (column) => column.notNull())
      .addColumn('play', 'varchar(96)')
      .addColumn('document', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('reports_key', ['device', 'chain', 'n'])
      .execute();
    await schema.createIndex('reports_by_play').on('reports').columns(['play', 'device']).execute();
  },

  '003-content-and-keys': async ({ schema }) => {
    await schema
      .createTable('media')
      .addColumn('sha256', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('bytes', 'bigint', (column) => column.notNull())
      .addColumn('ms', 'bigint', (column) => column.notNull())
      .addColumn('title', 'text', (column) => column.notNull())
      .addColumn('loudness_clufs', 'integer', (column) => column.notNull())
      .addColumn('uploaded_by', 'varchar(32)', (column) => column.notNull())
      .addColumn('uploaded_at', 'bigint', (column) => column.notNull())
      .execute();
    await schema
      .createTable('programmes')
      .addColumn('area', 'varchar(8)', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('document', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('programmes_key', ['area', 'version'])
      .execute();
    await schema
      .createTable('keys')
      .addColumn('version', 'integer', (column) => column.primaryKey())
      .addColumn('document', 'text', (column) => column.notNull())
      .execute();
  },

  // Each second the outbox asks for what is open: it must not walk through all that ever was.
  '004-open-deliveries': async ({ schema }) => {
    await schema.createIndex('deliveries_by_state').on('deliveries').columns(['state', 'order_id']).execute();
  },

  '005-pictures': async ({ schema }) => {
    await schema
      .createTable('pictures')
      .addColumn('sha256', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('bytes', 'bigint', (column) => column.notNull())
      .addColumn('width', 'integer', (column) => column.notNull())
      .addColumn('height', 'integer', (column) => column.notNull())
      .addColumn('frames', 'integer', (column) => column.notNull())
      .addColumn('type', 'varchar(16)', (column) => column.notNull())
      .addColumn('title', 'text', (column) => column.notNull())
      .addColumn('uploaded_by', 'varchar(32)', (column) => column.notNull())
      .addColumn('uploaded_at', 'bigint', (column) => column.notNull())
      .execute();
  },

  '006-speech': async ({ schema }) => {
    await schema
      .createTable('speech')
      .addColumn('key', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('sha256', 'varchar(64)', (column) => column.notNull())
      .addColumn('voice', 'text', (column) => column.notNull())
      .addColumn('made_at', 'bigint', (column) => column.notNull())
      .execute();
  },

  // One role that included the lower ones becomes several, each for itself.
  '007-roles': async (db) => {
    await db.schema
      .alterTable('operators')
      .addColumn('roles', 'text', (column) => column.notNull().defaultTo('["viewer"]'))
      .execute();
    for (const [role, roles] of Object.entries(ROLES_OF_OLD))
      await db
        .updateTable('operators')
        .set({ roles: JSON.stringify(roles) })
        .where(db.dynamic.ref('role'), '=', role)
        .execute();
    await db.schema.alterTable('operators').dropColumn('role').execute();
  },

  '008-audit': async ({ schema }) => {
    await schema
      .createTable('audit')
      .addColumn('n', 'bigint', (column) => column.primaryKey())
      .addColumn('hash', 'varchar(64)', (column) => column.notNull())
      .addColumn('document', 'text', (column) => column.notNull())
      .execute();
  },

  // 75,000 halls are counted by what became of an order there, without reading what each said.
  '009-fates': async (db) => {
    await db.schema.alterTable('deliveries').addColumn('finished', 'integer').execute();
    await db
      .updateTable('deliveries')
      .set(({ case: when }) => ({
        finished: when()
          .when('outcomes', '=', '{}')
          .then(1)
          .when('outcomes', 'like', '%"outcome":"finished"%')
          .then(1)
          .else(0)
          .end(),
      }))
      .where('state', '=', 'ended')
      .execute();
    // What was signed together with an order, so that its end needs nobody but who sends it.
    await db.schema
      .createTable('prepared_ends')
      .addColumn('order_id', 'varchar(26)', (column) => column.primaryKey())
      .addColumn('document', 'text', (column) => column.notNull())
      .execute();
  },

  ...PLACE_MIGRATIONS,
  '011-health': async ({ schema }) => {
    await schema
      .createTable('health')
      .addColumn('device', 'varchar(32)', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('document', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('health_key', ['device', 'at'])
      .execute();
  },
  ...PEOPLE_MIGRATIONS,
  ...ALERT_MIGRATIONS,

  '014-dispatch-term': async ({ schema }) => {
    await schema
      .createTable('dispatch_term')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('term', 'bigint', (column) => column.notNull())
      .addColumn('backend', 'bigint', (column) => column.notNull())
      .addColumn('renewed_at', 'bigint', (column) => column.notNull())
      .execute();
  },

  // Two boxes that say they are one: known until one of them has a name of its own.
  '020-copied-cards': async ({ schema }) => {
    await schema.alterTable('devices').addColumn('copied_at', 'bigint').execute();
  },

  '021-sessions': async ({ schema }) => {
    await schema
      .createTable('sessions')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('user', 'varchar(32)', (column) => column.notNull())
      .addColumn('password_sha', 'varchar(64)', (column) => column.notNull())
      .addColumn('began_at', 'bigint', (column) => column.notNull())
      .addColumn('until', 'bigint', (column) => column.notNull())
      .execute();
    await schema.createIndex('sessions_by_user').on('sessions').columns(['user', 'began_at']).execute();
  },

  // The second person reads why.
  '022-why-held': async ({ schema }) => {
    await schema.alterTable('held_orders').addColumn('why', 'text').execute();
  },

  ...LIBRARY_MIGRATIONS,

  ...TROUBLE_MIGRATIONS,
  ...UPLOAD_MIGRATIONS,

  // What is answered leaves the indices of the outbox, and no later report of it touches them.
  '025-open-deliveries-alone': async (db) => {
    for (const name of ['deliveries_by_turn', 'deliveries_by_device', 'deliveries_by_state'])
      await db.schema.dropIndex(name).execute();
    await sql`create index deliveries_due on deliveries (next_at) where next_at is not null`.execute(db);
    await sql`create index deliveries_to_wake on deliveries (device) where next_at is not null`.execute(db);
    await sql`create index deliveries_open on deliveries (order_id) where state in ('waiting', 'sent')`.execute(
      db,
    );
  },

  '026-passkeys': async ({ schema }) => {
    await schema
      .createTable('passkeys')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('user', 'varchar(32)', (column) => column.notNull())
      .addColumn('public_key', 'text', (column) => column.notNull())
      .addColumn('count', 'bigint', (column) => column.notNull())
      .addColumn('title', 'text', (column) => column.notNull())
      .addColumn('made_at', 'bigint', (column) => column.notNull())
      .addColumn('used_at', 'bigint')
      .execute();
    await schema.createIndex('passkeys_by_user').on('passkeys').column('user').execute();
  },

  ...AUDIENCE_MIGRATIONS,
};

/** What the roles of the first version could do. */
const ROLES_OF_OLD = {
  operator: ['author'],
  admin: ['author', 'approver', 'technician', 'auditor', 'key-officer'],
};

/** Brings a database of any earlier version up to date, or as far as `last`; each step whole or not at all. */
export async function migrate(db: Connection, last?: string): Promise<void> {
  // Looked for, and not only made where it is not there: a backup beside a server, or of a disk that can only be read, writes nothing.
  if (!(await tableNames(db)).includes('migrations'))
    await db.schema
      .createTable('migrations')
      .addColumn('name', 'varchar(64)', (column) => column.primaryKey())
      .execute();
  const done = await db.selectFrom('migrations').select('name').execute();
  for (const [name, step] of Object.entries(MIGRATIONS)) {
    if (done.some((each) => each.name === name)) continue;
    await db.transaction().execute(async (tx) => {
      await step(tx);
      await tx.insertInto('migrations').values({ name }).execute();
    });
    if (name === last) return;
  }
}
