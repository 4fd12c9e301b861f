import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { BoardLink } from '../../../device/board/board-link.ts';
import { openLine } from '../../../device/drivers/line/line.ts';
import { systemClock, systemRandom } from '../../../device/drivers/machine/system-clock.ts';
import type { Bitmap } from '../../../device/sign-ports.ts';
import type { FarBoard } from '../../../scripts/virtual-board/far-board.ts';
import { openBoard } from '../../../scripts/virtual-board/open-board.ts';
import {
  type FarDevice,
  type Plug,
  type PlugOptions,
  plugIntoPty,
} from '../../../scripts/virtual-board/plug.ts';
import type { VirtualBoardOptions } from '../../../scripts/virtual-board/virtual-board-options.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';

/** A whole board, gone when the test is: the C one where a compiler is, PRAKAT_BOARD decides. */
export function boardOf(options: VirtualBoardOptions): FarBoard {
  const board = openBoard(options);
  onTestFinished(() => board.close());
  return board;
}

/** A pty with the device at its far end, gone when the test is. */
export async function ptyWith(device: FarDevice, options: PlugOptions = {}): Promise<Plug> {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-pty-'));
  const plug = await plugIntoPty(device, join(folder, 'board'), options);
  onTestFinished(async () => {
    await plug.unplug();
    await rm(folder, { recursive: true, force: true });
  });
  return plug;
}

/** A started link over the line that the spec names, stopped when the test is. */
export function linkOver(spec: string, trace?: (line: string) => void): BoardLink {
  const parts = { line: openLine(spec), clock: systemClock, random: systemRandom, log: silentLog };
  const link = new BoardLink(trace === undefined ? parts : { ...parts, trace });
  onTestFinished(() => link.stop());
  link.start();
  return link;
}

/** A page that no run-length encoding makes smaller, another for each seed. */
export function noisyPage(width: number, height: number, seed: number): Bitmap {
  let state = seed + 1;
  const rgb = Uint8Array.from({ length: width * height * 3 }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 16) & 0xff;
  });
  return { width, height, rgb };
}

/** Dark but for a white rectangle. */
export function boxPage(width: number, height: number, box: { x: number; y: number; size: number }): Bitmap {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = box.y; y < box.y + box.size; y++) {
    rgb.fill(255, (y * width + box.x) * 3, (y * width + box.x + box.size) * 3);
  }
  return { width, height, rgb };
}
