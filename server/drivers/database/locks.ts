import { type Connection, isPostgres, sql } from './connection.ts';

/** Ours among the advisory locks of PostgreSQL, of four letters each. SQLite has one writer at a time, and no need of them. */
const LOCKS = {
  /** "prak". Who brings the database up to date does so alone. */
  migration: 0x7072616b,
  /** "praa". Who writes the next line of the audit; others wait for its number, and are not refused. */
  audit: 0x70726161,
  /** "prah". Together: who stores an order, which is for the halls that there are. Alone: who enrols or moves one. */
  halls: 0x70726168,
} as const;
type Lock = keyof typeof LOCKS;

/** One session at a time gets past this; until it gives the lock back, or ends. */
export async function lockSession(db: Connection, lock: Lock): Promise<() => Promise<void>> {
  await sql`select pg_advisory_lock(${LOCKS[lock]})`.execute(db);
  return async () => {
    await sql`select pg_advisory_unlock(${LOCKS[lock]})`.execute(db);
  };
}

/**
 * One transaction at a time gets past this, or several `together`; until their end. A serialisable one sees afterwards what it saw before: it
 * is for those among others.
 */
export async function lockTransaction(db: Connection, lock: Lock, { together = false } = {}): Promise<void> {
  if (!db.isTransaction || !isPostgres(db)) return;
  const take = sql.raw(together ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock');
  await sql`select ${take}(${LOCKS[lock]})`.execute(db);
}
