import { expect, test } from 'vitest';
import { BoardAmplifier } from '../../../device/board/board-amplifier.ts';
import { BoardPanel } from '../../../device/board/board-panel.ts';
import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import { boardOf, linkOver, noisyPage, ptyWith } from './world.ts';

const SIZE = { width: 128, height: 64 };
const TIMING = { settleMs: 50, limitSeconds: 1, renewMs: 300 };

test('power goes on, is sensed, is renewed beyond the limit, and goes off', async () => {
  const board = boardOf(SIZE);
  const link = linkOver((await ptyWith(board)).spec);
  await expect.poll(() => link.board?.width).toBe(128);
  const amplifier = new BoardAmplifier(link, systemClock, TIMING);
  expect(amplifier.senses).toBe(true);

  await amplifier.on();
  const onAt = board.relay.timeline().at(-1)?.at ?? 0;
  await expect.poll(() => Date.now() - onAt, { timeout: 3_000 }).toBeGreaterThan(1_400);
  expect(board.relay.contact()).toBe('on');
  await amplifier.off();

  expect(board.relay.timeline().map(({ power, why }) => `${power} ${why}`)).toEqual(['on told', 'off told']);
});

test('an `off` that the next `on` follows at once fails neither of them', async () => {
  const board = boardOf(SIZE);
  const link = linkOver((await ptyWith(board)).spec);
  await expect.poll(() => link.board?.width).toBe(128);
  const amplifier = new BoardAmplifier(link, systemClock, TIMING);
  await amplifier.on();

  await Promise.all([amplifier.off(), amplifier.on()]);

  expect(board.relay.contact()).toBe('on');
  await amplifier.off();
});

test('a host that dies leaves no amplifier on', async () => {
  const board = boardOf(SIZE);
  const link = linkOver((await ptyWith(board)).spec);
  await expect.poll(() => link.board?.width).toBe(128);
  const amplifier = new BoardAmplifier(link, systemClock, TIMING);
  await amplifier.on();

  await link.stop();

  await expect.poll(() => board.relay.contact(), { timeout: 3_000 }).toBe('off');
  expect(board.relay.timeline().at(-1)?.why).toBe('limit');
});

test.each(['on', 'off'] as const)('a relay stuck %s is told from one that works (F36)', async (stuck) => {
  const board = boardOf(SIZE);
  const link = linkOver((await ptyWith(board)).spec);
  await expect.poll(() => link.board?.width).toBe(128);
  const amplifier = new BoardAmplifier(link, systemClock, TIMING);
  board.relay.stuck = stuck;

  const attempt = stuck === 'off' ? amplifier.on() : amplifier.off();

  await expect(attempt).rejects.toMatchObject({ code: 'amplifier-failed', context: { sensed: stuck } });
});

test('an agent that starts finds the amplifier left on, and switches it off', async () => {
  const board = new VirtualBoard(SIZE);
  board.relay.switch('on', 60);
  const link = linkOver((await ptyWith(board)).spec);
  new BoardAmplifier(link, systemClock, TIMING);

  await expect.poll(() => board.relay.contact()).toBe('off');
});

test('at 115,200 baud the amplifier does not wait for the page that is on its way', async () => {
  const board = boardOf(SIZE);
  const line = { bytesPerSecond: 11_520 };
  const plug = await ptyWith(board, { toBoard: line, toHost: line });
  const link = linkOver(`${plug.spec}@115200`);
  await expect.poll(() => link.board?.width).toBe(128);
  const amplifier = new BoardAmplifier(link, systemClock, TIMING);
  const page = new BoardPanel(link, SIZE).show(noisyPage(128, 64, 1));
  await expect.poll(() => board.display.drawnCrc() !== board.display.shownCrc()).toBe(true);

  const since = performance.now();
  await amplifier.on();

  expect(performance.now() - since).toBeLessThan(1_000);
  expect(board.display.pages).toBe(0);
  await page;
});
