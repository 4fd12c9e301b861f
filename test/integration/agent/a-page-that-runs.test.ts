import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { pngOf } from '../../../device/panel/picture/png.ts';
import { plugIn } from '../../../scripts/virtual-board/plug.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import { Counted } from '../serial/counted.ts';
import { PATIENCE, Stage } from './stage.ts';

const SIZE = { width: 128, height: 16 };
const TEXT = 'ขอเชิญพี่น้องทุกท่านร่วมประชุมประจำเดือน ที่ศาลากลางหมู่บ้าน วันเสาร์นี้ เวลาเก้านาฬิกา';

/** For who wants to see it: a picture of the lamps, where PRAKAT_PICTURES names a folder. */
async function photograph(board: VirtualBoard, name: string): Promise<void> {
  const album = process.env.PRAKAT_PICTURES;
  if (album === undefined) return;
  await mkdir(album, { recursive: true });
  await writeFile(join(album, `${name}.png`), pngOf(board.display.seen(), 6));
}

test('a long text runs through a sign of sixteen rows: sent once, scrolled by the board, ended by a stop', async () => {
  const stage = await Stage.open();
  const board = new VirtualBoard(SIZE);
  const counted = new Counted(board);
  const plug = await plugIn(counted, stage.folder);
  onTestFinished(() => plug.unplug());
  const { agent } = await stage.hall({ board: { line: plug.spec, panel: SIZE } });
  await vi.waitFor(() => expect(agent.state()?.trust).toBe('server'), PATIENCE);
  await vi.waitFor(() => expect(board.display.pages).toBeGreaterThan(0), PATIENCE);
  const announcement = { title: 'ประชุม', panel: { pages: [{ text: TEXT, seconds: 60 }], times: 1 } };
  const order = stage.server.push({ kind: 'announce', band: 40, announcement }, '4301');

  const { marquee } = board.display;
  await vi.waitFor(() => expect(marquee.offset()).toBeGreaterThan(90), PATIENCE);
  await photograph(board, 'runs-1');
  const [heard, offset, lit] = [counted.heard, marquee.offset(), board.display.lit()];
  await vi.waitFor(() => expect(marquee.offset()).toBeGreaterThan(offset + 150), PATIENCE);
  await photograph(board, 'runs-2');
  expect(board.display.lit()).not.toEqual(lit);
  // Four seconds or so of signs of life, and a look at the sign: nothing for a step.
  expect(counted.heard - heard).toBeLessThan(400);

  stage.server.push({ kind: 'stop', stops: order.id }, '4301');
  await vi.waitFor(() => expect(stage.ends(order.id)).toEqual(['panel cancelled stopped']), PATIENCE);
  await vi.waitFor(() => expect(marquee.runningCrc()).toBe(0), PATIENCE);
});
