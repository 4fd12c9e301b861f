import { expect, test, vi } from 'vitest';
import { BoardPanel } from '../../../device/board/board-panel.ts';
import type { Bitmap, Marquee } from '../../../device/sign-ports.ts';
import { Counted } from './counted.ts';
import { boardOf, boxPage, linkOver, ptyWith } from './world.ts';

const SIZE = { width: 64, height: 32 };
const page = boxPage(64, 32, { x: 0, y: 0, size: 8 });
/** A stripe of every sixteenth column, so that each step is seen. */
const strip: Bitmap = {
  width: 512,
  height: 16,
  rgb: Uint8Array.from({ length: 512 * 16 * 3 }, (_unused, i) => (Math.floor(i / 3) % 16 === 0 ? 255 : 0)),
};
const marquee: Marquee = { strip, x: 0, y: 16, width: 64, pixelsPerSecond: 60, gapColumns: 32 };

async function sign(board = boardOf(SIZE)) {
  const counted = new Counted(board);
  const plug = await ptyWith(counted);
  const link = linkOver(plug.spec);
  await expect.poll(() => link.board?.width).toBe(64);
  return { board, counted, panel: new BoardPanel(link, SIZE) };
}

test('the strip goes once; the board scrolls it, and no byte of pixels travels', async () => {
  const { board, counted, panel } = await sign();
  await panel.show(page, marquee);
  const sent = counted.heard;
  const offset = board.display.marquee.offset();
  const lit = board.display.lit();
  await vi.waitFor(() => expect(board.display.marquee.offset()).toBeGreaterThan(offset + 60), {
    timeout: 3_000,
  });
  expect(board.display.lit()).not.toEqual(lit);
  // A second of steps: two pings, no more.
  expect(counted.heard - sent).toBeLessThan(120);
  await panel.show(page, marquee);
  expect(board.display.marquee.runningCrc()).not.toBe(0);
});

test('the same strip under another page is not sent again', async () => {
  const { counted, panel } = await sign();
  const before = counted.heard;
  await panel.show(page, marquee);
  const first = counted.heard - before;
  const again = counted.heard;
  await panel.show(boxPage(64, 32, { x: 30, y: 2, size: 10 }), marquee);
  expect(counted.heard - again).toBeLessThan(first);
});

test('the next page without one ends it', async () => {
  const { board, panel } = await sign();
  await panel.show(page, marquee);
  await panel.show(boxPage(64, 32, { x: 10, y: 10, size: 4 }));
  expect(board.display.marquee.runningCrc()).toBe(0);
  expect(board.display.lit()).toEqual(board.display.pixels());
});

test('a strip longer than the board holds, and a board without a marquee, are refused and show what they showed', async () => {
  const { board, panel } = await sign(boardOf({ ...SIZE, stripPixels: 512 * 16 - 1 }));
  await panel.show(page);
  await expect(panel.show(boxPage(64, 32, { x: 9, y: 9, size: 9 }), marquee)).rejects.toMatchObject({
    code: 'panel-cannot',
    context: { what: 'marquee', most: 512 * 16 - 1 },
  });
  expect(board.display.pages).toBe(1);
  const old = await sign(boardOf({ ...SIZE, minor: 0 }));
  expect(old.panel.abilities()).toMatchObject({
    marquee: false,
    brightness: false,
    fallback: false,
    measures: [],
  });
  await expect(old.panel.show(page, marquee)).rejects.toMatchObject({ code: 'panel-cannot' });
  await old.panel.show(page);
  expect(old.board.display.pages).toBe(1);
});
