import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Chain } from '../../../../device/panel/geometry/chain.ts';
import type { QuarterTurns } from '../../../../device/panel/geometry/rotation.ts';
import {
  lampAt,
  lampOrder,
  pictureSize,
  pixelOf,
  type SignGeometry,
} from '../../../../device/panel/geometry/sign-geometry.ts';

const PLAIN: Chain = { start: 'top-left', along: 'rows', serpentine: false };

const sign = (changes: Partial<SignGeometry>): SignGeometry => ({
  module: { width: 3, height: 2 },
  modules: { columns: 1, rows: 1 },
  chain: PLAIN,
  lamps: PLAIN,
  flipsEverySecondRun: false,
  turns: 0,
  ...changes,
});

/** The numbers of the lamps as the street sees them. */
function drawing(geometry: SignGeometry): string[] {
  const { width, height } = pictureSize(geometry);
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => String(lampAt(geometry, x, y)).padStart(2)).join(' '),
  );
}

describe('lamps of one module', () => {
  test.each<[string, Partial<Chain>, string[]]>([
    ['row by row', {}, [' 0  1  2', ' 3  4  5']],
    ['serpentine', { serpentine: true }, [' 0  1  2', ' 5  4  3']],
    ['from the top right', { start: 'top-right' }, [' 2  1  0', ' 5  4  3']],
    ['from the bottom left', { start: 'bottom-left' }, [' 3  4  5', ' 0  1  2']],
    ['by columns', { along: 'columns' }, [' 0  2  4', ' 1  3  5']],
    [
      'by columns from the bottom right, serpentine',
      { start: 'bottom-right', along: 'columns', serpentine: true },
      [' 5  2  1', ' 4  3  0'],
    ],
  ])('%s', (_, lamps, expected) => {
    expect(drawing(sign({ lamps: { ...PLAIN, ...lamps } }))).toEqual(expected);
  });
});

describe('modules', () => {
  const four = { module: { width: 2, height: 2 }, modules: { columns: 2, rows: 2 } };

  test('row by row', () => {
    expect(drawing(sign(four))).toEqual([' 0  1  4  5', ' 2  3  6  7', ' 8  9 12 13', '10 11 14 15']);
  });

  test('serpentine: the second row comes back', () => {
    const chain = { ...PLAIN, serpentine: true };
    expect(drawing(sign({ ...four, chain }))).toEqual([
      ' 0  1  4  5',
      ' 2  3  6  7',
      '12 13  8  9',
      '14 15 10 11',
    ]);
  });

  test('serpentine with short cables: the modules of the second row hang upside down', () => {
    const chain = { ...PLAIN, serpentine: true };
    expect(drawing(sign({ ...four, chain, flipsEverySecondRun: true }))).toEqual([
      ' 0  1  4  5',
      ' 2  3  6  7',
      '15 14 11 10',
      '13 12  9  8',
    ]);
  });

  test('by columns from the bottom left', () => {
    const chain: Chain = { start: 'bottom-left', along: 'columns', serpentine: false };
    expect(drawing(sign({ ...four, chain }))).toEqual([
      ' 4  5 12 13',
      ' 6  7 14 15',
      ' 0  1  8  9',
      ' 2  3 10 11',
    ]);
  });
});

describe('the whole sign turned clockwise', () => {
  test.each<[QuarterTurns, string[]]>([
    [0, [' 0  1  2', ' 3  4  5']],
    [1, [' 3  0', ' 4  1', ' 5  2']],
    [2, [' 5  4  3', ' 2  1  0']],
    [3, [' 2  5', ' 1  4', ' 0  3']],
  ])('by %d quarters', (turns, expected) => {
    expect(drawing(sign({ turns }))).toEqual(expected);
  });
});

const chains = fc.record<Chain>({
  start: fc.constantFrom('top-left', 'top-right', 'bottom-left', 'bottom-right'),
  along: fc.constantFrom('rows', 'columns'),
  serpentine: fc.boolean(),
});
const signs = fc.record<SignGeometry>({
  module: fc.record({ width: fc.integer({ min: 1, max: 7 }), height: fc.integer({ min: 1, max: 7 }) }),
  modules: fc.record({ columns: fc.integer({ min: 1, max: 5 }), rows: fc.integer({ min: 1, max: 5 }) }),
  chain: chains,
  lamps: chains,
  flipsEverySecondRun: fc.boolean(),
  turns: fc.constantFrom(0, 1, 2, 3),
});

test('every pixel has one lamp of its own, and the way back finds it', () => {
  fc.assert(
    fc.property(signs, (geometry) => {
      const { width, height } = pictureSize(geometry);
      const order = lampOrder(geometry);
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: width * height }, (_, n) => n));
      order.forEach((pixel, lamp) => {
        const [x, y] = [pixel % width, Math.floor(pixel / width)];
        expect(lampAt(geometry, x, y)).toBe(lamp);
        expect(pixelOf(geometry, lamp)).toEqual({ x, y });
      });
    }),
    { numRuns: 200 },
  );
});

test('a serpentine chain without flipped modules never leaves the neighbour', () => {
  fc.assert(
    fc.property(signs, (geometry) => {
      const one = {
        ...geometry,
        modules: { columns: 1, rows: 1 },
        lamps: { ...geometry.lamps, serpentine: true },
      };
      const lamps = one.module.width * one.module.height;
      for (let lamp = 1; lamp < lamps; lamp++) {
        const [a, b] = [pixelOf(one, lamp - 1), pixelOf(one, lamp)];
        expect(Math.abs(a.x - b.x) + Math.abs(a.y - b.y)).toBe(1);
      }
    }),
  );
});
