import { describe, expect, onTestFinished, test } from 'vitest';
import { crc32 } from '../../../firmware-protocol/serial/crc32.ts';
import { CBoard } from '../../../scripts/virtual-board/c-board.ts';
import { compiler, knowsEd25519 } from '../../../scripts/virtual-board/c-board-program.ts';
import type { VirtualBoardOptions } from '../../../scripts/virtual-board/virtual-board-options.ts';
import { conversations, optionsOf } from '../../contract/serial/conversations.ts';
import { bytesOf, edges, first, hexOf, later } from '../../contract/serial/golden-vectors.ts';
import { StepTime } from './lockstep.ts';
import { MAKER_KEY } from './maker.ts';
import { Talk } from './talk.ts';

/** The vectors that a board is tested with (SPEC 12), on the board in C. */
const { deflate, patterns, marquees, update } = later;
const { streams, runs } = first;

/** Wide enough for the longest of the vectors in one row. */
const ROW = { width: 1_024, height: 1, maxBody: 4_096, stripPixels: 1_024 };

function boardOf(options: VirtualBoardOptions): CBoard {
  const board = new CBoard(options);
  onTestFinished(() => board.close());
  return board;
}

const cc = compiler();
const sodium = cc !== undefined && knowsEd25519(cc);
const TIME = { now: () => 0, after: () => () => {} };

describe.runIf(cc !== undefined)('the C board', () => {
  test.each(conversations.filter(({ board }) => sodium || optionsOf(board).update === undefined))(
    'in conversation: $says',
    ({ board: make, turns }) => {
      const board = boardOf({ ...optionsOf(make), time: TIME });
      for (const { says, host, board: expected } of turns) {
        const answered = Buffer.concat(board.receive(bytesOf(host)));
        expect([says, hexOf(answered)]).toEqual([says, expected]);
      }
    },
  );

  test('reads deflate as zlib does, and runs as SPEC 7 says', () => {
    const board = boardOf(ROW);
    const talk = new Talk(board);
    const draw = (encoding: 'deflate' | 'run-length', pixels: string, count: number): string => {
      talk.say('reset', { what: 'display' });
      const place = { x: 0, y: 0, width: count, height: 1 };
      const answers = talk.say('draw-region', { ...place, encoding, pixels: bytesOf(pixels) });
      const drawn = hexOf(board.moment().drawn);
      expect(drawn.slice(count * 4)).toMatch(/^0*$/);
      return answers.length === 0 ? drawn.slice(0, count * 4) : `refused ${drawn.replaceAll('0', '')}`;
    };
    for (const { says, stream, count, pixels } of [...deflate, ...edges.deflate])
      expect([says, draw('deflate', stream, count)]).toEqual([says, pixels ?? 'refused ']);
    for (const { says, pixels, encoded } of runs)
      expect([says, draw('run-length', encoded, pixels.length / 4)]).toEqual([says, pixels]);
  });

  test('finds frames in noise, and counts what it throws away', () => {
    const board = boardOf(ROW);
    for (const { says, stream, events } of streams) {
      board.asNew();
      board.receive(bytesOf(stream));
      const discarded = events.filter((event) => /^(too|bad)-/.test(event));
      expect([says, board.discarded()]).toEqual([says, discarded.length]);
    }
  });

  test('shows the test patterns', () => {
    const board = boardOf({ width: 6, height: 3 });
    const talk = new Talk(board);
    for (const { pattern, at, lit } of patterns) {
      expect(talk.say('test-pattern', { pattern, at })).toEqual([]);
      expect([pattern, hexOf(board.display.lit())]).toEqual([pattern, lit]);
    }
  });

  test('lets a strip run', () => {
    const time = new StepTime();
    const board = boardOf({ width: 4, height: 1, time });
    for (const { strip, width, atMs, offset, lit, ...run } of marquees) {
      board.asNew();
      const talk = new Talk(board);
      const pixels = bytesOf(strip);
      const place = { width: pixels.length / 2, height: 1 };
      talk.say('strip-begin', place);
      talk.say('strip-draw', { x: 0, y: 0, ...place, encoding: 'raw', pixels });
      expect(talk.say('marquee-run', { strip: crc32(pixels), x: 0, y: 0, width, ...run })).toEqual([]);
      expect(talk.say('commit', { crc: board.display.drawnCrc() })).toEqual([]);
      time.goTo(time.now() + atMs);
      expect([board.display.marquee.offset(), hexOf(board.display.lit())]).toEqual([offset, lit]);
    }
  });
});

test.runIf(sodium)('the C board knows the signature of its maker', () => {
  const board = boardOf({ ...ROW, update: { key: MAKER_KEY } });
  const talk = new Talk(board);
  expect(talk.say('update-begin', update)).toEqual([]);
  expect(talk.say('update-begin', { ...update, version: update.version + 1 })).toEqual([
    expect.stringContaining('code=11'),
  ]);
});
