import { readdir, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { AdapterName } from '../../config/line-spec.ts';

/** Device files that may be the way to a board: USB serial chips, and boards with USB of their own. */
export const PORT_PATTERNS = ['/dev/ttyUSB*', '/dev/ttyACM*'];
/** udev's names, made of maker, product and serial number: where it runs. */
const BY_ID = '/dev/serial/by-id';
/** Where the kernel tells what a port is, without udev: `device` leads to the USB interface, its parent is the adapter. */
const SYS_TTY = '/sys/class/tty';

/** Paths that match `folder/prefix*`; no two names of one port. */
export async function portPaths(patterns: readonly string[] = PORT_PATTERNS): Promise<string[]> {
  const found = await Promise.all([...patterns, `${BY_ID}/*`].map(matching));
  const byPort = new Map<string, string>();
  for (const path of found.flat()) byPort.set(await realpath(path).catch(() => path), path);
  return [...byPort.values()];
}

async function matching(pattern: string): Promise<string[]> {
  const folder = dirname(pattern);
  const prefix = basename(pattern).replace(/\*$/, '');
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.startsWith(prefix))
    .sort()
    .map((name) => join(folder, name));
}

/** The ports of adapters of this name. @param sys for tests. */
export async function adapterPaths(
  name: AdapterName,
  patterns: readonly string[] = PORT_PATTERNS,
  sys: string = SYS_TTY,
): Promise<string[]> {
  const found: string[] = [];
  for (const path of (await Promise.all(patterns.map(matching))).flat()) {
    const adapter = await usbFolder(join(sys, basename(path), 'device'));
    if (adapter === undefined) continue;
    const fact = (file: string) => textOf(join(adapter, file));
    const [vendor, product, serial] = await Promise.all(['idVendor', 'idProduct', 'serial'].map(fact));
    const isIt = vendor === name.vendor && product === name.product;
    if (isIt && (name.serial === undefined || name.serial === serial)) found.push(path);
  }
  return found;
}

/** ttyACM lies one folder below the adapter, ttyUSB two. */
async function usbFolder(device: string): Promise<string | undefined> {
  let folder = await realpath(device).catch(() => undefined);
  for (let up = 0; folder !== undefined && up <= 2; up++) {
    if ((await textOf(join(folder, 'idVendor'))) !== undefined) return folder;
    folder = dirname(folder);
  }
  return undefined;
}

async function textOf(path: string): Promise<string | undefined> {
  return await readFile(path, 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  );
}
