import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { holderOf, type PortHolder } from './port-holder.ts';

/** A serial port of this machine. */
export interface FoundPort {
  /** `/dev/ttyUSB0`: changes when the adapter is plugged in elsewhere. */
  path: string;
  /** `/dev/serial/by-id/…`: does not. */
  byId?: string;
  /** What the adapter calls itself, or the driver of a port that is built in. */
  adapter?: string;
  heldBy?: PortHolder;
}

/** Of `/sys/class/tty/X/type`: the kernel keeps names for ports that the board does not have (serial_core.h). */
const NO_UART = '0';

/** @param root of the file system, so that a made-up machine can be looked at. Resolves with nothing where /sys is not. */
export async function serialPorts(root = '/'): Promise<FoundPort[]> {
  const classFolder = join(root, 'sys/class/tty');
  const names = await namesIn(classFolder);
  const lasting = await lastingNames(root);
  const found: FoundPort[] = [];
  for (const name of names.sort(byNumber)) {
    const device = await realpath(join(classFolder, name, 'device')).catch(() => undefined);
    if (device === undefined || (await text(join(classFolder, name, 'type'))) === NO_UART) continue;
    const path = join(root, 'dev', name);
    const [byId, adapter, heldBy] = [lasting.get(name), await adapterOf(device), await holderOf(path, root)];
    found.push({
      path,
      ...(byId === undefined ? {} : { byId }),
      ...(adapter === undefined ? {} : { adapter }),
      ...(heldBy === undefined ? {} : { heldBy }),
    });
  }
  return found;
}

/** ttyUSB2 before ttyUSB10. */
function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

async function lastingNames(root: string): Promise<Map<string, string>> {
  const folder = join(root, 'dev/serial/by-id');
  const names = new Map<string, string>();
  for (const name of await namesIn(folder)) {
    const target = await readlink(join(folder, name)).catch(() => undefined);
    if (target !== undefined) names.set(basename(target), join(folder, name));
  }
  return names;
}

/** USB devices carry their words some folders above the port; others have a driver only. */
async function adapterOf(device: string): Promise<string | undefined> {
  for (let folder = device; folder.includes('/devices/'); folder = dirname(folder)) {
    const product = await text(join(folder, 'product'));
    if (product === undefined) continue;
    const maker = await text(join(folder, 'manufacturer'));
    return maker === undefined ? product : `${maker} ${product}`;
  }
  const driver = await readlink(join(device, 'driver')).catch(() => undefined);
  return driver === undefined ? undefined : basename(driver);
}

async function namesIn(folder: string): Promise<string[]> {
  return await readdir(folder).catch(() => []);
}

async function text(path: string): Promise<string | undefined> {
  return await readFile(path, 'utf8').then(
    (read) => read.trim(),
    () => undefined,
  );
}
