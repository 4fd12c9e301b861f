import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { BoardLink } from '../../../device/board/board-link.ts';
import { openLine } from '../../../device/drivers/line/line.ts';
import { adapterPaths } from '../../../device/drivers/line/serial-ports.ts';
import { systemClock, systemRandom } from '../../../device/drivers/machine/system-clock.ts';
import { type Plug, plugIntoPty } from '../../../scripts/virtual-board/plug.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';

const SIZE = { width: 128, height: 64 };
const OURS = '00000000c0ffee07';
const OTHER = '00000000c0ffee08';

async function desk(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-ports-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function plugged(board: VirtualBoard, path: string): Promise<Plug> {
  const plug = await plugIntoPty(board, path);
  onTestFinished(() => plug.unplug());
  return plug;
}

function linkTo(spec: string, folder: string): BoardLink {
  const line = openLine(spec, [join(folder, 'ttyUSB*')]);
  const link = new BoardLink({ line, clock: systemClock, random: systemRandom, log: silentLog });
  onTestFinished(() => link.stop());
  link.start();
  return link;
}

test('a board is found by its id among others, and again on another port within seconds', async () => {
  const folder = await desk();
  const board = new VirtualBoard({ ...SIZE, id: OURS });
  await plugged(new VirtualBoard({ ...SIZE, id: OTHER }), join(folder, 'ttyUSB0'));
  const first = await plugged(board, join(folder, 'ttyUSB1'));
  const link = linkTo(`board:${OURS}`, folder);
  await expect.poll(() => link.board?.board, { timeout: 4_000 }).toBe(OURS);

  await first.unplug();
  await expect.poll(() => link.board).toBeUndefined();
  await plugged(board, join(folder, 'ttyUSB2'));

  const since = performance.now();
  await expect.poll(() => link.board?.board, { timeout: 8_000 }).toBe(OURS);
  expect(performance.now() - since).toBeLessThan(4_000);
}, 15_000);

test('a port that another session holds is left alone', async () => {
  const folder = await desk();
  const held = new VirtualBoard({ ...SIZE, id: OTHER });
  const plug = await plugged(held, join(folder, 'ttyUSB0'));
  const holder = linkTo(plug.spec, folder);
  await expect.poll(() => holder.board?.board).toBe(OTHER);
  const { session } = held;

  const seeker = linkTo(`board:${OURS}`, folder);
  await expect.poll(() => seeker.whyNot()?.context.reason).toBe('line-gone');
  await plugged(new VirtualBoard({ ...SIZE, id: OURS }), join(folder, 'ttyUSB1'));
  await expect.poll(() => seeker.board?.board, { timeout: 6_000 }).toBe(OURS);

  expect(held.session).toBe(session);
  expect(holder.board?.board).toBe(OTHER);
}, 15_000);

test('an adapter is known by what the kernel tells of it, on whatever port it is', async () => {
  const folder = await desk();
  const adapterAt = async (port: string, facts: Record<string, string>): Promise<void> => {
    const usb = join(folder, 'usb', port);
    await mkdir(join(usb, 'interface', 'tty'), { recursive: true });
    for (const [name, text] of Object.entries(facts)) await writeFile(join(usb, name), `${text}\n`);
    await mkdir(join(folder, 'sys', port), { recursive: true });
    await symlink(join(usb, 'interface', 'tty'), join(folder, 'sys', port, 'device'));
    await writeFile(join(folder, port), '');
  };
  await adapterAt('ttyUSB0', { idVendor: '1a86', idProduct: '7523' });
  await adapterAt('ttyUSB1', { idVendor: '0403', idProduct: '6001', serial: 'A10K' });
  await adapterAt('ttyUSB2', { idVendor: '0403', idProduct: '6001', serial: 'B20L' });
  const named = (name: { vendor: string; product: string; serial?: string }) =>
    adapterPaths(name, [join(folder, 'ttyUSB*')], join(folder, 'sys'));

  expect(await named({ vendor: '1a86', product: '7523' })).toEqual([join(folder, 'ttyUSB0')]);
  expect(await named({ vendor: '0403', product: '6001', serial: 'B20L' })).toEqual([join(folder, 'ttyUSB2')]);
  expect(await named({ vendor: 'ffff', product: '6001' })).toEqual([]);
});
