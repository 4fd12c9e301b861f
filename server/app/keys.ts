import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import { AuditBook } from '../audit/audit-book.ts';
import type { ServerConfig } from '../config.ts';
import { openDatabaseOf } from '../drivers/database/database.ts';
import { secretFolder } from '../drivers/secret-folder.ts';
import { systemClock, systemRandom } from '../drivers/system-clock.ts';
import { ServerError } from '../errors.ts';
import { type Rotation, revokeKey, rotateKeys } from '../keys/rotation.ts';
import type { Secrets } from '../ports.ts';

/** What the command line does with signing keys on the server's own machine, also while the server runs. */
export interface KeyCounter {
  rotate: (areas: AreaCode[] | undefined) => Promise<Rotation>;
  revoke: (id: string) => Promise<Rotation>;
  close: () => Promise<void>;
}

/** `rootFile`: the root key where it lies now, if it was taken away. Rejects `data-invalid` where no server has run. */
export async function openKeyCounter(
  config: ServerConfig,
  rootFile: string | undefined,
): Promise<KeyCounter> {
  const folder = join(config.data, 'secrets');
  await access(folder).catch((cause: unknown) => {
    throw new ServerError('data-invalid', { context: { what: folder }, cause });
  });
  const db = await openDatabaseOf(config);
  const clock = systemClock();
  const audit = new AuditBook({ db, clock });
  const { training } = config;
  const needs = {
    training,
    db,
    secrets: withRoot(secretFolder(folder), rootFile),
    clock,
    random: systemRandom(),
  };
  const recorded = (act: string, document: object, work: () => Promise<Rotation>) =>
    audit.recorded({ who: 'machine', act, document }, work, ({ set, made, retiring }) => ({
      ...{ version: set.version, made, retiring },
    }));
  return {
    rotate: (areas) => recorded('keys/rotate', { areas: areas ?? [] }, () => rotateKeys(needs, areas)),
    revoke: (id) => recorded('keys/revoke', { key: id }, () => revokeKey(needs, id)),
    close: () => db.close(),
  };
}

function withRoot(secrets: Secrets, rootFile: string | undefined): Secrets {
  if (rootFile === undefined) return secrets;
  const root = () => readFile(rootFile, 'utf8').then((text) => text.trim());
  return { ...secrets, read: (name) => (name === 'root-key' ? root() : secrets.read(name)) };
}
