import { AuditBook } from '../audit/audit-book.ts';
import { LogOnRecord } from '../audit/log-on-record.ts';
import { argon2 } from '../drivers/argon2.ts';
import { Attempts } from '../operators/attempts.ts';
import { FrontDoor } from '../operators/front-door.ts';
import { Passkeys } from '../operators/passkeys.ts';
import { Sessions } from '../operators/sessions.ts';
import type { Clock, Log, Random } from '../ports.ts';
import type { Database } from '../tables.ts';

interface Needs {
  db: Database;
  clock: Clock;
  random: Random;
  log: Log;
  /** The address at which people open the server. */
  url: () => string;
}

/** Who gets in: by a password, or by the cookie that one was exchanged for; and the book in which both stand. */
export function openDoors({ db, clock, random, log, url }: Needs) {
  const audit = new AuditBook({ db, clock });
  const logOns = new LogOnRecord({ audit, clock, log });
  const attempts = new Attempts(clock);
  const hash = argon2();
  const door = new FrontDoor({ db, hash, clock, random, attempts, logOns });
  const sessions = new Sessions({ db, door, attempts, clock, random, logOns });
  const passkeys = new Passkeys({ db, clock, random, url });
  return { audit, logOns, attempts, hash, door, sessions, passkeys };
}
