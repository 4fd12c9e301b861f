import { DeviceError, isDeviceError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { ByteLine } from '../sign-ports.ts';
import type { BoardFacts } from './board-mouth.ts';
import type { BoardRates } from './board-rates.ts';
import type { BoardSession } from './board-session.ts';

/** From the answer until the board's acknowledgement has left at the old rate: 14 bytes, and a slow board's loop. */
const GO_OVER_MS = 20;
/** Probes of the size that pages use, there and back; a line that is good for the rate loses none, a usable one few. */
const PROBES = 4;
const PROBES_MUST_COME = 3;
const PROBE_BYTES = 1_024;
const PROBE_HEAD_BYTES = 6;
/** Beyond the time that the bytes take. Together with the first exchanges well below the 2 s that a session may take to begin. */
const PROBE_SPARE_MS = 150;
const BITS_PER_BYTE = 10;

export interface SettleParts {
  line: ByteLine;
  clock: Clock;
  rates: BoardRates;
}

/**
 * Goes over to the highest rate that line and board are believed to carry, and proves it by probes (SPEC 5). A rate that fails
 * ends the session: the board is back at the first rate before the next one's hellos end. A line without `setRate`, a board
 * without rates or without probes stays where it is. Never rejects.
 */
export async function settleRate(
  session: BoardSession,
  board: BoardFacts,
  { line, clock, rates }: SettleParts,
): Promise<void> {
  const rate = rates.best(board.rates, clock.monotonic());
  if (line.setRate === undefined || rate === undefined || !board.fitted.includes('probe')) return;
  try {
    const [answer] = await session.run([{ name: 'line-rate-offer', body: { rate } }], true);
    if (answer?.name !== 'line-rate-state' || answer.body.rate !== rate) return;
    await new Promise<void>((resolve) => clock.after(GO_OVER_MS, resolve));
    await line.setRate(rate);
  } catch (cause) {
    // A cable that was pulled says nothing of the rate; a board that refused it has not moved.
    if (!isDeviceError(cause, 'panel-gone')) rates.failed(rate, clock.monotonic());
    if (!isDeviceError(cause, 'panel-refused')) session.end(new DeviceError('panel-silent', { rate }, cause));
    return;
  }
  rates.now = rate;
  const came = await probesThatCame(session, board.maxBody, rate);
  if (came >= PROBES_MUST_COME || session.over) return;
  rates.failed(rate, clock.monotonic());
  session.end(new DeviceError('panel-silent', { rate, probes: PROBES, came }));
}

async function probesThatCame(session: BoardSession, maxBody: number, rate: number): Promise<number> {
  const bytes = Math.min(PROBE_BYTES, maxBody - PROBE_HEAD_BYTES);
  const withinMs = (2 * PROBES * bytes * BITS_PER_BYTE * 1_000) / rate + PROBE_SPARE_MS;
  const probes = await Promise.all(
    Array.from({ length: PROBES }, () => session.probe(bytes, bytes, withinMs)),
  );
  return probes.filter((probe) => probe?.whole).length;
}
