import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cBoardProgram, compiler } from '../../../scripts/virtual-board/c-board-program.ts';
import type { VirtualBoardOptions } from '../../../scripts/virtual-board/virtual-board-options.ts';
import { MadHost, plans } from './host-frames.ts';
import { CBoard, TypeScriptBoard } from './lockstep.ts';

/**
 * The C board and the TypeScript board, written apart from one SPEC, held against each other: the same bytes to both, and
 * both say the same bytes, hold the same pages and light the same lamps. More cases: PRAKAT_FUZZ_RUNS=5000.
 */
const RUNS = Number(process.env.PRAKAT_FUZZ_RUNS ?? 60);
const STEPS = 60;
const SANITIZERS = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];

const boards: [string, VirtualBoardOptions][] = [
  ['with everything', { width: 16, height: 8, maxBody: 600, slots: 3, stripPixels: 400, rates: ['230400'] }],
  [
    'of little memory',
    {
      width: 16,
      height: 8,
      maxBody: 64,
      window: 1,
      holds: 0,
      slots: 0,
      stripPixels: 0,
      encodings: ['raw'],
      fitted: ['display'],
    },
  ],
  [
    'on a shared pair, three lamps a pixel',
    { width: 12, height: 9, address: 7, holds: 4, depth: 'rgb111', slots: 1, stripPixels: 100 },
  ],
  [
    'of one colour',
    { width: 9, height: 5, depth: 'mono', maxBody: 200, holds: 16, stripPixels: 60, slots: 2 },
  ],
];

describe.runIf(compiler() !== undefined)('the C board and the TypeScript board', () => {
  test.each(boards)(
    'a board %s',
    async (_name, options) => {
      const program = cBoardProgram(options, { flags: SANITIZERS }) ?? '';
      const shape = { width: options.width, height: options.height, address: options.address ?? 0 };
      await fc.assert(
        fc.asyncProperty(plans(shape, STEPS), async (all) => {
          const far = new CBoard(program);
          const near = new TypeScriptBoard(options);
          const host = new MadHost(shape);
          for (const plan of all) {
            const strip = near.board.display.marquee.strip();
            const step = host.step(plan, near.board.display.drawn().bytes, strip);
            expect(await far.step(step), JSON.stringify(plan)).toEqual(near.step(step));
          }
          expect(await far.close()).toBe(0);
        }),
        { numRuns: RUNS },
      );
    },
    120_000 + RUNS * 500,
  );

  test('a difference would be seen', async () => {
    const far = new CBoard(cBoardProgram({ width: 16, height: 8 }) ?? '', ['--id', 'ffffffffffffffff']);
    const near = new TypeScriptBoard({ width: 16, height: 8, id: '0000000000000001' });
    const step = new MadHost({ width: 16, height: 8, address: 0 }).step({ do: 'hello' }, new Uint8Array(), {
      bytes: new Uint8Array(),
      height: 0,
    });
    expect(await far.step(step)).not.toEqual(near.step(step));
    await far.close();
  });
});
