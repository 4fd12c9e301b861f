import { expect, test, vi } from 'vitest';
import { BoardPanel } from '../../../device/board/board-panel.ts';
import { boardPage } from '../../../device/board/board-pixels.ts';
import { boardOf, boxPage, linkOver, ptyWith } from './world.ts';

const SIZE = { width: 64, height: 32 };
const page = boxPage(64, 32, { x: 4, y: 4, size: 12 });
const fallback = boxPage(64, 32, { x: 40, y: 4, size: 20 });

async function sign(board = boardOf(SIZE)) {
  const plug = await ptyWith(board);
  const link = linkOver(plug.spec);
  await expect.poll(() => link.board?.width).toBe(64);
  return { board, link, panel: new BoardPanel(link, SIZE) };
}

test('brightness and darkness are told again to a board that lost its power', async () => {
  const { board, link, panel } = await sign();
  await panel.setBrightness(40);
  await panel.show(page);
  await panel.blank();
  expect(board.display.lamps).toMatchObject({ brightness: 40, dark: true });
  board.restart();
  expect(board.display.lamps).toMatchObject({ brightness: 255, dark: false });
  await vi.waitFor(async () => expect(await panel.measure()).toBeDefined(), { timeout: 5_000 });
  expect(board.display.lamps).toMatchObject({ brightness: 40, dark: true });
  await panel.show(page);
  expect(board.display.lamps.dark).toBe(false);
  expect(link.board).toBeDefined();
});

test('what the board measures comes in the units of people', async () => {
  const { board, panel } = await sign();
  board.sensors.temperatureC = -1.5;
  board.sensors.faultyModules.add(1).add(3);
  expect(await panel.measure()).toEqual({
    temperatureC: -1.5,
    lightLux: 800,
    supplyVolts: 5.02,
    faultyModules: [1, 3],
  });
});

test('the fallback page is kept once, shown when the host dies, and gone when it is back', async () => {
  const { board, link, panel } = await sign();
  await panel.show(page);
  await panel.keepFallback(fallback, 1);
  expect(board.display.pixels()).toEqual(boardPage(page).pixels);
  await panel.show(page);
  expect(board.display.pixels()).toEqual(boardPage(page).pixels);

  await link.stop();
  await vi.waitFor(() => expect(board.display.showsFallback).toBe(true), { timeout: 3_000 });
  expect(board.display.lit()).toEqual(boardPage(fallback).pixels);

  board.restart();
  expect(board.silence.pageCrc()).not.toBe(0);
  link.start();
  await vi.waitFor(() => panel.show(page), { timeout: 5_000 });
  expect(board.display.pixels()).toEqual(boardPage(page).pixels);
  expect(board.display.showsFallback).toBe(false);
});

test('a host that was away finds its page replaced by the fallback page, and shows its own again', async () => {
  const { board, link, panel } = await sign();
  await panel.keepFallback(fallback, 1);
  await panel.show(page);
  await link.stop();
  await vi.waitFor(() => expect(board.display.showsFallback).toBe(true), { timeout: 3_000 });
  link.start();
  await vi.waitFor(() => panel.show(page), { timeout: 5_000 });
  expect(board.display.lit()).toEqual(boardPage(page).pixels);
});
