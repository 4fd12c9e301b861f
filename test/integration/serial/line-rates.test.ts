import { execFileSync } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { BoardLink } from '../../../device/board/board-link.ts';
import { BoardPanel } from '../../../device/board/board-panel.ts';
import { openLine } from '../../../device/drivers/line/line.ts';
import { systemClock, systemRandom } from '../../../device/drivers/machine/system-clock.ts';
import type { ByteLine } from '../../../device/sign-ports.ts';
import type { FarBoard } from '../../../scripts/virtual-board/far-board.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';
import { RatedBoard } from './rated-board.ts';
import { boardOf, noisyPage, ptyWith } from './world.ts';

const SIZE = { width: 128, height: 64 };

async function ratedLink(carries = Number.POSITIVE_INFINITY, board = boardOfRates()) {
  const cable = new RatedBoard(board);
  cable.carries = carries;
  const plug = await ptyWith(cable);
  return { board, cable, plug, link: startedLink(cable.watch(openLine(plug.spec))) };
}

function boardOfRates(): FarBoard {
  return boardOf({ ...SIZE, rates: ['460800', '921600', '3000000'] });
}

function startedLink(line: ByteLine): BoardLink {
  const link = new BoardLink({ line, clock: systemClock, random: systemRandom, log: silentLog });
  onTestFinished(() => link.stop());
  link.start();
  return link;
}

test('the highest rate of the board is proved and used, and the session begins within 2 s', async () => {
  const made = boardOfRates();
  const since = performance.now();
  const { board, cable, link, plug } = await ratedLink(undefined, made);
  await expect.poll(() => link.board?.width, { timeout: 3_000 }).toBe(128);

  expect(performance.now() - since).toBeLessThan(2_000);
  expect([link.baud, board.baud, cable.hostBaud]).toEqual([3_000_000, 3_000_000, 3_000_000]);
  expect(execFileSync('stty', ['-F', plug.spec, 'speed'], { encoding: 'utf8' }).trim()).toBe('3000000');
  const shown = await new BoardPanel(link, SIZE).show(noisyPage(128, 64, 1));
  expect(shown.boardCrc).toBe(shown.crc);
});

test('a rate that the cable does not carry is left, a lower one found, and the bad one not tried at once again', async () => {
  const { board, cable, link } = await ratedLink(921_600);
  await expect.poll(() => link.board?.width, { timeout: 8_000 }).toBe(128);
  expect([link.baud, board.baud]).toEqual([921_600, 921_600]);
  expect(cable.tried).toEqual([3_000_000, 921_600]);

  board.restart();
  await expect.poll(() => link.board, { timeout: 3_000 }).toBeUndefined();
  await expect.poll(() => link.board?.width, { timeout: 5_000 }).toBe(128);
  expect(cable.tried).toEqual([3_000_000, 921_600, 921_600]);
});

test('a cable that carries the first rate only has a session at that', async () => {
  const { board, cable, link } = await ratedLink(115_200);
  await expect.poll(() => link.board?.width, { timeout: 15_000 }).toBe(128);
  expect(cable.tried).toEqual([3_000_000, 921_600, 460_800]);
  expect([link.baud, board.baud]).toEqual([115_200, 115_200]);
}, 20_000);

test('a host that starts again finds the board at the rate of the one before', async () => {
  const { board, cable, link, plug } = await ratedLink();
  await expect.poll(() => link.baud).toBe(3_000_000);
  await link.stop();
  expect(board.baud).toBe(3_000_000);

  const again = startedLink(cable.watch(openLine(plug.spec)));

  await expect.poll(() => again.board?.width, { timeout: 4_000 }).toBe(128);
  expect([again.baud, board.baud]).toEqual([3_000_000, 3_000_000]);
});

test('a rate whose noise begins later ends between pages, and the page is shown at a lower one', async () => {
  const { cable, link, plug } = await ratedLink();
  await expect.poll(() => link.baud).toBe(3_000_000);
  await expect.poll(() => link.board?.width).toBe(128);
  const panel = new BoardPanel(link, SIZE);
  plug.toBoard.faults.flipOneBitIn = 800;

  for (let seed = 0; link.baud === 3_000_000 && seed < 20; seed++)
    await panel.show(noisyPage(128, 64, seed)).catch(() => {});
  plug.toBoard.faults.flipOneBitIn = 1e12;

  await expect.poll(() => link.board?.width, { timeout: 8_000 }).toBe(128);
  expect(cable.tried.at(-1)).toBeLessThan(3_000_000);
  const shown = await panel.show(noisyPage(128, 64, 99));
  expect(shown.boardCrc).toBe(shown.crc);
}, 30_000);

test('a line whose rate people set stays at it', async () => {
  const board = boardOfRates();
  const plug = await ptyWith(board);
  const link = startedLink(openLine(`${plug.spec}@115200`));
  await expect.poll(() => link.board?.width).toBe(128);
  expect(board.baud).toBe(115_200);
});

test('a board of 1.0 is never sent a frame of 1.1', async () => {
  const board = boardOf({ ...SIZE, minor: 0 });
  const heard: string[] = [];
  board.onFrame = (line) => void heard.push(line);
  const plug = await ptyWith(board);
  const link = startedLink(openLine(plug.spec));
  await expect.poll(() => link.board?.width).toBe(128);
  const shown = await new BoardPanel(link, SIZE).show(noisyPage(128, 64, 1));
  expect(shown.boardCrc).toBe(shown.crc);

  await expect(link.run([{ name: 'clock-ask', body: {} }])).rejects.toMatchObject({
    code: 'panel-cannot',
    context: { what: 'clock-ask', minor: 0 },
  });

  expect(heard.filter((line) => line.includes('unknown-type') || line.includes('clock'))).toEqual([]);
  expect(heard.some((line) => line.startsWith('> commit'))).toBe(true);
});
