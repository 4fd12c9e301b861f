import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const SOURCE = new URL('./forgetful-disk.c', import.meta.url).pathname;

/** Compiles the library that is preloaded into a process; undefined = there is no compiler here. */
export function buildForgetfulDisk(folder: string): string | undefined {
  const library = join(folder, 'forgetful-disk.so');
  try {
    execFileSync('cc', [
      '-shared',
      '-fPIC',
      '-O1',
      '-Wall',
      '-Wextra',
      '-Werror',
      '-o',
      library,
      SOURCE,
      '-ldl',
    ]);
    return library;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

export function forgetfulEnvironment(library: string, root: string, shadow: string): NodeJS.ProcessEnv {
  return { ...process.env, LD_PRELOAD: library, FORGETFUL_ROOT: root, FORGETFUL_SHADOW: shadow };
}

/**
 * What a power cut leaves of the folder `root`: names as of the last sync of their folder, bytes as of the last sync of
 * their file; a file that has a name and was never synced is empty.
 */
export async function leftOf(root: string, shadow: string, into: string): Promise<void> {
  await mkdir(into, { recursive: true });
  const names = await namesIn(join(shadow, `d${(await stat(root)).ino}`));
  for (const [inode, name] of names) {
    const bytes = join(shadow, `f${inode}`);
    const isFolder = await stat(join(root, name)).then(
      (facts) => facts.isDirectory(),
      () => false,
    );
    if (isFolder) await leftOf(join(root, name), shadow, join(into, name));
    else if (existsSync(bytes)) await copyFile(bytes, join(into, name));
    else await writeFile(join(into, name), '');
  }
}

async function namesIn(path: string): Promise<[inode: string, name: string][]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]);
}
