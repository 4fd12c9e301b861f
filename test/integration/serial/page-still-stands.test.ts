import { expect, test } from 'vitest';
import { BoardPanel } from '../../../device/board/board-panel.ts';
import { boardPage } from '../../../device/board/board-pixels.ts';
import type { Marquee } from '../../../device/sign-ports.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import { Counted } from './counted.ts';
import { boxPage, linkOver, noisyPage, ptyWith } from './world.ts';

const SIZE = { width: 64, height: 32 };
const page = boxPage(64, 32, { x: 4, y: 4, size: 12 });
const marquee: Marquee = {
  strip: noisyPage(100, 8, 1),
  ...{ x: 0, y: 20, width: 64, pixelsPerSecond: 40, gapColumns: 20 },
};

async function sign() {
  const board = new VirtualBoard(SIZE);
  const counted = new Counted(board);
  const plug = await ptyWith(counted);
  const link = linkOver(plug.spec);
  await expect.poll(() => link.board?.width).toBe(64);
  return { board, counted, link, panel: new BoardPanel(link, SIZE) };
}

test('nothing was shown: nothing is known', async () => {
  const { panel } = await sign();
  expect(await panel.check()).toBe('unknown');
});

test('a page that stands costs a question', async () => {
  const { counted, panel } = await sign();
  await panel.show(page);
  const before = counted.heard;
  expect(await panel.check()).toBe('stands');
  expect(counted.heard - before).toBeLessThan(60);
});

test('a page that another put there is replaced (F39)', async () => {
  const { board, panel } = await sign();
  await panel.show(page);
  board.display.clear();
  expect(await panel.check()).toBe('rewritten');
  expect(board.display.pixels()).toEqual(boardPage(page).pixels);
  expect(await panel.check()).toBe('stands');
});

test('a marquee that stopped runs again, from a strip that is sent again', async () => {
  const { board, panel } = await sign();
  await panel.show(page, marquee);
  const running = board.display.marquee.runningCrc();
  expect(running).not.toBe(0);
  board.display.marquee.forget();
  expect(await panel.check()).toBe('rewritten');
  expect(board.display.marquee.runningCrc()).toBe(running);
});

test('a test pattern over the page ends', async () => {
  const { board, panel } = await sign();
  await panel.show(page);
  board.display.lamps.showPattern('white', 0);
  expect(await panel.check()).toBe('rewritten');
  expect(board.display.lit()).toEqual(boardPage(page).pixels);
});

test('a page that went with the power is restored, its marquee too', async () => {
  const { board, link, panel } = await sign();
  await panel.show(page, marquee);
  const [running, session] = [board.display.marquee.runningCrc(), link.board?.session];
  board.restart();
  await expect.poll(() => link.board?.session ?? session, { timeout: 5_000 }).not.toBe(session);
  expect(await panel.check()).toBe('restored');
  expect(board.display.pixels()).toEqual(boardPage(page).pixels);
  expect(board.display.marquee.runningCrc()).toBe(running);
});

test('lamps that cannot show it are refused with both marks, and nothing is claimed afterwards', async () => {
  const { board, panel } = await sign();
  await panel.show(page);
  board.display.faultyByte = 300;
  board.display.clear();
  await expect(panel.check()).rejects.toMatchObject({
    code: 'panel-refused',
    context: { crc: expect.any(String) },
  });
  expect(await panel.check()).toBe('unknown');
});

test('a page that came right at the second try says so', async () => {
  const { board, panel } = await sign();
  await panel.show(page);
  board.display.faultyByte = 300;
  board.display.onShown = () => {
    board.display.faultyByte = undefined;
  };
  const next = boxPage(64, 32, { x: 30, y: 4, size: 12 });
  expect(await panel.show(next)).toMatchObject({ rewritten: true });
  expect(board.display.pixels()).toEqual(boardPage(next).pixels);
  expect(await panel.show(page)).not.toHaveProperty('rewritten');
});
