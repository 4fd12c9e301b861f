import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import type { KeySet } from '../../firmware-protocol/content/key-set.ts';
import type { PublicKey } from '../../firmware-protocol/content/signature.ts';
import type { ServerConfig } from '../config.ts';
import { openDatabaseOf } from '../drivers/database/database.ts';
import { ReleaseFolder } from '../drivers/release-folder.ts';
import { secretFolder } from '../drivers/secret-folder.ts';
import { systemClock, systemRandom } from '../drivers/system-clock.ts';
import { openKeySet, trustReleaseKey } from '../keys/key-ring.ts';

/** What the command line does with releases on the server's own machine, also while the server runs. */
export interface ReleaseCounter {
  keys: KeySet;
  folder: ReleaseFolder;
  /** The next key set, with this key for releases to the areas. Needs the root key. Rejects `data-invalid`. */
  trust: (key: { id: string; public: PublicKey }, areas: AreaCode[]) => Promise<KeySet>;
  close: () => Promise<void>;
}

export async function openReleaseCounter(config: ServerConfig): Promise<ReleaseCounter> {
  const { data } = config;
  await mkdir(data, { recursive: true, mode: 0o750 });
  const db = await openDatabaseOf(config);
  const needs = {
    training: config.training,
    db,
    secrets: secretFolder(join(data, 'secrets')),
    clock: systemClock(),
    random: systemRandom(),
  };
  const keys = await openKeySet(needs);
  return {
    keys,
    folder: new ReleaseFolder(data),
    trust: (key, areas) => trustReleaseKey(needs, key, areas),
    close: () => db.close(),
  };
}
