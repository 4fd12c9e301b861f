import { readdir, readFile, readlink, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The program that has a port open. */
export interface PortHolder {
  pid: number;
  /** `comm` of proc(5); absent where it may not be looked at. */
  program?: string;
}

/**
 * Who holds the device file: whoever locked it (flock, which our own driver does), else whoever has it open, as far as
 * this user may look.
 */
export async function holderOf(path: string, root = '/'): Promise<PortHolder | undefined> {
  const file = await realpath(path).catch(() => undefined);
  if (file === undefined) return undefined;
  const pid = (await lockerOf(file, root)) ?? (await openerOf(file, root));
  if (pid === undefined) return undefined;
  const program = await readFile(join(root, 'proc', String(pid), 'comm'), 'utf8').catch(() => undefined);
  return { pid, ...(program === undefined ? {} : { program: program.trim() }) };
}

/** Of /proc/locks (proc(5)): `1: FLOCK ADVISORY WRITE 1234 00:05:678 0 EOF`, device in hex, inode in decimal. */
async function lockerOf(file: string, root: string): Promise<number | undefined> {
  const locks = await readFile(join(root, 'proc/locks'), 'utf8').catch(() => '');
  const { dev, ino } = await stat(file);
  // As makedev(3) of glibc packs them.
  const major = (dev >>> 8) & 0xfff;
  const minor = (dev & 0xff) | ((dev >>> 12) & 0xfff00);
  for (const line of locks.split('\n')) {
    const [, pid, majorHex = '', minorHex = '', inode] =
      /FLOCK\s+\S+\s+\S+\s+(\d+)\s+([0-9a-f]+):([0-9a-f]+):(\d+)/.exec(line) ?? [];
    if (Number(inode) !== ino || Number.parseInt(majorHex, 16) !== major) continue;
    if (Number.parseInt(minorHex, 16) === minor) return Number(pid);
  }
  return undefined;
}

async function openerOf(file: string, root: string): Promise<number | undefined> {
  const processes = (await readdir(join(root, 'proc')).catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const name of processes) {
    if (Number(name) === process.pid) continue;
    const folder = join(root, 'proc', name, 'fd');
    for (const fd of await readdir(folder).catch(() => [])) {
      if ((await readlink(join(folder, fd)).catch(() => '')) === file) return Number(name);
    }
  }
  return undefined;
}
