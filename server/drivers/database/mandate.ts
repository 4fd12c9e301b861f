import type { ServerConfig } from '../../config.ts';
import type { Clock, Log, Mandate } from '../../ports.ts';
import { fileMandate } from './mandate-file.ts';
import { PostgresMandate } from './mandate-postgres.ts';

/** The right to send that goes with the configured database. Throws `already-running`. */
export function openMandate({ data, database }: ServerConfig, needs: { clock: Clock; log: Log }): Mandate {
  return database === 'sqlite'
    ? fileMandate(data)
    : new PostgresMandate({ config: database.postgres, ...needs });
}
