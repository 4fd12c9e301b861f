import { openLine, parseLine } from '../../device/drivers/line.ts';
import { systemClock, systemRandom } from '../../device/drivers/system-clock.ts';
import { DeviceError } from '../../device/errors.ts';
import type { FrameBody } from '../../firmware-protocol/serial/catalogue.ts';
import { FIRST_RATE } from '../../firmware-protocol/serial/line.ts';
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

/** What a rate is when nothing at all came through. */
const NOTHING = { frames: 0, lost: 0, bitErrorRate: 0 };

/**
 * Measures a line at its own rate, then at those the board offers (SPEC 5, rates). Rejects `line-gone`, `panel-silent`.
 * The port is opened anew for each: the driver of a line has one rate.
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
  if (line.kind !== 'serial' || !options.allRates) return measured;
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

/** A board that goes back to the first rate, because the other carries nothing, says so by its silence. */
async function measureOver(path: string, rate: number, options: RatesOptions): Promise<LineFigures> {
  const welcome = await talking(`${path}@${FIRST_RATE}`, options, async (talk) => {
    const met = await talk.hello();
    const answer = met && (await talk.ask({ name: 'line-rate-offer', body: { rate } }));
    return answer?.name === 'line-rate-state' ? met : undefined;
  });
  if (welcome === undefined) return { rate, there: NOTHING, back: NOTHING };
  const figures = await talking(`${path}@${rate}`, options, (talk) => figuresOf(talk, welcome, options));
  return { rate, ...figures };
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
  work: (talk: BoardTalk) => Promise<T>,
): Promise<T> {
  const talk = new BoardTalk({ line: openLine(spec), clock: systemClock, random: systemRandom, address });
  await talk.open();
  try {
    return await work(talk);
  } finally {
    await talk.close();
  }
}
