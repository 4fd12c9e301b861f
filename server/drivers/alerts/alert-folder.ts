import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AlertSource } from '../../alerts/alert-sources.ts';
import { XML_LIMITS } from '../../alerts/xml.ts';

/** Who copies a file into the folder is still writing: it is taken when it has been left alone for so long. */
const SETTLED_MS = 1_000;
const TAKEN = 'taken';
const IS_ALERT = /\.(?:cap|xml|atom|rss|edxlde?)$/i;

/** Files that are dropped into a folder; each goes to `taken/` with the answer to its sender beside it. */
export function alertFolder(folder: string, now: () => number = Date.now): AlertSource {
  return {
    via: 'file',
    everyMs: 2_000,
    async take(receive) {
      await mkdir(join(folder, TAKEN), { recursive: true });
      for (const name of (await readdir(folder)).filter((each) => IS_ALERT.test(each)).sort()) {
        const path = join(folder, name);
        const { mtimeMs, size } = await stat(path);
        if (now() - mtimeMs < SETTLED_MS) continue;
        // One byte more than may be read is enough to be refused for it.
        const bytes = size > XML_LIMITS.bytes ? new Uint8Array(XML_LIMITS.bytes + 1) : await readFile(path);
        const replies = await receive(bytes);
        // Out of the way first: what cannot be moved is not to be read for ever, though twice is once.
        await rename(path, join(folder, TAKEN, name));
        await writeFile(join(folder, TAKEN, `${name}.reply`), replies.join(''));
      }
    },
  };
}
