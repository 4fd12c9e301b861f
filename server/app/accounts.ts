import { mkdir } from 'node:fs/promises';
import { AuditBook } from '../audit/audit-book.ts';
import { LogOnRecord } from '../audit/log-on-record.ts';
import { RecordedOperators } from '../audit/recorded-operators.ts';
import type { ServerConfig } from '../config.ts';
import { argon2 } from '../drivers/argon2.ts';
import { openDatabaseOf } from '../drivers/database/database.ts';
import { jsonLog } from '../drivers/pino.ts';
import { systemClock, systemRandom } from '../drivers/system-clock.ts';
import { Accounts } from '../operators/accounts.ts';
import { Attempts } from '../operators/attempts.ts';
import type { Operators } from '../ports.ts';

/** The accounts alone, for the command line beside a server that may be running. */
export async function openAccounts(
  config: ServerConfig,
): Promise<{ accounts: Operators; close: () => Promise<void> }> {
  await mkdir(config.data, { recursive: true, mode: 0o750 });
  const db = await openDatabaseOf(config);
  const clock = systemClock();
  const audit = new AuditBook({ db, clock });
  const logOns = new LogOnRecord({ audit, clock, log: jsonLog(config.log) });
  const operators = new Accounts({
    db,
    hash: argon2(),
    clock,
    random: systemRandom(),
    attempts: new Attempts(clock),
    // A running server asks for the account at each request; its broker need not know at once.
    onCredentials: async () => {},
  });
  const accounts = new RecordedOperators({ operators, audit, logOns, who: 'machine' });
  return { accounts, close: () => db.close() };
}
