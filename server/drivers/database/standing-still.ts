import { RESEND } from '../../dispatch/resend-schedule.ts';
import { othersFirst } from '../../others-first.ts';
import type { Tables } from '../../tables.ts';
import { unwritten } from './audience.ts';
import type { Connection } from './connection.ts';
import { writeNextRows } from './order-rows.ts';
import { tablesOn } from './tables.ts';

/** Whoever met an order so often writes its rows himself, and others wait for him. */
const TRIES = 20;

interface Transactions {
  amongOthers<T>(work: (tx: Connection) => Promise<T>): Promise<T>;
  /** No order is stored, and no hall enrolled or moved, from before its first look to its end. */
  alone<T>(work: (tx: Connection) => Promise<T>): Promise<T>;
}

/**
 * `Database.whileHallsStandStill`. The rows of all orders are written before, beside everybody else and a few at a time, so that an alert waits
 * for the work alone. Where an order came in between, once more.
 */
export async function whileHallsStandStill<T>(
  { amongOthers, alone }: Transactions,
  work: (tables: Tables) => Promise<T>,
): Promise<T> {
  for (let tried = 1; ; tried++) {
    while (await amongOthers((tx) => writeNextRows(tx, RESEND.rowsAtOnce))) await othersFirst();
    const done = await alone(async (tx) => {
      const isLate = tried < TRIES && (await unwritten(tx)).length > 0;
      return isLate ? undefined : { what: await work(tablesOn(tx)) };
    });
    if (done !== undefined) return done.what;
  }
}
