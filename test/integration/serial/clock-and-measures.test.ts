import { expect, onTestFinished, test } from 'vitest';
import { BoardAmplifier } from '../../../device/board/board-amplifier.ts';
import { boardClock } from '../../../device/board/board-clock.ts';
import type { BoardLink } from '../../../device/board/board-link.ts';
import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import type { FarBoard } from '../../../scripts/virtual-board/far-board.ts';
import { openBoard } from '../../../scripts/virtual-board/open-board.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import { linkOver, ptyWith } from './world.ts';

const SIZE = { width: 128, height: 64 };

async function linked(board: FarBoard): Promise<BoardLink> {
  const link = linkOver((await ptyWith(board)).spec);
  await expect.poll(() => link.board?.width).toBe(128);
  return link;
}

test('a board is told the time and tells it back; after a loss of power it does not know it', async () => {
  const board = new VirtualBoard(SIZE);
  const link = await linked(board);
  const clock = boardClock(link, systemClock);
  expect(await clock.ask()).toBeUndefined();

  await clock.set();

  const told = await clock.ask();
  expect(told?.state).toBe('set');
  expect(Math.abs((told?.at ?? 0) - Date.now())).toBeLessThan(500);
  board.restart();
  await expect.poll(() => link.board).toBeUndefined();
  await expect.poll(() => link.board?.width, { timeout: 5_000 }).toBe(128);
  expect(await clock.ask()).toBeUndefined();
});

test('a board without a clock, gain or measures is asked for none', async () => {
  const link = await linked(new VirtualBoard({ ...SIZE, fitted: ['display', 'amplifier'] }));
  const amplifier = new BoardAmplifier(link, systemClock);
  for (const asked of [boardClock(link, systemClock).ask(), amplifier.measure(), amplifier.setGain(-6)])
    await expect(asked).rejects.toMatchObject({ code: 'panel-cannot' });
});

test('gain goes to the board in hundredths of a decibel', async () => {
  const board = new VirtualBoard(SIZE);
  await new BoardAmplifier(await linked(board), systemClock).setGain(-6.25);
  expect(board.sensors.gain).toBe(-625);
});

test('what the amplifier measures comes in units, with what protects itself', async () => {
  const board = new VirtualBoard(SIZE);
  const amplifier = new BoardAmplifier(await linked(board), systemClock);
  board.sensors.amplifierFaults = ['over-temperature', 'open-load'];
  await amplifier.on();

  expect(await amplifier.measure()).toEqual({
    levelDb: -12,
    currentAmperes: 0.85,
    temperatureC: 38.5,
    supplyVolts: 24.1,
    faults: ['over-temperature', 'open-load'],
  });
});

test('an amplifier that is off draws what its fan needs, one whose contact is welded shut the whole', async () => {
  const board = openBoard(SIZE);
  onTestFinished(() => board.close());
  const amplifier = new BoardAmplifier(await linked(board), systemClock);
  const drawn = async () => (await amplifier.measure()).currentAmperes;
  expect(await drawn()).toBe(0.012);
  await amplifier.on();
  expect(await drawn()).toBe(0.85);
  await amplifier.off();
  expect(await drawn()).toBe(0.012);
  board.relay.stuck = 'on';
  expect(await drawn()).toBe(0.85);
});

test('a figure that the board does not know is left out, not 0', async () => {
  const board = new VirtualBoard(SIZE);
  board.sensors.amplifierMeasure = () => ({
    ...{ known: ['temperature'], level: 0, current: 0, temperature: -35, supply: 0, faults: [] },
  });
  const amplifier = new BoardAmplifier(await linked(board), systemClock);

  expect(await amplifier.measure()).toEqual({ temperatureC: -3.5, faults: [] });
});
