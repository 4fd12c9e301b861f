import { DeviceError } from '../errors.ts';
import type { MediaNeed } from '../media/media-need.ts';
import type { MediaRoom } from '../media/media-room.ts';
import type { MediaStore } from '../ports.ts';
import type { Updater } from '../update/updater.ts';
import type { Stick } from './stick.ts';
import type { Tally } from './tally.ts';

export interface FileNeeds {
  /** Undefined = this agent is replaced by other hands. */
  releases: Pick<Updater, 'lacks'> | undefined;
  mediaStore: Pick<MediaStore, 'adopt'>;
  room: Pick<MediaRoom, 'plan' | 'makeRoom' | 'used'>;
}

/** One stick, and what came of it so far. */
interface Taking {
  stick: Stick;
  tally: Tally;
  needs: FileNeeds;
  /** Names of the files on it. */
  there: ReadonlySet<string>;
}

/**
 * Takes files that something accepted needs, by their hash. What is needed first comes first: a stick that is pulled has brought
 * the most. Resolves to how many still lack. Rejects `stick-unreadable` when there is nothing of ours, `seen` documents included.
 */
export async function takeFiles(stick: Stick, tally: Tally, needs: FileNeeds, seen: number): Promise<number> {
  const { files, strange } = await stick.list('media');
  for (const name of strange) tally.refuse(name, 'strange-name');
  if (seen + files.length + strange.length === 0)
    throw new DeviceError('stick-unreadable', { folder: stick.folder, reason: 'no-file' });
  const taking: Taking = { stick, tally, needs, there: new Set(files) };
  const isThere = (sha256: string) => taking.there.has(nameOf(sha256));
  const before = await needs.room.plan();
  for (const need of before.fetch) await takeFile(taking, need);
  const parts = await takeParts(taking);
  const { keep, fetch } = await needs.room.plan();
  const needed = [...keep].filter(isThere);
  tally.had += needed.length - before.fetch.filter(({ sha256 }) => isThere(sha256)).length;
  tally.notNeeded += files.length - needed.length - parts;
  return fetch.length;
}

/** The manifest of a release tells which files it lacks, so they come in two goes. Resolves to how many came. */
async function takeParts(taking: Taking): Promise<number> {
  const { taken } = taking.tally;
  const before = taken.files;
  for (const _go of ['manifest', 'files'])
    for (const part of (await taking.needs.releases?.lacks()) ?? []) await takeFile(taking, part);
  return taken.files - before;
}

/** One that is not on the stick is passed over. */
async function takeFile(taking: Taking, need: Pick<MediaNeed, 'sha256' | 'bytes'>): Promise<void> {
  const { stick, tally, needs, there } = taking;
  const { sha256, bytes } = need;
  const name = nameOf(sha256);
  if (!there.has(name)) return;
  await tally.careful(name, async () => {
    const found = await stick.size(name);
    if (found !== bytes) return tally.refuse(name, 'wrong-file', `${found} bytes, announced ${bytes}`);
    needs.room.used(sha256);
    await needs.room.makeRoom(bytes);
    const path = await needs.mediaStore.adopt(sha256, stick.chunks(name, bytes));
    if (path === undefined) return tally.refuse(name, 'wrong-file', 'it is not what its name says');
    tally.taken.files += 1;
    tally.taken.bytes += bytes;
  });
}

function nameOf(sha256: string): string {
  return `media/${sha256}`;
}
