import { expect, test } from 'vitest';
import { BoardPanel } from '../../../device/board/board-panel.ts';
import { boardPage } from '../../../device/board/board-pixels.ts';
import { boardOf, boxPage, linkOver, noisyPage, ptyWith } from './world.ts';

const SIZE = { width: 128, height: 64 };

test('a page goes over a real pty, is shown whole, and its CRC is read back', async () => {
  const board = boardOf(SIZE);
  const plug = await ptyWith(board);
  const link = linkOver(`${plug.spec}@921600`);
  await expect.poll(() => link.board?.width).toBe(128);

  const page = noisyPage(128, 64, 1);
  const shown = await new BoardPanel(link, SIZE).show(page);

  expect(shown.boardCrc).toBe(shown.crc);
  expect(board.display.pixels()).toEqual(boardPage(page).pixels);
});

test('only what changed travels', async () => {
  const board = boardOf(SIZE);
  const plug = await ptyWith(board);
  const drawn: string[] = [];
  const link = linkOver(plug.spec, (line) => line.startsWith('> draw-region') && drawn.push(line));
  await expect.poll(() => link.board?.width).toBe(128);
  const panel = new BoardPanel(link, SIZE);
  await panel.show(boxPage(128, 64, { x: 10, y: 10, size: 8 }));
  drawn.length = 0;

  await panel.show(boxPage(128, 64, { x: 12, y: 10, size: 8 }));

  expect(drawn).toEqual([expect.stringContaining('x=10 y=10 width=10 height=8')]);
  expect(board.display.pixels()).toEqual(boardPage(boxPage(128, 64, { x: 12, y: 10, size: 8 })).pixels);
});

test('a board that restarted is found again and written anew', async () => {
  const board = boardOf(SIZE);
  const plug = await ptyWith(board);
  const link = linkOver(plug.spec);
  await expect.poll(() => link.board?.width).toBe(128);
  const panel = new BoardPanel(link, SIZE);
  const page = noisyPage(128, 64, 2);
  await panel.show(page);

  board.restart();
  await expect.poll(() => link.board, { timeout: 5_000 }).toBeUndefined();
  await expect.poll(() => link.board?.width, { timeout: 5_000 }).toBe(128);
  const again = await panel.show(page);

  expect(again.boardCrc).toBe(again.crc);
  expect(board.display.pixels()).toEqual(boardPage(page).pixels);
});
