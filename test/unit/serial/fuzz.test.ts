import { expect, test } from 'vitest';
import { FRAMES, frameName } from '../../../firmware-protocol/serial/catalogue.ts';
import { FrameDecoder } from '../../../firmware-protocol/serial/decoder.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import { heldBytes } from './held-memory.ts';
import { type Dice, dice, mutated, spoken, wholeStream } from './mutated-streams.ts';

const RANDOM_BYTES = 10_000_000;
const STREAMS = 100_000;
/** Each of them with other wounds many times over. */
const WHOLE_STREAMS = 2_000;
/** Far above what a decoder and a board of 32 x 16 hold, far below what went through them. */
const MOST_GROWTH_BYTES = 4_000_000;
/** A quiet machine needs less than ten seconds; one that builds and tests beside it, many times that. */
const TIMEOUT_MS = 120_000;

/** A board to whose timers nothing happens, so that all that is done is done by bytes. */
function timelessBoard(): { board: VirtualBoard; timers: Set<symbol> } {
  const timers = new Set<symbol>();
  const after = (): (() => void) => {
    const timer = Symbol('timer');
    timers.add(timer);
    return () => void timers.delete(timer);
  };
  const board = new VirtualBoard({
    width: 32,
    height: 16,
    stripPixels: 1_024,
    rates: ['921600'],
    time: { now: () => 0, after },
  });
  return { board, timers };
}

/** Ten million bytes in pieces as a driver might hand them over. */
function* noise(roll: Dice): Generator<Uint8Array> {
  const pool = new Uint8Array(1 << 16);
  for (let sent = 0; sent < RANDOM_BYTES; ) {
    for (let at = 0; at < pool.length; at++) pool[at] = roll(256);
    for (let from = 0; from < pool.length && sent < RANDOM_BYTES; ) {
      const piece = pool.subarray(from, from + 1 + roll(600));
      from += piece.length;
      sent += piece.length;
      yield piece;
    }
  }
}

const namesIn = (decoder: FrameDecoder, bytes: Uint8Array): string[] =>
  decoder
    .push(bytes)
    .flatMap((one) => (one.kind === 'frame' ? (frameName(one.frame.header.type) ?? '?') : []));

const PING = spoken('ping', { token: 0 });

/** The second whole frame after noise is heard for certain, whatever the first was glued to (SPEC 2). */
function isInStep(board: VirtualBoard, token: number): boolean {
  board.receive(PING);
  const [pong = new Uint8Array()] = board.receive(spoken('ping', { token }));
  const [heard] = new FrameDecoder(64).push(pong);
  return heard?.kind === 'frame' && FRAMES.pong.codec.decode(heard.frame.body)?.token === token;
}

test(
  'ten million random bytes: decoder and board throw nothing, keep nothing, and are in step again',
  () => {
    const decoder = new FrameDecoder();
    const { board, timers } = timelessBoard();
    const before = heldBytes();
    let discarded = 0;
    for (const piece of noise(dice(1))) {
      for (const one of decoder.push(piece)) if (one.kind === 'discarded') discarded++;
      board.receive(piece);
    }
    expect(heldBytes() - before).toBeLessThan(MOST_GROWTH_BYTES);
    expect(timers.size).toBeLessThanOrEqual(3);
    // A zero in 256 bytes ends what is no frame; zeros beside each other end nothing.
    expect(discarded).toBeGreaterThan(RANDOM_BYTES / 300);
    expect(isInStep(board, 7)).toBe(true);
    namesIn(decoder, PING);
    expect(namesIn(decoder, spoken('status-ask', {}))).toEqual(['status-ask']);
  },
  TIMEOUT_MS,
);

test(
  'a hundred thousand streams with wounds: the same, after each of them',
  () => {
    const roll = dice(2);
    const decoder = new FrameDecoder();
    const { board, timers } = timelessBoard();
    const before = heldBytes();
    const whole = Array.from({ length: WHOLE_STREAMS }, () => wholeStream(roll));
    let heard = 0;
    for (let stream = 1; stream <= STREAMS; stream++) {
      const bytes = mutated(whole[stream % WHOLE_STREAMS] ?? PING, roll);
      heard += namesIn(decoder, bytes).length;
      board.receive(bytes);
      if (!isInStep(board, stream)) expect.fail(`the board is out of step after stream ${stream}`);
      decoder.push(PING);
      if (namesIn(decoder, PING)[0] !== 'ping') expect.fail(`the decoder is, after stream ${stream}`);
    }
    expect(heldBytes() - before).toBeLessThan(MOST_GROWTH_BYTES);
    expect(timers.size).toBeLessThanOrEqual(3);
    // Most of what was sent is heard, so that the board really worked through it.
    expect(heard).toBeGreaterThan(STREAMS);
  },
  TIMEOUT_MS,
);
