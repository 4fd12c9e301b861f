import { afterAll, beforeAll, expect, test } from 'vitest';
import { BoardPanel } from '../../../device/board/board-panel.ts';
import { boardPage } from '../../../device/board/board-pixels.ts';
import { ChildTextPainter } from '../../../device/drivers/painter/text-painter.ts';
import type { Bitmap } from '../../../device/sign-ports.ts';
import { crc32, crcHex } from '../../../firmware-protocol/serial/crc32.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import { bundlePainterChild } from '../child-bundle.ts';
import { Counted } from './counted.ts';
import { linkOver, noisyPage, ptyWith } from './world.ts';

/** What pages cost on a real pty, all in: frames, stuffing, commit, questions. */
const SIZE = { width: 128, height: 64 };
const RAW_BYTES = SIZE.width * SIZE.height * 2;
const ROWS = ['น้ำท่วม\nโปรดระวัง\nยกของขึ้นที่สูง', 'ไข้เลือดออก\nคว่ำภาชนะ\nทุกเจ็ดวัน', 'ประชุมหมู่บ้าน\nวันศุกร์\nหกโมงเย็น'];

let painter: ChildTextPainter;
let pages: Bitmap[];
beforeAll(async () => {
  painter = new ChildTextPainter({ childPath: await bundlePainterChild('bytes-of-a-page') });
  pages = [];
  for (const text of ROWS) {
    const content = { type: 'page', page: { text, seconds: 10 }, band: 40 } as const;
    const [screen] = await painter.paint({ ...SIZE, depth: 'rgb565', marquee: false, content });
    if (screen !== undefined) pages.push(screen.bitmap);
  }
});
afterAll(() => painter.close());

async function signOn(board = new VirtualBoard(SIZE)) {
  const counted = new Counted(board);
  const plug = await ptyWith(counted);
  const link = linkOver(plug.spec);
  await expect.poll(() => link.board?.width).toBe(SIZE.width);
  return { board, counted, link, panel: new BoardPanel(link, SIZE) };
}

/** Bytes to the board while `work` is done. */
async function bytesOf(counted: Counted, work: () => Promise<unknown>): Promise<number> {
  const before = counted.heard;
  await work();
  return counted.heard - before;
}

test('a new page of three rows takes a seventh of its raw pixels at most, also the very first', async () => {
  const { counted, panel, board } = await signOn();
  for (const page of pages) {
    expect(await bytesOf(counted, () => panel.show(page))).toBeLessThanOrEqual(RAW_BYTES / 7);
    expect(board.display.pixels()).toEqual(boardPage(page).pixels);
  }
});

test('a page that comes again costs a recall', async () => {
  const { counted, panel, board } = await signOn();
  for (const page of pages) await panel.show(page);
  for (const page of pages) {
    expect(await bytesOf(counted, () => panel.show(page))).toBeLessThan(150);
    expect(crcHex(board.display.shownCrc())).toBe(crcHex(crc32(boardPage(page).pixels)));
  }
});

test('slots that a restart emptied cost one more page, never a wrong one', async () => {
  const { panel, board, link } = await signOn();
  for (const page of pages) await panel.show(page);
  const session = link.board?.session;
  board.restart();
  await expect
    .poll(() => link.board !== undefined && link.board.session !== session, { timeout: 5_000 })
    .toBe(true);
  for (const page of pages) {
    await panel.show(page);
    expect(board.display.pixels()).toEqual(boardPage(page).pixels);
  }
});

test('noise, which nothing makes smaller, takes 2 % more than its pixels at most once bodies have grown', async () => {
  const { counted, panel } = await signOn(new VirtualBoard({ ...SIZE, maxBody: 4_096 }));
  for (let seed = 0; seed < 3; seed++) await panel.show(noisyPage(128, 64, seed));
  expect(await bytesOf(counted, () => panel.show(noisyPage(128, 64, 9)))).toBeLessThanOrEqual(
    RAW_BYTES * 1.02,
  );
});

test('a clock that went on by a minute costs a corner of the page', async () => {
  const { counted, panel } = await signOn();
  const clock = async (time: string): Promise<Bitmap> => {
    const content = { type: 'idle' as const, time, dates: ['13 พ.ย. 2569'], place: 'บ้านโนนสว่าง' };
    const [screen] = await painter.paint({ ...SIZE, depth: 'rgb565', marquee: false, content });
    if (screen === undefined) throw new Error('no screen');
    return screen.bitmap;
  };
  await panel.show(await clock('18.30 น.'));
  const next = await clock('18.31 น.');
  expect(await bytesOf(counted, () => panel.show(next))).toBeLessThan(400);
});
