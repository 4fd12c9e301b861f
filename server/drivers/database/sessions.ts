import type { SessionTable } from '../../operators/session-table.ts';
import type { Connection } from './connection.ts';

/** Who is logged on with a browser. */
export function sessionTable(db: Connection): SessionTable {
  return {
    async get(id) {
      const row = await db.selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirst();
      return (
        row && {
          id: row.id,
          user: row.user,
          passwordSha: row.password_sha,
          beganAt: Number(row.began_at),
          until: Number(row.until),
        }
      );
    },
    async add({ id, user, passwordSha, beganAt, until }, most) {
      await db
        .insertInto('sessions')
        .values({ id, user, password_sha: passwordSha, began_at: beganAt, until })
        .execute();
      const newest = db
        .selectFrom('sessions')
        .select('id')
        .where('user', '=', user)
        .orderBy('began_at', 'desc')
        .orderBy('id')
        .limit(most);
      await db.deleteFrom('sessions').where('user', '=', user).where('id', 'not in', newest).execute();
    },
    async drop(id) {
      await db.deleteFrom('sessions').where('id', '=', id).execute();
    },
    async users(now) {
      const rows = await db
        .selectFrom('sessions')
        .select('user')
        .distinct()
        .where('until', '>', now)
        .execute();
      return rows.map(({ user }) => user);
    },
    async dropExpired(before) {
      await db.deleteFrom('sessions').where('until', '<', before).execute();
    },
  };
}
