import type { Stats } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Strays } from '../../health/checks/machine.ts';

/** Of a hall with a month of sound; a folder that holds more is looked at so far. */
const MOST_LOOKED_AT = 50_000;
const [FILE_OF_OWN, FOLDER_OF_OWN, FOR_OTHERS] = [0o600, 0o700, 0o077] as const;
/** In them stand the hall's key and password. */
const SECRET = new Set(['identity.json', 'enrolment.json']);
/** Root's, where the folder is a file system of its own (mke2fs(8)). */
const OF_THE_DISK = 'lost+found';

/**
 * What lies in the data folder and is not its owner's to read and write, or shows a secret to others: a command that was given as
 * root left it there, or somebody copied it in. `ownTrial`: name of a file with which whoever looks tries the card at this moment.
 * Undefined = the folder cannot be looked at.
 */
export async function straysIn(folder: string, ownTrial = ''): Promise<Strays | undefined> {
  const top = await lstat(folder).catch(() => undefined);
  if (top === undefined) return undefined;
  const strays = { count: 0, first: '' };
  const note = (path: string) => {
    strays.first ||= relative(folder, path) || '.';
    strays.count += 1;
  };
  if (!isOwners(top, top.uid)) note(folder);
  let lookedAt = 0;
  for await (const path of within(folder)) {
    if (path === join(folder, ownTrial)) continue;
    lookedAt += 1;
    if (lookedAt > MOST_LOOKED_AT) break;
    // What is gone by now was in use.
    const seen = await lstat(path).catch(() => undefined);
    if (seen === undefined || isOwners(seen, top.uid, SECRET.has(relative(folder, path)))) continue;
    note(path);
  }
  return strays;
}

async function* within(folder: string, isTop = true): AsyncGenerator<string> {
  // One that may not be looked into is a stray itself.
  const entries = await opendir(folder).catch(() => undefined);
  for await (const entry of entries ?? []) {
    if (isTop && entry.name === OF_THE_DISK) continue;
    const path = join(folder, entry.name);
    yield path;
    if (entry.isDirectory()) yield* within(path, false);
  }
}

function isOwners(seen: Stats, uid: number, isSecret = false): boolean {
  if (seen.uid !== uid) return false;
  if (seen.isSymbolicLink()) return true;
  const own = seen.isDirectory() ? FOLDER_OF_OWN : FILE_OF_OWN;
  return (seen.mode & own) === own && !(isSecret && (seen.mode & FOR_OTHERS) !== 0);
}
