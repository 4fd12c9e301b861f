import { AsyncLocalStorage } from 'node:async_hooks';
import { readFile } from 'node:fs/promises';
import type { PostgresConfig } from '../../config.ts';
import { configFault, unreadable } from '../../faults/config-fault.ts';
import { pg } from './pg.ts';
import { fail } from './postgres-faults.ts';
import { openSession, type PostgresSession } from './postgres-session.ts';
import { ReadPlaces } from './read-places.ts';
import { SessionRoom } from './session-room.ts';

const POSTGRES_TIMES = {
  /** A database that does not answer is away: the mail waits for it, people are told. */
  connect_ms: 5_000,
  /** The longest statement is a national order: 75,000 deliveries. */
  statement_ms: 30_000,
  /** Of the network, when not even the statement's own end comes back. */
  answer_ms: 35_000,
} as const;

/** What Kysely's PostgreSQL dialect asks of a pool. */
export interface PostgresPool {
  connect(): Promise<PostgresSession>;
  end(): Promise<void>;
  /** What is asked within `work` holds no more than its share of the sessions, and is refused with `busy` where it would wait long. */
  reading<T>(work: () => Promise<T>): Promise<T>;
}

/** A session of its own that is held open: locks belong to it. */
export interface PostgresWatch {
  query(sql: string, parameters?: unknown[]): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** A pool of sessions in which a commit is on the disk before it is answered. */
export async function openPostgres(config: PostgresConfig): Promise<PostgresPool> {
  const address = await addressOf(config);
  // A connection has its deadline; waiting for a free one has none: each that is taken is given back within `answer_ms`, and
  // a storm of mail must not look like a database that is away.
  class PooledClient extends pg.Client {
    constructor() {
      super(address);
    }
  }
  const pool = new pg.Pool({ max: config.connections, Client: PooledClient });
  // A session that ends while idle is replaced at the next use; one in use fails its query. Neither ends the server.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const room = new SessionRoom(pool, config.connections);
  const readers = new AsyncLocalStorage<true>();
  const places = new ReadPlaces(config.connections);
  return {
    connect: async () => {
      const leave = readers.getStore() === undefined ? undefined : await places.enter();
      try {
        return await openSession({ take: () => room.take(), most: config.connections, leave });
      } catch (error) {
        leave?.();
        return fail(error);
      }
    },
    end: () => pool.end(),
    reading: (work) => readers.run(true, work),
  };
}

/** `heard` is told of each notice on `channel`, `lost` once when the session ended by itself. Rejects `database-down`. */
export async function openPostgresWatch(
  config: PostgresConfig,
  channel: string,
  heard: () => void,
  lost: () => void,
): Promise<PostgresWatch> {
  const client = new pg.Client(await addressOf(config));
  let closing = false;
  client.on('error', () => {});
  client.on('notification', heard);
  client.on('end', () => {
    if (!closing) lost();
  });
  try {
    await client.connect();
    await client.query(`listen ${client.escapeIdentifier(channel)}`);
  } catch (error) {
    closing = true;
    await client.end().catch(() => {});
    return fail(error);
  }
  return {
    query: async (sql, parameters) => (await client.query(sql, parameters).catch(fail)).rows,
    close: async () => {
      closing = true;
      await client.end();
    },
  };
}

async function addressOf(config: PostgresConfig): Promise<pg.ClientConfig> {
  const { url, host, port, database, user, ca } = config;
  const password = await passwordOf(config);
  return {
    ...(url === undefined ? { host, port, database, user } : { connectionString: url }),
    ...(password !== undefined && { password }),
    ...(ca !== undefined && { ssl: { ca: await readFile(ca, 'utf8') } }),
    application_name: 'prakat',
    connectionTimeoutMillis: POSTGRES_TIMES.connect_ms,
    statement_timeout: POSTGRES_TIMES.statement_ms,
    query_timeout: POSTGRES_TIMES.answer_ms,
    keepAlive: true,
    // A receipt lets a device forget: whatever the cluster's default is, a commit is on the disk.
    options: '-c synchronous_commit=on',
    types: { getTypeParser },
  };
}

async function passwordOf({ password_file, password_env }: PostgresConfig): Promise<string | undefined> {
  try {
    if (password_file !== undefined) return (await readFile(password_file, 'utf8')).trimEnd();
  } catch (cause) {
    throw configFault('database.postgres.password_file', unreadable(password_file ?? '', cause), cause);
  }
  const password = password_env === undefined ? undefined : process.env[password_env];
  if (password_env !== undefined && password === undefined)
    throw configFault('database.postgres.password_env', {
      en: `${password_env} is not set`,
      th: `ยังไม่ได้ตั้งค่าตัวแปร ${password_env}`,
    });
  return password;
}

/** 64-bit numbers and sums come as text; ours are times, counts and bytes, all below 2^53. */
const getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === pg.types.builtins.INT8 || oid === pg.types.builtins.NUMERIC
    ? Number
    : format === 'binary'
      ? pg.types.getTypeParser(oid, format)
      : pg.types.getTypeParser(oid, format);
