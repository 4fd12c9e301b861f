import type { Clock } from '../../device/ports.ts';
import { FRAME_BYTES } from '../../firmware-protocol/serial/header.ts';
import { percentile } from '../bench/row.ts';
import type { BoardTalk } from './board-talk.ts';

/** One direction of a line. */
export interface DirectionFigures {
  frames: number;
  lost: number;
  /** Share of the bits that turned over, as the lost frames tell; 0 = none was lost. */
  bitErrorRate: number;
  /** Of filler that arrived, per second; absent where the board has no probe. */
  goodputBytesPerSecond?: number;
}

export interface LineFigures {
  /** Baud; absent over TCP. */
  rate?: number;
  roundTripMs?: { p50: number; p99: number; worst: number };
  there: DirectionFigures;
  back: DirectionFigures;
}

export interface MeasurePlan {
  seconds: number;
  /** Largest body of the board. */
  maxBody: number;
  /** Whether it answers probes, which carry filler; if not, pings tell less. */
  probes: boolean;
  stop: AbortSignal;
}

/** Of the time: many small frames for the round trip, then large ones there, then large ones back. */
const SHARES = { roundTrip: 0.2, there: 0.4, back: 0.4 };
const PROBE_HEAD_BYTES = 6;
/** Enough to keep a line busy that answers late, and little enough that a lost one is not waited for long. */
const IN_FLIGHT = 4;
/** A frame that damage spares half of the time where one bit in 10,000 turns over. */
const LARGE_BYTES = 768;
const BITS_PER_BYTE = 8;

interface Tally {
  frames: number;
  lost: number;
  ms: number[];
  tookMs: number;
}

/** Measures one line at its present rate, within `seconds`. Rejects when the line goes. */
export async function measureLine(talk: BoardTalk, clock: Clock, plan: MeasurePlan): Promise<LineFigures> {
  const filler = Math.min(LARGE_BYTES, plan.maxBody - PROBE_HEAD_BYTES);
  const counter = { token: 0 };
  const run = (
    share: number,
    inFlight: number,
    ask: (token: number) => Promise<{ ms: number } | undefined>,
  ) =>
    tally({ clock, forMs: plan.seconds * 1_000 * share, inFlight, stop: plan.stop }, () =>
      ask(counter.token++),
    );

  if (!plan.probes) {
    const pings = await run(1, 1, (token) => talk.ping(token));
    const figures = directionOf(pings, 0);
    return { ...roundTripOf(pings), there: figures, back: figures };
  }
  const small = await run(SHARES.roundTrip, 1, (token) => talk.probe(token, 0, 0));
  const there = await run(SHARES.there, IN_FLIGHT, (token) => talk.probe(token, filler, 0));
  const back = await run(SHARES.back, IN_FLIGHT, (token) => talk.probe(token, 0, filler));
  return { ...roundTripOf(small), there: directionOf(there, filler), back: directionOf(back, filler) };
}

interface Budget {
  clock: Clock;
  forMs: number;
  inFlight: number;
  stop: AbortSignal;
}

async function tally(
  { clock, forMs, inFlight, stop }: Budget,
  ask: () => Promise<{ ms: number } | undefined>,
): Promise<Tally> {
  const counted: Tally = { frames: 0, lost: 0, ms: [], tookMs: 0 };
  const startedAt = clock.monotonic();
  const worker = async () => {
    while (!stop.aborted && clock.monotonic() - startedAt < forMs) {
      counted.frames++;
      const answer = await ask();
      if (answer === undefined) counted.lost++;
      else counted.ms.push(answer.ms);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  counted.tookMs = clock.monotonic() - startedAt;
  return counted;
}

function roundTripOf({ ms }: Tally): Pick<LineFigures, 'roundTripMs'> {
  if (ms.length === 0) return {};
  return { roundTripMs: { p50: percentile(ms, 0.5), p99: percentile(ms, 0.99), worst: Math.max(...ms) } };
}

function directionOf({ frames, lost, tookMs }: Tally, filler: number): DirectionFigures {
  const bits = (filler + PROBE_HEAD_BYTES + FRAME_BYTES) * BITS_PER_BYTE;
  const arrived = (frames - lost) * filler;
  return {
    frames,
    lost,
    bitErrorRate: frames === 0 ? 0 : 1 - (1 - lost / frames) ** (1 / bits),
    ...(filler === 0 || tookMs === 0 ? {} : { goodputBytesPerSecond: arrived / (tookMs / 1_000) }),
  };
}
