import { afterAll, beforeAll, expect, it } from 'vitest';
import { PostgresCluster } from '../../../scripts/bench/ingest/postgres-cluster.ts';
import { configFrom } from '../../../server/config.ts';
import { type Connection, sql } from '../../../server/drivers/database/connection.ts';
import { openPostgresConnection } from '../../../server/drivers/database/postgres-database.ts';

const ifThere = it.skipIf(!PostgresCluster.canRun);
let cluster: PostgresCluster | undefined;

beforeAll(async () => {
  if (PostgresCluster.canRun) cluster = await PostgresCluster.found();
});
afterAll(() => cluster?.close());

/** Two servers on one database, as far as a driver can tell, and one who looks on. Closed by `close`. */
async function twoServers(set: (db: Connection) => Promise<unknown> = async () => {}) {
  if (cluster === undefined) throw new Error('no PostgreSQL');
  const { database } = configFrom({ database: { postgres: cluster.database() } }, cluster.folder);
  if (database === 'sqlite') throw new Error('not on PostgreSQL');
  const connect = () => openPostgresConnection(database.postgres);
  const watcher = await connect();
  await sql`create table steps (name text primary key, taken bigint not null)`.execute(watcher);
  await sql`insert into steps values ('first', 0), ('second', 0)`.execute(watcher);
  await set(watcher);
  const [one, other] = [await connect(), await connect()];
  return {
    one,
    other,
    /** Until so many wait for what another holds. */
    waiting: (count: number) =>
      expect
        .poll(async () => {
          const { rows } = await sql<{ count: number }>`select count(*) as count from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'`.execute(watcher);
          return Number(rows[0]?.count);
        })
        .toBe(count),
    taken: async () => {
      const { rows } = await sql<{ taken: number }>`select taken from steps order by name`.execute(watcher);
      return rows.map(({ taken }) => Number(taken));
    },
    close: () => Promise.all([watcher, one, other].map((db) => db.destroy())),
  };
}

const take = (db: Connection, name: string) =>
  sql`update steps set taken = taken + 1 where name = ${name}`.execute(db);

ifThere('F45: a statement that another stands in a ring with is done again, once', async () => {
  const { one, other, waiting, taken, close } = await twoServers();
  let statement: Promise<unknown> | undefined;
  await one.transaction().execute(async (tx) => {
    await take(tx, 'first');
    // In one statement the second and then the first: who has waited longest for the ring to open gives way.
    statement = sql`with second as (update steps set taken = taken + 1 where name = 'second' returning name)
      update steps set taken = steps.taken + 1 from second where steps.name = 'first'`.execute(other);
    await waiting(1);
    await take(tx, 'second');
  });
  await statement;
  expect(await taken()).toEqual([2, 2]);
  await close();
});

ifThere(
  'F45: a statement whose row another changed meanwhile is done again, where that is refused',
  async () => {
    const { one, other, waiting, taken, close } = await twoServers((db) =>
      sql`do $$ begin execute format('alter database %I set default_transaction_isolation = ''serializable''', current_database()); end $$`.execute(
        db,
      ),
    );
    let statement: Promise<unknown> | undefined;
    await one.transaction().execute(async (tx) => {
      await take(tx, 'first');
      statement = take(other, 'first');
      await waiting(1);
    });
    await statement;
    expect(await taken()).toEqual([2, 0]);
    await close();
  },
);

ifThere('F45: within a transaction it is that which begins anew, and nobody goes on in it', async () => {
  const { one, other, waiting, taken, close } = await twoServers();
  let tries = 0;
  let transaction: Promise<unknown> | undefined;
  await one.transaction().execute(async (tx) => {
    await take(tx, 'first');
    transaction = other.transaction().execute(async (own) => {
      tries++;
      await take(own, 'second');
      await take(own, 'first');
    });
    void transaction.catch(() => {});
    await waiting(1);
    await take(tx, 'second');
  });
  await expect(transaction).rejects.toMatchObject({ code: '40P01' });
  expect(tries).toBe(1);
  expect(await taken()).toEqual([1, 1]);
  await close();
});
