import type { PasskeyRecord, PasskeyTable } from '../../operators/passkey-table.ts';
import type { Connection } from './connection.ts';
import type { Schema } from './schema.ts';

/** Passkeys of people. */
export function passkeyTable(db: Connection): PasskeyTable {
  return {
    async get(id) {
      const row = await db.selectFrom('passkeys').selectAll().where('id', '=', id).executeTakeFirst();
      return row && recordOf(row);
    },
    async of(user) {
      const rows = await db
        .selectFrom('passkeys')
        .selectAll()
        .where('user', '=', user)
        .orderBy('made_at')
        .orderBy('id')
        .execute();
      return rows.map(recordOf);
    },
    async add({ id, user, publicKey, count, title, madeAt, usedAt }) {
      await db
        .insertInto('passkeys')
        .values({ id, user, public_key: publicKey, count, title, made_at: madeAt, used_at: usedAt })
        .execute();
    },
    async used(id, count, at) {
      await db.updateTable('passkeys').set({ count, used_at: at }).where('id', '=', id).execute();
    },
    async drop(user, id) {
      await db.deleteFrom('passkeys').where('user', '=', user).where('id', '=', id).execute();
    },
    async dropOf(user) {
      await db.deleteFrom('passkeys').where('user', '=', user).execute();
    },
  };
}

function recordOf(row: Schema['passkeys']): PasskeyRecord {
  return {
    ...{ id: row.id, user: row.user, publicKey: row.public_key, title: row.title },
    count: Number(row.count),
    madeAt: Number(row.made_at),
    usedAt: row.used_at === null ? null : Number(row.used_at),
  };
}
