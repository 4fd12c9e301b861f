import { join } from 'node:path';
import { ServerError } from '../../errors.ts';
import type { Mandate } from '../../ports.ts';
import { lockSqlite } from './libsql.ts';

const FILE = 'dispatch.lock';

/**
 * Beside SQLite there is one server a folder. The lock is the operating system's on an open file, so it goes with the process
 * however that ends. Throws `already-running`.
 */
export function fileMandate(data: string): Mandate {
  const unlock = lockSqlite(join(data, FILE));
  if (unlock === undefined) throw new ServerError('already-running', { context: { data } });
  return {
    start: async () => {},
    holds: async () => true,
    tell: async () => {},
    stop: async () => unlock(),
  };
}
