import { setTimeout as wait } from 'node:timers/promises';
import { openLine, parseLine } from '../../device/drivers/line/line.ts';
import { systemClock, systemRandom } from '../../device/drivers/machine/system-clock.ts';
import { DeviceError } from '../../device/errors.ts';
import type { ByteLine } from '../../device/sign-ports.ts';
import type { FrameBody } from '../../firmware-protocol/serial/catalogue.ts';
import { BoardTalk } from './board-talk.ts';
import { type LineFigures, measureLine } from './line-measurement.ts';

export interface RatesOptions {
  address: number;
  secondsEach: number;
  /** Every rate that the board offers, not only that of the line. */
  allRates: boolean;
  stop: AbortSignal;
  onMeasured: (figures: LineFigures) => void;
}

/** From the answer until the board's acknowledgement has left at the old rate, as `settle-rate.ts` waits. */
const GO_OVER_MS = 20;
/** What a rate is when nothing at all came through. */
const NOTHING = { frames: 0, lost: 0, bitErrorRate: 0 };

/**
 * Measures a line at its own rate, then at those the board offers (SPEC 5, rates). Rejects `line-gone`, `panel-silent`.
 * A line that has its rate in its name stays at it.
 */
export async function measureRates(spec: string, options: RatesOptions): Promise<LineFigures[]> {
  const line = parseLine(spec);
  const measured: LineFigures[] = [];
  const take = (figures: LineFigures) => {
    measured.push(figures);
    options.onMeasured(figures);
  };
  const { welcome, figures } = await measureAt(spec, options);
  take(line.kind === 'serial' ? { rate: line.baud, ...figures } : figures);
  if (line.kind !== 'serial' || line.fixed || !options.allRates) return measured;
  for (const rate of welcome.rates.map(Number)) {
    if (options.stop.aborted) break;
    if (rate !== line.baud) take(await measureOver(line.path, rate, options));
  }
  return measured;
}

interface Measured {
  welcome: FrameBody<'welcome'>;
  figures: LineFigures;
}

async function measureAt(spec: string, options: RatesOptions): Promise<Measured> {
  return await talking(spec, options, async (talk) => {
    const welcome = await talk.hello();
    if (welcome === undefined) throw new DeviceError('panel-silent', { why: spec });
    return { welcome, figures: await figuresOf(talk, welcome, options) };
  });
}

/** A board that does not follow, or goes back because the rate carries nothing, says so by its silence. */
async function measureOver(path: string, rate: number, options: RatesOptions): Promise<LineFigures> {
  return await talking(path, options, async (talk, line) => {
    const welcome = await talk.hello();
    const answer = welcome && (await talk.ask({ name: 'line-rate-offer', body: { rate } }));
    if (welcome === undefined || answer?.name !== 'line-rate-state' || line.setRate === undefined)
      return { rate, there: NOTHING, back: NOTHING };
    await wait(GO_OVER_MS);
    await line.setRate(rate);
    return { rate, ...(await figuresOf(talk, welcome, options)) };
  });
}

async function figuresOf(
  talk: BoardTalk,
  { fitted, maxBody }: FrameBody<'welcome'>,
  { secondsEach, stop }: RatesOptions,
): Promise<LineFigures> {
  const plan = { seconds: secondsEach, maxBody, probes: fitted.includes('probe'), stop };
  return await measureLine(talk, systemClock, plan);
}

async function talking<T>(
  spec: string,
  { address }: RatesOptions,
  work: (talk: BoardTalk, line: ByteLine) => Promise<T>,
): Promise<T> {
  const line = openLine(spec);
  const talk = new BoardTalk({ line, clock: systemClock, random: systemRandom, address });
  await talk.open();
  try {
    return await work(talk, line);
  } finally {
    await talk.close();
  }
}
