import { expect, test } from 'vitest';
import type { BoardLink } from '../../../device/board/board-link.ts';
import { BoardPanel } from '../../../device/board/board-panel.ts';
import { boardPage } from '../../../device/board/board-pixels.ts';
import { crc32 } from '../../../firmware-protocol/serial/crc32.ts';
import type { FarDevice, Plug } from '../../../scripts/virtual-board/plug.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import { linkOver, noisyPage, ptyWith } from './world.ts';

const SIZE = { width: 128, height: 64 };
const PACED = { toBoard: { bytesPerSecond: 92_160 }, toHost: { bytesPerSecond: 92_160 } };

/** A board whose answers, and what it hears, are tampered with. */
function tampered(
  board: VirtualBoard,
  {
    heard = (bytes) => bytes,
    said = (all) => all,
  }: {
    heard?: (bytes: Uint8Array) => Uint8Array;
    said?: (all: Uint8Array[], heardBytes: Uint8Array) => Uint8Array[];
  },
): FarDevice {
  return { receive: (bytes) => said(board.receive(heard(bytes)), bytes) };
}

function randomBytes(count: number, seed: number): Uint8Array {
  return noisyPage(count, 1, seed).rgb.subarray(0, count);
}

async function linked(device: FarDevice): Promise<{ link: BoardLink; plug: Plug }> {
  const plug = await ptyWith(device);
  const link = linkOver(plug.spec);
  await expect.poll(() => link.board?.width, { timeout: 5_000 }).toBe(128);
  return { link, plug };
}

/** One in three on the average: a fixed third would fall in step with the frames of an exchange. */
function aThird(): () => boolean {
  const dice = randomBytes(4_096, 5);
  let at = 0;
  return () => (dice[at++ % dice.length] ?? 0) < 85;
}

const hits = aThird();
test.each<[string, Parameters<typeof tampered>[1]]>([
  ['noise between the answers', { said: (all) => all.flatMap((one, i) => [randomBytes(40, i), one]) }],
  ['half frames before the answers', { said: (all) => all.flatMap((one) => [one.subarray(0, 9), one]) }],
  [
    'a third of the answers with a wrong CRC',
    { said: (all) => all.map((one) => (hits() ? one.map((b, i) => (i === 3 ? b ^ 0x21 : b)) : one)) },
  ],
  ['the echo of our own bytes', { said: (all, heard) => [Uint8Array.from(heard), ...all] }],
])(
  'F37: %s do not harm a page',
  async (_what, tampering) => {
    const board = new VirtualBoard(SIZE);
    const { link } = await linked(tampered(board, tampering));
    const panel = new BoardPanel(link, SIZE);

    for (const seed of [1, 2]) {
      const page = noisyPage(128, 64, seed);
      const shown = await panel.show(page);
      expect(shown.boardCrc).toBe(shown.crc);
      expect(crc32(board.display.pixels())).toBe(crc32(boardPage(page).pixels));
    }
  },
  20_000,
);

test('a burst of pure noise both ways: the first right page is there soon after it stops', async () => {
  const board = new VirtualBoard(SIZE);
  let isNoisy = false;
  const drown = (bytes: Uint8Array) => (isNoisy ? randomBytes(bytes.length, bytes.length) : bytes);
  const { link } = await linked(tampered(board, { heard: drown, said: (all) => all.map(drown) }));
  const panel = new BoardPanel(link, SIZE);
  const page = noisyPage(128, 64, 3);
  isNoisy = true;
  const begun = panel.show(page).catch(() => undefined);
  await expect.poll(() => board.discarded()).toBeGreaterThan(0);
  isNoisy = false;

  const since = performance.now();
  const shown = (await begun) ?? (await panel.show(page));

  const tookMs = performance.now() - since;
  console.info(`first right page ${Math.round(tookMs)} ms after the noise`);
  expect(shown.boardCrc).toBe(shown.crc);
  expect(tookMs).toBeLessThan(2_000);
});

test('one bit in 10,000 at 921,600 baud: what it costs in time, and not one wrong page', async () => {
  const board = new VirtualBoard(SIZE);
  const plug = await ptyWith(board, { ...PACED, seed: 11 });
  const link = linkOver(`${plug.spec}@921600`);
  await expect.poll(() => link.board?.width).toBe(128);
  const panel = new BoardPanel(link, SIZE);
  const timed = async (from: number): Promise<number> => {
    const since = performance.now();
    for (let seed = from; seed < from + 6; seed++) {
      const page = noisyPage(128, 64, seed);
      await panel.show(page);
      expect(crc32(board.display.pixels())).toBe(crc32(boardPage(page).pixels));
    }
    return performance.now() - since;
  };
  const cleanMs = await timed(0);
  plug.toBoard.faults.flipOneBitIn = 10_000;
  plug.toHost.faults.flipOneBitIn = 10_000;

  const noisyMs = await timed(6);

  console.info(`six pages: ${Math.round(cleanMs)} ms clean, ${Math.round(noisyMs)} ms noisy`);
  expect(noisyMs).toBeLessThan(cleanMs * 6);
}, 30_000);

test.each([0, 300])(
  'a far end that freezes %i ms into a page is noticed within 2 s',
  async (afterMs) => {
    const board = new VirtualBoard(SIZE);
    const plug = await ptyWith(board, { toBoard: { bytesPerSecond: 11_520 } });
    const link = linkOver(plug.spec);
    await expect.poll(() => link.board?.width).toBe(128);
    const panel = new BoardPanel(link, SIZE);
    const before = noisyPage(128, 64, 1);
    await panel.show(before);
    const startedAt = performance.now();
    const page = panel.show(noisyPage(128, 64, 2));
    const failed = expect(page).rejects.toMatchObject({
      code: expect.stringMatching(/^panel-(silent|gone)$/),
    });
    await expect.poll(() => performance.now() - startedAt, { interval: 5 }).toBeGreaterThanOrEqual(afterMs);

    plug.freeze();
    const since = performance.now();
    await failed;

    expect(performance.now() - since).toBeLessThan(2_000);
    expect(crc32(board.display.pixels())).toBe(crc32(boardPage(before).pixels));
  },
  10_000,
);
