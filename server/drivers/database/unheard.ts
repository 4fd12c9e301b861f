import { setTimeout as wait } from 'node:timers/promises';
import { isServerError } from '../../errors.ts';
import { type Connection, sql } from './connection.ts';
import { Unheard } from './unheard-commit.ts';

/** A PostgreSQL that was cut off is looked for so long: people wait 15 s for an answer. */
const LOOK = { for_ms: 8_000, again_ms: 250, tries: 3 } as const;

interface Looking<T> {
  transaction: <R>(work: (tx: Connection) => Promise<R>) => Promise<R>;
  work: (tx: Connection) => Promise<T>;
  /** Whether what `work` stored at its last call is there. */
  isThere: (tx: Connection) => Promise<boolean>;
}

/**
 * A transaction whose owner can see afterwards whether it was stored. Where the line is cut between a commit and its answer, it is looked for
 * as soon as the database is there: it is stored, or is done once more. Rejects `database-down`, too, where it stays away for so long.
 */
export async function heardOut<T>({ transaction, work, isThere }: Looking<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    let done: { what: T } | undefined;
    try {
      return await transaction(async (tx) => {
        done = { what: await work(tx) };
        return done.what;
      });
    } catch (error) {
      const unheard = isServerError(error) && error.cause instanceof Unheard ? error.cause : undefined;
      if (unheard === undefined || done === undefined || tried === LOOK.tries) throw error;
      const isStored = await found(() => looked({ transaction, isThere }, unheard.backend));
      if (isStored === undefined) throw error;
      if (isStored) return done.what;
    }
  }
}

/** Looks until somebody could be asked; undefined = nobody could. */
async function found(look: () => Promise<boolean | undefined>): Promise<boolean | undefined> {
  for (const until = performance.now() + LOOK.for_ms; ; await wait(LOOK.again_ms)) {
    const isStored = await look().catch((error: unknown) => {
      if (!isServerError(error, 'database-down')) throw error;
      return undefined;
    });
    if (isStored !== undefined || performance.now() > until) return isStored;
  }
}

/** Undefined = PostgreSQL may still be at it, and not know that nobody listens. */
async function looked(
  { transaction, isThere }: Pick<Looking<unknown>, 'transaction' | 'isThere'>,
  backend: number,
): Promise<boolean | undefined> {
  const { rows } = await transaction((tx) =>
    sql`select 1 from pg_stat_activity where pid = ${backend}`.execute(tx),
  );
  return rows.length > 0 ? undefined : transaction(isThere);
}
