import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PostgresCluster } from '../../../scripts/bench/ingest/postgres-cluster.ts';
import { configFrom } from '../../../server/config.ts';
import { openPostgres, type PostgresPool } from '../../../server/drivers/database/postgres.ts';

const SESSIONS = 4;

/** F45: each session is ended from outside, as when another PostgreSQL takes the place, and the server has not heard of it yet. */
describe.skipIf(!PostgresCluster.canRun)('sessions that ended while nobody used them', () => {
  let cluster: PostgresCluster;
  let pool: PostgresPool;
  beforeAll(async () => {
    cluster = await PostgresCluster.found();
    const named = { ...cluster.database(), connections: SESSIONS };
    const { database } = configFrom({ database: { postgres: named } }, '/nowhere');
    if (database === 'sqlite') throw new Error('not the database that was configured');
    pool = await openPostgres(database.postgres);
    await asked('create table words (word text)');
  });
  afterAll(async () => {
    await pool.end();
    await cluster.close();
  });

  async function asked(...statements: string[]): Promise<unknown[]> {
    const session = await pool.connect();
    try {
      let rows: unknown[] = [];
      for (const statement of statements) ({ rows } = await session.query(statement, []));
      return rows;
    } finally {
      session.release();
    }
  }

  /** In the turn in which it resolves the client has not heard of any of them. */
  async function endAll(): Promise<void> {
    const open = await Promise.all(Array.from({ length: SESSIONS }, () => pool.connect()));
    const pids = await Promise.all(
      open.map((session) => session.query<{ pid: number }>('select pg_backend_pid() as pid', [])),
    ).finally(() => {
      for (const session of open) session.release();
    });
    for (const { rows } of pids) process.kill(rows[0]?.pid ?? Number.NaN, 'SIGTERM');
  }

  it('are passed over by whoever asks', async () => {
    await endAll();
    expect(await asked('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('are passed over by a transaction that begins', async () => {
    await endAll();
    const rows = await asked(
      'begin',
      "insert into words values ('begun')",
      'select word from words',
      'commit',
      'select * from words',
    );
    expect(rows).toEqual([{ word: 'begun' }]);
  });

  it('fail what may have been done on them, and it is not done twice', async () => {
    await endAll();
    await expect(asked("insert into words values ('alone')")).rejects.toMatchObject({
      code: 'database-down',
    });
    expect(await asked("select * from words where word = 'alone'")).toEqual([]);
  });
});
