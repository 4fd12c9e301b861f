import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Secrets } from '../ports.ts';

/** One file a secret, mode 0600 in a folder of mode 0700: temp -> fsync -> rename -> fsync of the folder. */
export function secretFolder(folder: string): Secrets {
  return {
    async read(name) {
      try {
        return (await readFile(join(folder, name), 'utf8')).trim();
      } catch (cause) {
        if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
        throw cause;
      }
    },
    async write(name, value) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeWhole(folder, name, `${value}\n`, 0o600);
    },
  };
}

/** A file that is there whole or as it was before, also after a power cut. */
export async function writeWhole(folder: string, name: string, text: string, mode: number): Promise<void> {
  const scratch = join(folder, `.${name}.new`);
  const file = await open(scratch, 'w', mode);
  try {
    await file.chmod(mode);
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(scratch, join(folder, name));
  const parent = await open(folder, 'r');
  try {
    await parent.sync();
  } finally {
    await parent.close();
  }
}
