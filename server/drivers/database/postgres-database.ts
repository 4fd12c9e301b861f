import type { PostgresConfig } from '../../config.ts';
import type { Database } from '../../tables.ts';
import { isInTheWay, untilAlone } from './collisions.ts';
import { type Connection, narrowColumns, postgresConnection } from './connection.ts';
import { lockSession } from './locks.ts';
import { migrate } from './migrations.ts';
import { openPostgres, type PostgresPool } from './postgres.ts';
import { whileHallsStandStill } from './standing-still.ts';
import { tablesOn } from './tables.ts';
import { heardOut } from './unheard.ts';

type PostgresConnection = ReturnType<typeof postgresConnection>;
type IsolationLevel = 'serializable' | 'read committed';

/**
 * A PostgreSQL that may be shared by several servers: transactions are serialisable but for those among others, and one that met another is done
 * again, so `work` may be called more than once. Rejects `database-down`; `busy` where it met others time and again.
 */
export async function openPostgresDatabase(config: PostgresConfig): Promise<Database> {
  const pool = await openPostgres(config);
  const connection = await upToDate(pool);
  const amongOthers = <T>(work: (tx: Connection) => Promise<T>) =>
    transactionOn(connection, 'read committed', work);
  const alone = <T>(work: (tx: Connection) => Promise<T>) => aloneWithHalls(connection, work);
  return {
    ...tablesOn(connection),
    transaction: (work) => transactionOn(connection, 'serializable', (tx) => work(tablesOn(tx))),
    amongOthers: (work, isThere) => {
      const store = (tx: Connection) => work(tablesOn(tx));
      if (isThere === undefined) return amongOthers(store);
      return heardOut({ transaction: amongOthers, work: store, isThere: (tx) => isThere(tablesOn(tx)) });
    },
    whileHallsStandStill: (work) => whileHallsStandStill({ amongOthers, alone }, work),
    reading: (work) => pool.reading(work),
    close: () => connection.destroy(),
  };
}

/** The lock is the session's: a serialisable transaction sees what there was at its first look, and must not look before it has it. */
function aloneWithHalls<T>(connection: PostgresConnection, work: (tx: Connection) => Promise<T>): Promise<T> {
  return connection.connection().execute(async (own) => {
    const unlock = await lockSession(own, 'halls');
    try {
      return await transactionOn(own, 'serializable', work);
    } finally {
      // A session that has ended has none.
      await unlock().catch(() => {});
    }
  });
}

function transactionOn<T>(
  connection: PostgresConnection,
  level: IsolationLevel,
  work: (tx: Connection) => Promise<T>,
): Promise<T> {
  const transaction = () => connection.transaction().setIsolationLevel(level).execute(work);
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
      const unlock = await lockSession(own, 'migration');
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
