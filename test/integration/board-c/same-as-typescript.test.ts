import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { compiler, knowsEd25519 } from '../../../scripts/virtual-board/c-board-program.ts';
import type { VirtualBoardOptions } from '../../../scripts/virtual-board/virtual-board-options.ts';
import { MadHost, plans } from './host-frames.ts';
import { Twins } from './lockstep.ts';
import { MAKER_KEY } from './maker.ts';

/**
 * The C board and the TypeScript board, written apart from one SPEC, held against each other: the same bytes to both, and
 * both say the same bytes, throw away as much, hold the same pages and light the same lamps. More cases, all of them under
 * sanitizers: PRAKAT_FUZZ_RUNS=5000.
 */
const RUNS = Number(process.env.PRAKAT_FUZZ_RUNS ?? 60);
const STEPS = 60;
const SANITIZED = { flags: ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'] };
const isLong = process.env.PRAKAT_FUZZ_RUNS !== undefined;

const cc = compiler();
const update = cc !== undefined && knowsEd25519(cc) ? { update: { key: MAKER_KEY } } : {};

const boards: [string, VirtualBoardOptions][] = [
  [
    'with everything',
    { width: 16, height: 8, maxBody: 600, slots: 3, stripPixels: 400, rates: ['230400'], ...update },
  ],
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

function twins(options: VirtualBoardOptions): Twins {
  const both = new Twins(options, isLong || options.slots === 3 ? SANITIZED : {});
  onTestFinished(() => both.close());
  return both;
}

describe.runIf(cc !== undefined)('the C board and the TypeScript board', () => {
  test.each(boards)(
    'a board %s',
    (_name, options) => {
      const both = twins(options);
      const shape = { width: options.width, height: options.height, address: options.address ?? 0 };
      const property = fc.property(plans(shape, STEPS), (all) => {
        both.asNew();
        const host = new MadHost(shape);
        for (const plan of all) {
          const { display, update: place } = both.typescript;
          const known = { drawn: display.drawn().bytes, strip: display.marquee.strip() };
          const step = host.step(plan, { ...known, received: place?.state().received ?? 0 });
          const { c, typescript } = both.step(step);
          expect(c, JSON.stringify(plan)).toEqual(typescript);
        }
      });
      fc.assert(property, { numRuns: RUNS });
    },
    60_000 + RUNS * 500,
  );

  test('a difference would be seen', () => {
    const both = twins({ width: 16, height: 8, id: 'ffffffffffffffff' });
    both.step({ do: 'wait', ms: 10 });
    both.typescript.restart();
    both.typescript.display.lamps.dark = true;
    both.typescript.display.draw({
      ...{ x: 0, y: 0, width: 1, height: 1 },
      encoding: 'raw',
      pixels: Uint8Array.of(1, 2),
    });
    const { c, typescript } = both.step({ do: 'wait', ms: 1 });
    expect(c).not.toEqual(typescript);
  });
});
