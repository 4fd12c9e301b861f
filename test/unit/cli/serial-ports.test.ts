import { mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { serialPorts } from '../../../scripts/technician/serial-ports.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'prakat-machine-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const folder of ['sys/class/tty', 'dev/serial/by-id', 'proc'])
    await mkdir(join(root, folder), { recursive: true });
});

/** A port as the kernel shows it. */
async function port(name: string, device: string, type?: string): Promise<string> {
  const folder = join(root, 'sys/devices', device);
  const node = join(root, 'sys/class/tty', name);
  await mkdir(folder, { recursive: true });
  await mkdir(node, { recursive: true });
  await symlink(folder, join(node, 'device'));
  if (type !== undefined) await writeFile(join(node, 'type'), `${type}\n`);
  await writeFile(join(root, 'dev', name), '');
  return folder;
}

test('adapters by the name they give themselves, in the order of their numbers, with the name that lasts', async () => {
  await port('ttyUSB10', 'usb1/1-2/1-2:1.0/ttyUSB10');
  const usb = join(root, 'sys/devices/usb1/1-2');
  await writeFile(join(usb, 'product'), 'USB Serial\n');
  await writeFile(join(usb, 'manufacturer'), '1a86\n');
  await port('ttyUSB2', 'usb1/1-3/1-3:1.0/ttyUSB2');
  await symlink('../../ttyUSB10', join(root, 'dev/serial/by-id/usb-1a86_USB_Serial-if00-port0'));
  expect(await serialPorts(root)).toEqual([
    { path: join(root, 'dev/ttyUSB2') },
    {
      path: join(root, 'dev/ttyUSB10'),
      byId: join(root, 'dev/serial/by-id/usb-1a86_USB_Serial-if00-port0'),
      adapter: '1a86 USB Serial',
    },
  ]);
});

test('names without a port behind them are left out, consoles too', async () => {
  await port('ttyS0', 'platform/serial8250/tty/ttyS0', '0');
  await port('ttyS1', 'pnp0/00:04/tty/ttyS1', '4');
  await mkdir(join(root, 'sys/class/tty/tty1'));
  expect((await serialPorts(root)).map(({ path }) => path)).toEqual([join(root, 'dev/ttyS1')]);
});

test('who locked a port is told', async () => {
  await port('ttyACM0', 'usb1/1-1/1-1:1.0/tty/ttyACM0');
  const { dev, ino } = await stat(join(root, 'dev/ttyACM0'));
  const hex = (value: number) => value.toString(16).padStart(2, '0');
  const [major, minor] = [(dev >>> 8) & 0xfff, (dev & 0xff) | ((dev >>> 12) & 0xfff00)];
  await writeFile(
    join(root, 'proc/locks'),
    `1: POSIX  ADVISORY  WRITE 9 ${hex(major)}:${hex(minor)}:${ino} 0 EOF\n2: FLOCK  ADVISORY  WRITE 4711 ${hex(major)}:${hex(minor)}:${ino} 0 EOF\n`,
  );
  await mkdir(join(root, 'proc/4711'));
  await writeFile(join(root, 'proc/4711/comm'), 'node\n');
  expect(await serialPorts(root)).toMatchObject([{ heldBy: { pid: 4711, program: 'node' } }]);
});

test('a machine without serial ports', async () => {
  await rm(join(root, 'sys'), { recursive: true });
  expect(await serialPorts(root)).toEqual([]);
});
