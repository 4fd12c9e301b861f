import { setTimeout as wait } from 'node:timers/promises';
import { BoardLink } from '../../device/board/board-link.ts';
import type { BoardFacts } from '../../device/board/board-mouth.ts';
import { openLine } from '../../device/drivers/line/line.ts';
import { systemClock, systemRandom } from '../../device/drivers/machine/system-clock.ts';
import { DeviceError } from '../../device/errors.ts';
import type { Log } from '../../device/ports.ts';
import { deviceFailure } from '../operator/device-failure.ts';
import { interruptible } from '../operator/interrupt.ts';
import { checkLine, lineFailure } from './line-failure.ts';

/** A technician reads what the verb says, not the agent's log. */
export const NO_LOG: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** Two rounds of hellos: a rate that failed ends the first session. */
const THERE_WITHIN_MS = 6_000;
const LOOK_EVERY_MS = 25;

export interface OpenedBoard {
  link: BoardLink;
  /** What it said of itself when the work began. */
  facts: BoardFacts;
  /** Aborted by Ctrl-C: put the sign back as it was, then end. */
  interrupted: AbortSignal;
}

/** Does work with the board on a line, through the agent's own link, and lets go of the line whatever happens. */
export async function withBoard<T>(spec: string, work: (board: OpenedBoard) => Promise<T>): Promise<T> {
  const line = openLine(checkLine(spec));
  const link = new BoardLink({ line, clock: systemClock, random: systemRandom, log: NO_LOG });
  return await interruptible(async (interrupted) => {
    link.start();
    try {
      return await work({ link, facts: await welcomed(link, interrupted), interrupted });
    } catch (error) {
      throw link.board === undefined ? await lineFailure(spec, error) : deviceFailure(error);
    } finally {
      await link.stop();
    }
  });
}

async function welcomed(link: BoardLink, interrupted: AbortSignal): Promise<BoardFacts> {
  await untilThere(() => link.whyNot(), interrupted);
  if (link.board === undefined) throw new DeviceError('panel-silent');
  return link.board;
}

/** A line that cannot be opened is known at once, a board that is silent only after its time. Rejects with why. */
export async function untilThere(
  whyNot: () => DeviceError | undefined,
  interrupted: AbortSignal,
): Promise<void> {
  const until = systemClock.monotonic() + THERE_WITHIN_MS;
  for (let why = whyNot(); why !== undefined; why = whyNot()) {
    if (why.context.reason === 'line-gone' || why.code === 'panel-version') throw why;
    if (interrupted.aborted || systemClock.monotonic() > until)
      throw new DeviceError('panel-silent', {}, why);
    await wait(LOOK_EVERY_MS);
  }
}
