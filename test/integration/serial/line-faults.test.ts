import { expect, test } from 'vitest';
import { BoardPanel } from '../../../device/board/board-panel.ts';
import { boardPage } from '../../../device/board/board-pixels.ts';
import { crc32 } from '../../../firmware-protocol/serial/crc32.ts';
import { PIXEL_BYTES } from '../../../firmware-protocol/serial/pixels.ts';
import { plugIntoPty } from '../../../scripts/virtual-board/plug.ts';
import { boardOf, linkOver, noisyPage, ptyWith } from './world.ts';

const SIZE = { width: 128, height: 64 };

test('a cable pulled in the middle of a frame leaves the last whole page', async () => {
  const board = boardOf(SIZE);
  const plug = await ptyWith(board);
  const link = linkOver(plug.spec);
  await expect.poll(() => link.board?.width).toBe(128);
  const panel = new BoardPanel(link, SIZE);
  const first = noisyPage(128, 64, 1);
  await panel.show(first);

  plug.unplugAfter(5_000);
  await expect(panel.show(noisyPage(128, 64, 2))).rejects.toMatchObject({ code: 'panel-gone' });

  expect(board.display.pixels()).toEqual(boardPage(first).pixels);
  await expect.poll(() => link.board).toBeUndefined();
});

test('one bit turned over in 10,000, both ways, costs speed and never a pixel', async () => {
  const board = boardOf(SIZE);
  const plug = await ptyWith(board, { seed: 7 });
  const link = linkOver(plug.spec);
  await expect.poll(() => link.board?.width).toBe(128);
  plug.toBoard.faults.flipOneBitIn = 10_000;
  plug.toHost.faults.flipOneBitIn = 10_000;
  const panel = new BoardPanel(link, SIZE);
  const pages = Array.from({ length: 12 }, (_unused, seed) => noisyPage(128, 64, seed));
  const whole = [new Uint8Array(128 * 64 * PIXEL_BYTES), ...pages.map((page) => boardPage(page).pixels)].map(
    crc32,
  );
  const seen = new Set<number>();
  board.onFrame = () => seen.add(board.display.shownCrc());

  for (const page of pages) {
    await panel.show(page);
    expect(board.display.pixels()).toEqual(boardPage(page).pixels);
  }

  expect([...seen].filter((crc) => !whole.includes(crc))).toEqual([]);
  expect(board.discarded()).toBeGreaterThan(20);
});

test('a board that falls silent without closing the line is noticed within 2 s', async () => {
  const board = boardOf(SIZE);
  const plug = await ptyWith(board);
  const link = linkOver(plug.spec);
  await expect.poll(() => link.board?.width).toBe(128);

  board.silent = true;
  const since = performance.now();
  await expect.poll(() => link.whyNot()?.code, { interval: 20, timeout: 3_000 }).toBe('panel-silent');
  expect(performance.now() - since).toBeLessThan(2_000);

  board.silent = false;
  await expect.poll(() => link.board?.width, { timeout: 8_000 }).toBe(128);
});

test('a board that is silent in the middle of a page fails the page within 2 s', async () => {
  const board = boardOf(SIZE);
  const plug = await ptyWith(board, { toBoard: { bytesPerSecond: 11_520 } });
  const link = linkOver(plug.spec);
  await expect.poll(() => link.board?.width).toBe(128);
  const page = new BoardPanel(link, SIZE).show(noisyPage(128, 64, 1));

  board.silent = true;
  const since = performance.now();
  await expect(page).rejects.toMatchObject({ code: 'panel-silent' });
  expect(performance.now() - since).toBeLessThan(2_000);
});

test('the line is plugged in again under its name, and the board is found', async () => {
  const board = boardOf(SIZE);
  const plug = await ptyWith(board);
  const changes: boolean[] = [];
  const link = linkOver(plug.spec);
  link.onChange((there) => changes.push(there));
  await expect.poll(() => link.board?.width).toBe(128);

  await plug.unplug();
  await expect.poll(() => link.whyNot()?.code).toBe('panel-gone');

  const again = await plugIntoPty(board, plug.spec);

  await expect.poll(() => link.board?.width, { timeout: 8_000 }).toBe(128);
  expect(changes).toEqual([true, false, true]);
  await again.unplug();
});

test('a board of another major version is refused, with both numbers', async () => {
  const plug = await ptyWith(boardOf({ ...SIZE, major: 2 }));
  const link = linkOver(plug.spec);

  await expect.poll(() => link.whyNot()?.code).toBe('panel-version');
  expect(link.whyNot()?.context).toEqual({ ours: 1, board: 2 });
  await expect(new BoardPanel(link, SIZE).show(noisyPage(128, 64, 1))).rejects.toMatchObject({
    code: 'panel-version',
  });
});

test('lamps that cannot hold the page: written twice, then refused with both CRCs (F39)', async () => {
  const board = boardOf(SIZE);
  board.display.faultyByte = 4_000;
  const plug = await ptyWith(board);
  const link = linkOver(plug.spec);
  await expect.poll(() => link.board?.width).toBe(128);

  const shown = new BoardPanel(link, SIZE).show(noisyPage(128, 64, 3));

  await expect(shown).rejects.toMatchObject({
    code: 'panel-refused',
    context: {
      crc: expect.stringMatching(/^[0-9a-f]{8}$/),
      boardCrc: expect.stringMatching(/^[0-9a-f]{8}$/),
    },
  });
});
