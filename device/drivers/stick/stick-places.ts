import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { STICK_FOLDER } from '../../../firmware-protocol/stick/layout.ts';
import type { StickPlaces } from '../../sideload/stick.ts';
import { StickFolder } from './stick-folder.ts';

/** Folders looked at in one go; a mount point has a few. */
const FOLDERS_LIMIT = 64;
/** What the server side writes: the reports that we write ourselves make no other stick of it. */
const MARKED = ['.', 'keys.json', 'programmes', 'orders', 'media'];

/** Places are paths in which a whole part may be `*`: `/media/*`. */
export function stickPlaces(places: readonly string[]): StickPlaces {
  return {
    async look() {
      const folders = (await Promise.all(places.map((place) => foldersOf(place)))).flat();
      const found = await Promise.all([...new Set(folders)].slice(0, FOLDERS_LIMIT).map(marked));
      return found.flatMap((each) => each ?? []);
    },
    open: (folder) => new StickFolder(folder),
  };
}

async function foldersOf(place: string): Promise<string[]> {
  let folders = ['/'];
  for (const part of place.split('/').filter((each) => each !== '')) {
    const next = folders.slice(0, FOLDERS_LIMIT).map(async (folder) => {
      if (part !== '*') return [join(folder, part)];
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
      return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
    });
    folders = (await Promise.all(next)).flat();
  }
  return folders;
}

/** Undefined = no stick of ours. */
async function marked(folder: string): Promise<{ folder: string; mark: string } | undefined> {
  const base = join(folder, STICK_FOLDER);
  const found = await lstat(base).catch(() => undefined);
  if (!found?.isDirectory()) return undefined;
  const marks = await Promise.all(
    MARKED.map(async (name) => {
      const each = await stat(join(base, name)).catch(() => undefined);
      // The folder itself is only known by its number: its time changes when `reports` is made in it.
      return name === '.' ? `${each?.dev}/${each?.ino}` : (each?.mtimeMs ?? '-');
    }),
  );
  return { folder, mark: marks.join(' ') };
}
