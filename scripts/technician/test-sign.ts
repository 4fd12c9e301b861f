import { BoardPanel } from '../../device/board/board-panel.ts';
import type { SignConfig } from '../../device/config/sign.ts';
import { openLine } from '../../device/drivers/line/line.ts';
import { systemClock } from '../../device/drivers/machine/system-clock.ts';
import { PngPanel } from '../../device/drivers/pictures/png-panel.ts';
import { isDeviceError } from '../../device/errors.ts';
import { patternBitmap } from '../../device/panel/pattern-bitmap.ts';
import type { Panel } from '../../device/sign-ports.ts';
import { openSign } from '../../device/signs/open-sign.ts';
import type { Pattern } from '../../firmware-protocol/serial/lamps.ts';
import { deviceFailure } from '../operator/device-failure.ts';
import { interruptible } from '../operator/interrupt.ts';
import { faultyModules } from './board-words.ts';
import { lineFailure } from './line-failure.ts';
import { NO_LOG, type OpenedBoard, untilThere, withBoard } from './open-board.ts';

export type ShownPattern = Exclude<Pattern, 'none'>;

/** A sign that shows test pictures and is put back as it was. */
export interface TestSign {
  width: number;
  height: number;
  /** Who makes the picture: the board itself, or the host as pixels. */
  madeBy: 'board' | 'host';
  /** @param at the lit column or row of those patterns. */
  show(pattern: ShownPattern, at?: number): Promise<void>;
  /** Modules in a row and rows of modules, and those that do not work (from 1), where the sign knows. */
  modules?: { columns: number; rows: number; broken: number[] };
}

export type WhichSign = { line: string } | { sign: SignConfig };
export type TestWork<T> = (sign: TestSign, interrupted: AbortSignal) => Promise<T>;

/** Does work with the sign on a line, or another maker's, and leaves it as it was, after Ctrl-C too. */
export async function withTestSign<T>(which: WhichSign, work: TestWork<T>): Promise<T> {
  return 'line' in which
    ? await withBoard(which.line, (opened) => onBoard(opened, work))
    : await onForeignSign(which.sign, work);
}

async function onBoard<T>(opened: OpenedBoard, work: TestWork<T>): Promise<T> {
  const { facts } = opened;
  const modules = facts.fitted.includes('module-sense') ? await modulesOf(opened) : undefined;
  const size = { width: facts.width, height: facts.height, ...(modules && { modules }) };
  return facts.fitted.includes('patterns')
    ? await withItsPatterns(opened, size, work)
    : await withItsPixels(opened, size, work);
}

type Size = Pick<TestSign, 'width' | 'height' | 'modules'>;

async function withItsPatterns<T>(
  { link, interrupted }: OpenedBoard,
  size: Size,
  work: TestWork<T>,
): Promise<T> {
  const show = async (pattern: Pattern, at = 0) => {
    await link.run([{ name: 'test-pattern', body: { pattern, at } }]);
  };
  const [status] = await link.run([{ name: 'status-ask', body: {} }]);
  const wasDark = status?.name === 'status' && status.body.lamps === 'dark';
  const setLamps = async (lamps: 'lit' | 'dark') => {
    if (wasDark) await link.run([{ name: 'blank', body: { lamps } }]);
  };
  try {
    await setLamps('lit');
    return await work({ ...size, madeBy: 'board', show }, interrupted);
  } finally {
    await show('none').catch(() => {});
    await setLamps('dark').catch(() => {});
  }
}

/** The page that stood there is kept in the board's last slot meanwhile; a board without slots is left dark. */
async function withItsPixels<T>(opened: OpenedBoard, size: Size, work: TestWork<T>): Promise<T> {
  const { link, facts, interrupted } = opened;
  const panel = new BoardPanel(link, size);
  const [status] = await link.run([{ name: 'status-ask', body: {} }]);
  const kept = status?.name === 'status' && facts.slots > 0 ? status.body.shown : undefined;
  const slot = facts.slots - 1;
  if (kept !== undefined) await link.run([{ name: 'page-store', body: { slot, crc: kept } }]);
  try {
    return await work(
      { ...size, madeBy: 'host', show: (...what) => showPixels(panel, ...what) },
      interrupted,
    );
  } finally {
    const back =
      kept === undefined
        ? showPixels(panel, 'dark')
        : link.run([
            { name: 'page-recall', body: { slot, crc: kept } },
            { name: 'commit', body: { crc: kept } },
          ]);
    await back.catch(() => {});
  }
}

async function showPixels(panel: Panel, pattern: ShownPattern, at = 0): Promise<void> {
  const { width, height } = panel;
  await panel.show(patternBitmap(pattern, { width, height, depth: panel.abilities().depth }, at));
}

async function modulesOf({ link }: OpenedBoard): Promise<TestSign['modules']> {
  const [told] = await link.run([{ name: 'module-faults-ask', body: {} }]);
  if (told?.name !== 'module-faults') return undefined;
  const { columns, rows } = told.body;
  return { columns, rows, broken: faultyModules(told.body) };
}

/** No other maker's sign tells what it shows: it is dark afterwards, until the agent shows its next page. */
async function onForeignSign<T>(config: SignConfig, work: TestWork<T>): Promise<T> {
  const parts = { clock: systemClock, log: NO_LOG, openLine };
  const opened = openSign(config, { ...parts, openFolder: (options) => new PngPanel(options) });
  const { panel } = opened;
  return await interruptible(async (interrupted) => {
    opened.start();
    try {
      await untilThere(() => opened.whyNot(), interrupted);
      const size = { width: panel.width, height: panel.height };
      return await work(
        { ...size, madeBy: 'host', show: (...what) => showPixels(panel, ...what) },
        interrupted,
      );
    } catch (error) {
      if (!isDeviceError(error) || config.type === 'png') throw deviceFailure(error);
      throw await lineFailure(config.line, error);
    } finally {
      await panel.blank().catch(() => {});
      await opened.stop();
    }
  });
}
