import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeySet } from '../../firmware-protocol/content/key-set.ts';
import type { ServerConfig } from '../config.ts';
import { openDatabaseOf } from '../drivers/database/database.ts';
import { secretFolder } from '../drivers/secret-folder.ts';
import { systemClock, systemRandom } from '../drivers/system-clock.ts';
import type { Clock, Log, Random, Secrets } from '../ports.ts';
import type { KeyedSigner } from '../signer/signer-port.ts';
import type { Database } from '../tables.ts';
import { openSigner } from './signer.ts';

/** What every room of a server stands on. */
export interface Ground {
  config: ServerConfig;
  clock: Clock;
  random: Random;
  log: Log;
  db: Database;
  secrets: Secrets;
  signer: KeyedSigner;
  /** The key set as the server found it. */
  set: KeySet;
}

/** What is to be closed is put on `opened`. */
export async function openGround(
  config: ServerConfig,
  log: Log,
  opened: (() => Promise<void>)[],
): Promise<Ground> {
  await mkdir(config.data, { recursive: true, mode: 0o750 });
  const clock = systemClock();
  const random = systemRandom();
  const db = await openDatabaseOf(config);
  opened.push(() => db.close());
  const secrets = secretFolder(join(config.data, 'secrets'));
  const { signer, set } = await openSigner(config, { db, secrets, clock, random, log });
  opened.push(() => signer.close());
  return { config, clock, random, log, db, secrets, signer, set };
}
