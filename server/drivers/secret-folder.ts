import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Secrets } from '../ports.ts';

/** One file a secret, mode 0600 in a folder of mode 0700: temp -> fsync -> rename -> fsync of the folder. */
export function secretFolder(folder: string): Secrets {
  const read = async (name: string) => {
    try {
      return (await readFile(join(folder, name), 'utf8')).trim();
    } catch (cause) {
      if (isOfCode(cause, 'ENOENT')) return undefined;
      throw cause;
    }
  };
  const put = async (name: string, value: string, into: typeof rename) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await putWhole(folder, name, `${value}\n`, 0o600, into);
  };
  return {
    read,
    write: (name, value) => put(name, value, rename),
    async keep(name, value) {
      try {
        // Unlike a rename, a link takes no other's place.
        await put(name, value, link);
      } catch (cause) {
        if (!isOfCode(cause, 'EEXIST')) throw cause;
      }
      return (await read(name)) ?? value;
    },
  };
}

/** A file that is there whole or as it was before, also after a power cut. Of several who write it at once one is the last. */
export function writeWhole(folder: string, name: string, text: string, mode: number): Promise<void> {
  return putWhole(folder, name, text, mode, rename);
}

async function putWhole(
  folder: string,
  name: string,
  text: string,
  mode: number,
  into: (from: string, to: string) => Promise<void>,
): Promise<void> {
  // A name of its own: servers on one folder write the same files when they start.
  const scratch = join(folder, `.${name}.${randomUUID()}.new`);
  try {
    await writeThrough(scratch, text, mode);
    await into(scratch, join(folder, name));
  } finally {
    await rm(scratch, { force: true });
  }
  const parent = await open(folder, 'r');
  try {
    await parent.sync();
  } finally {
    await parent.close();
  }
}

async function writeThrough(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.chmod(mode);
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

function isOfCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === code;
}
