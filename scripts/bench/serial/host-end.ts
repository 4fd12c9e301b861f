import { BoardLink } from '../../../device/board/board-link.ts';
import { openLine } from '../../../device/drivers/line/line.ts';
import { systemClock, systemRandom } from '../../../device/drivers/machine/system-clock.ts';
import type { ByteLine } from '../../../device/sign-ports.ts';
import { NO_LOG } from '../../technician/open-board.ts';
import { FarEnd, type FarPlan, nowMs } from './far-end.ts';

/** As much as a board's link writes at once. */
const WRITE_BYTES = 4_096;

/** Bare bytes over a paced line, and who counts them. */
export async function withBareLine<T>(
  plan: Omit<FarPlan, 'kind'>,
  use: (line: ByteLine, far: FarEnd) => Promise<T>,
): Promise<T> {
  return await withFarEnd({ ...plan, kind: 'counter' }, async (far) => {
    const line = openLine(far.spec);
    await line.open({ onBytes: () => {}, onClosed: () => {} });
    try {
      return await use(line, far);
    } finally {
      await line.close();
    }
  });
}

/** From the first write until the last byte has come off the line at the far end, ms. */
export async function sendThrough(line: ByteLine, far: FarEnd, bytes: Uint8Array): Promise<number> {
  const { bytes: before } = await far.count();
  const arrived = far.arrival(before + bytes.length);
  const startedAt = nowMs();
  for (let at = 0; at < bytes.length; at += WRITE_BYTES)
    await line.write(bytes.subarray(at, at + WRITE_BYTES));
  return (await arrived).at - startedAt;
}

/** The agent's own link to a board over a paced line. */
export async function withLink<T>(
  plan: Omit<FarPlan, 'kind'>,
  use: (link: BoardLink, far: FarEnd) => Promise<T>,
): Promise<T> {
  return await withFarEnd({ ...plan, kind: 'board' }, async (far) => {
    const line = openLine(far.spec);
    const link = new BoardLink({ line, clock: systemClock, random: systemRandom, log: NO_LOG });
    const welcomed = new Promise<void>((resolve) => {
      link.onChange((there) => there && resolve());
    });
    link.start();
    try {
      await welcomed;
      return await use(link, far);
    } finally {
      await link.stop();
    }
  });
}

async function withFarEnd<T>(plan: FarPlan, use: (far: FarEnd) => Promise<T>): Promise<T> {
  const far = await FarEnd.plug(plan);
  try {
    return await use(far);
  } finally {
    await far.unplug();
  }
}
