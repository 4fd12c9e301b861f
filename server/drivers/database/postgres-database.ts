import type { PostgresConfig } from '../../config.ts';
import type { Database, Tables } from '../../tables.ts';
import { isInTheWay, untilAlone } from './collisions.ts';
import { lockSession, narrowColumns, postgresConnection } from './connection.ts';
import { migrate } from './migrations.ts';
import { openPostgres, type PostgresPool } from './postgres.ts';
import { tablesOn } from './tables.ts';

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
  const transaction = () =>
    connection
      .transaction()
      .setIsolationLevel(level)
      .execute((tx) => work(tablesOn(tx)));
  return untilAlone(transaction, isInTheWay);
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
