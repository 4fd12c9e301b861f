import { setTimeout as wait } from 'node:timers/promises';
import type { PostgresConfig } from '../../config.ts';
import { ServerError } from '../../errors.ts';
import type { Database, Tables } from '../../tables.ts';
import { lockSession, narrowColumns, postgresConnection } from './connection.ts';
import { migrate } from './migrations.ts';
import { isCollision, isTaken, openPostgres, type PostgresPool } from './postgres.ts';
import { tablesOn } from './tables.ts';

const COLLISION = {
  /** Each try sees what the others left; eight in a row are more than a crowd. */
  tries: 8,
  /** Drawn by lot and growing, so that two that met do not meet again. */
  wait_ms: 5,
} as const;

type PostgresConnection = ReturnType<typeof postgresConnection>;
type IsolationLevel = 'serializable' | 'read committed';

/** Ours among the advisory locks of the database: who brings it up to date does so alone. "prak" in ASCII. */
const MIGRATION_LOCK = 0x7072616b;

/**
 * A PostgreSQL that may be shared by several servers: transactions are serialisable but for those among others, and one that met another is done
 * again, so `work` may be called more than once. Rejects `database-down`; `busy` where it met others time and again.
 */
export async function openPostgresDatabase(config: PostgresConfig): Promise<Database> {
  const pool = await openPostgres(config);
  const connection = await upToDate(pool);
  return {
    ...tablesOn(connection),
    transaction: (work) => transactionOn(connection, 'serializable', work),
    amongOthers: (work) => transactionOn(connection, 'read committed', work),
    reading: (work) => pool.reading(work),
    close: () => connection.destroy(),
  };
}

function transactionOn<T>(
  connection: PostgresConnection,
  level: IsolationLevel,
  work: (tables: Tables) => Promise<T>,
): Promise<T> {
  return untilAlone(() =>
    connection
      .transaction()
      .setIsolationLevel(level)
      .execute((tx) => work(tablesOn(tx))),
  );
}

/** Brought up to date. Rejects `database-down`. */
export async function openPostgresConnection(config: PostgresConfig): Promise<PostgresConnection> {
  return upToDate(await openPostgres(config));
}

async function upToDate(pool: PostgresPool): Promise<PostgresConnection> {
  const connection = postgresConnection(pool);
  try {
    await connection.connection().execute(async (own) => {
      const unlock = await lockSession(own, MIGRATION_LOCK);
      await migrate(own);
      for (const { table, column, to } of await narrowColumns(own))
        await own.schema
          .alterTable(table)
          .alterColumn(column, (each) => each.setDataType(to === 'bigint' ? 'bigint' : 'text'))
          .execute();
      await unlock();
    });
    return connection;
  } catch (error) {
    await connection.destroy();
    throw error;
  }
}

async function untilAlone<T>(transaction: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await transaction();
    } catch (error) {
      // What another brought meanwhile is seen the second time; what was there before is there then too.
      const again = isCollision(error) || (isTaken(error) && tried === 1);
      if (!again) throw error;
      if (tried === COLLISION.tries) throw new ServerError('busy', { cause: error });
      await wait(Math.random() * COLLISION.wait_ms * tried);
    }
  }
}
