import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import { mayReach } from '../areas/reach.ts';
import { AuditBook } from '../audit/audit-book.ts';
import type { ServerConfig } from '../config.ts';
import { openDatabaseOf } from '../drivers/database/database.ts';
import { secretFolder } from '../drivers/secret-folder.ts';
import { systemClock, systemRandom } from '../drivers/system-clock.ts';
import { ServerError } from '../errors.ts';
import { type Rotation, revokeKey, rotateKeys } from '../keys/rotation.ts';
import type { Secrets } from '../ports.ts';
import type { Database } from '../tables.ts';

/** What the command line does with signing keys on the server's own machine, also while the server runs. */
export interface KeyCounter {
  /** `outside`: halls that no key reaches when the old ones have ended. */
  rotate: (areas: AreaCode[] | undefined) => Promise<Rotation & { outside: number }>;
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
    rotate: async (areas) => {
      const rotation = await recorded('keys/rotate', { areas: areas ?? [] }, () => rotateKeys(needs, areas));
      return { ...rotation, outside: await hallsOutside(db, rotation) };
    },
    revoke: (id) => recorded('keys/revoke', { key: id }, () => revokeKey(needs, id)),
    close: () => db.close(),
  };
}

async function hallsOutside(
  { devices }: Pick<Database, 'devices'>,
  { set, made }: Rotation,
): Promise<number> {
  const areas = set.keys.filter(({ id }) => made.includes(id)).flatMap((key) => key.areas);
  const halls = await devices.within('th');
  return halls.filter(({ village }) => !mayReach(areas, village)).length;
}

function withRoot(secrets: Secrets, rootFile: string | undefined): Secrets {
  if (rootFile === undefined) return secrets;
  const root = () => readFile(rootFile, 'utf8').then((text) => text.trim());
  return { ...secrets, read: (name) => (name === 'root-key' ? root() : secrets.read(name)) };
}
