import { rm } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { BoardPanel } from '../../../device/board/board-panel.ts';
import { boardPage } from '../../../device/board/board-pixels.ts';
import { plugIntoPty, plugIntoTcp } from '../../../scripts/virtual-board/plug.ts';
import { boardOf, boxPage, linkOver, noisyPage, ptyWith } from './world.ts';

const SIZE = { width: 128, height: 64 };
const SMALL = { ...SIZE, maxBody: 128, window: 2, holds: 0 };

test.each([
  ['of little memory', SMALL, undefined],
  ['of little memory on a noisy line', SMALL, 10_000],
  ['that reads raw pixels only', { ...SIZE, encodings: ['raw' as const] }, undefined],
  ['that keeps nothing out of order, on a noisy line', { ...SIZE, holds: 0 }, 10_000],
  ['on a line that loses bytes', SIZE, undefined],
])('a board %s shows the page', async (name, options, flipOneBitIn) => {
  const board = boardOf(options);
  const plug = await ptyWith(board, { seed: 3 });
  const link = linkOver(plug.spec);
  await expect.poll(() => link.board?.width).toBe(128);
  if (flipOneBitIn !== undefined) {
    plug.toBoard.faults.flipOneBitIn = flipOneBitIn;
    plug.toHost.faults.flipOneBitIn = flipOneBitIn;
  }
  if (name.includes('loses')) plug.toBoard.faults.dropOneByteIn = 2_000;

  const panel = new BoardPanel(link, SIZE);
  for (const page of [boxPage(128, 64, { x: 5, y: 5, size: 30 }), noisyPage(128, 64, 4)]) {
    const shown = await panel.show(page);
    expect(shown.boardCrc).toBe(shown.crc);
    expect(board.display.pixels()).toEqual(boardPage(page).pixels);
  }
});

test('a board that is not there at the start is found when it comes', async () => {
  const placeholder = await ptyWith(boardOf(SIZE));
  const path = placeholder.spec;
  await placeholder.unplug();
  await rm(path, { force: true });
  const link = linkOver(path);
  await expect.poll(() => link.whyNot()?.context.reason).toBe('line-gone');

  const plug = await plugIntoPty(boardOf(SIZE), path);
  onTestFinished(() => plug.unplug());

  await expect.poll(() => link.board?.width, { timeout: 8_000 }).toBe(128);
});

test('a board behind TCP is the same board', async () => {
  const board = boardOf(SIZE);
  const plug = await plugIntoTcp(board);
  onTestFinished(() => plug.unplug());
  const link = linkOver(plug.spec);
  await expect.poll(() => link.board?.width).toBe(128);
  const panel = new BoardPanel(link, SIZE);

  await panel.show(noisyPage(128, 64, 9));
  await panel.blank();

  expect(board.display.lit().every((byte) => byte === 0)).toBe(true);
});

test('a sign of another size than configured is refused, with both sizes', async () => {
  const plug = await ptyWith(boardOf({ width: 64, height: 32 }));
  const link = linkOver(plug.spec);
  await expect.poll(() => link.board?.width).toBe(64);
  const panel = new BoardPanel(link, SIZE);

  expect(panel.whyNot()).toMatchObject({
    code: 'panel-refused',
    context: { configured: '128x64', found: '64x32' },
  });
  await expect(panel.show(noisyPage(128, 64, 1))).rejects.toMatchObject({ code: 'panel-refused' });
});

test('what a board has not is refused by name, and the line goes on', async () => {
  const plug = await ptyWith(boardOf({ ...SIZE, fitted: ['display'] }));
  const link = linkOver(plug.spec);
  await expect.poll(() => link.board?.width).toBe(128);

  await expect(link.run([{ name: 'amplifier-ask', body: {} }])).rejects.toMatchObject({
    code: 'panel-refused',
    context: { why: 'not-fitted' },
  });
  expect(await link.run([{ name: 'status-ask', body: {} }])).toMatchObject([{ name: 'status' }]);
});
