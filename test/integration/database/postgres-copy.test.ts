import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PostgresCluster } from '../../../scripts/bench/ingest/postgres-cluster.ts';
import { configFrom } from '../../../server/config.ts';
import { openPostgres, type PostgresPool } from '../../../server/drivers/database/postgres.ts';
import { copyText } from '../../../server/drivers/database/postgres-copy.ts';
import type { PostgresSession } from '../../../server/drivers/database/postgres-session.ts';

describe.skipIf(!PostgresCluster.canRun)('rows that are copied into PostgreSQL', () => {
  let cluster: PostgresCluster;
  let pool: PostgresPool;
  let session: PostgresSession;

  beforeAll(async () => {
    cluster = await PostgresCluster.found();
    const { database } = configFrom({ database: { postgres: cluster.database() } }, '/nowhere');
    if (database === 'sqlite') throw new Error('not the database that was configured');
    pool = await openPostgres(database.postgres);
    session = await pool.connect();
    await session.query('create table said (n bigint primary key, words text)', []);
  });
  afterAll(async () => {
    session.release();
    await pool.end();
    await cluster.close();
  });

  const copy = (rows: { n: number; words: string | null }[]) =>
    session.query('copy said (n, words) from stdin', [copyText(rows, ['n', 'words'])]);
  const all = async () => (await session.query('select n, words from said order by n', [])).rows;

  it('come back as they were, whatever they hold', async () => {
    const words = ['น้ำท่วม', '', '\\.', '\\N', 'a\tb\r\nc\\', '"{},\\u0000', null];
    await copy(words.map((each, n) => ({ n, words: each })));
    expect(await all()).toEqual(words.map((each, n) => ({ n, words: each })));
  });

  it('of which one is there already are none; the session goes on', async () => {
    const before = await all();
    await expect(
      copy([
        { n: 100, words: 'new' },
        { n: 0, words: 'taken' },
      ]),
    ).rejects.toMatchObject({ code: '23505' });
    expect(await all()).toEqual(before);
  });

  it('are told to be lost with their session', async () => {
    await expect(session.query('select pg_terminate_backend(pg_backend_pid())', [])).rejects.toMatchObject({
      code: 'database-down',
    });
    await expect(copy([{ n: 200, words: 'late' }])).rejects.toMatchObject({ code: 'database-down' });
  });
});
