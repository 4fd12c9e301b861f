import { constants, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { decodeDeflate } from '../../../firmware-protocol/serial/deflate.ts';
import { CBoard } from '../../../scripts/virtual-board/c-board.ts';
import { compiler } from '../../../scripts/virtual-board/c-board-program.ts';
import { Talk } from './talk.ts';

/**
 * Whole pages through the inflate of the C board and through zlib, which SPEC 7 makes the judge: the same streams are read,
 * to the same pixels, and the same are refused, which then draw nothing. More: PRAKAT_FUZZ_RUNS.
 */
const RUNS = 10 * Number(process.env.PRAKAT_FUZZ_RUNS ?? 50);
const SIZE = { width: 64, height: 32, maxBody: 4_096 };
const PIXELS = SIZE.width * SIZE.height;
const SANITIZED = { flags: ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'] };

const { Z_DEFAULT_STRATEGY, Z_FILTERED, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE } = constants;

/** Bytes as pictures have them, and as they have them not: few values, runs, repeats at a distance, noise. */
const content = fc
  .record({
    values: fc.integer({ min: 1, max: 256 }),
    run: fc.integer({ min: 1, max: 300 }),
    back: fc.integer({ min: 1, max: 2 * PIXELS }),
    seed: fc.nat(),
    repeats: fc.integer({ min: 0, max: 100 }),
  })
  .map(({ values, run, back, seed, repeats }) => {
    const bytes = new Uint8Array(2 * PIXELS);
    let state = seed;
    for (let at = 0; at < bytes.length; ) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      const copies = (state >>> 8) % 100 < repeats && at >= back;
      const end = Math.min(bytes.length, at + 1 + ((state >>> 16) % run));
      if (copies) bytes.copyWithin(at, at - back, Math.min(end - back, at));
      else bytes.fill((state >>> 11) % values, at, end);
      at = copies ? Math.min(end, at + back) : end;
    }
    return bytes;
  });

const stream = fc
  .record({
    bytes: content,
    level: fc.integer({ min: 0, max: 9 }),
    strategy: fc.constantFrom(Z_DEFAULT_STRATEGY, Z_FILTERED, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE),
    memLevel: fc.integer({ min: 1, max: 9 }),
    /** Bits turned over: most near the front, where the code tables stand. */
    wounds: fc.oneof(
      fc.constant([]),
      fc.array(fc.tuple(fc.boolean(), fc.nat(), fc.integer({ min: 0, max: 7 })), {
        minLength: 1,
        maxLength: 3,
      }),
    ),
    cut: fc.oneof({ weight: 12, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 9 })),
  })
  .map(({ bytes, wounds, cut, ...how }) => {
    const whole = deflateRawSync(bytes, how);
    for (const [early, at, bit] of wounds) {
      const place = at % Math.min(whole.length, early ? 90 : Number.POSITIVE_INFINITY);
      whole[place] = (whole[place] ?? 0) ^ (1 << bit);
    }
    return Uint8Array.from(whole.subarray(0, whole.length - cut));
  })
  .filter(({ length }) => length <= SIZE.maxBody - 9);

describe.runIf(compiler() !== undefined)('deflate on the C board', () => {
  test(
    'is what zlib says',
    () => {
      const board = new CBoard(SIZE, SANITIZED);
      onTestFinished(() => board.close());
      const talk = new Talk(board);
      const region = { x: 0, y: 0, width: SIZE.width, height: SIZE.height, encoding: 'deflate' } as const;
      let [read, refused] = [0, 0];
      const property = fc.property(stream, (pixels) => {
        const before = Buffer.from(board.moment().drawn);
        const expected = decodeDeflate(pixels, PIXELS);
        const answers = talk.say('draw-region', { ...region, pixels });
        const drawn = Buffer.from(board.moment().drawn);
        if (expected === undefined) expect(answers).toEqual([expect.stringContaining('code=6')]);
        else expect(answers).toEqual([]);
        expect(drawn.equals(expected ?? before)).toBe(true);
        if (expected === undefined) refused++;
        else read++;
      });
      fc.assert(property, { numRuns: RUNS });
      // Both kinds were met, else nothing was judged.
      expect(Math.min(read, refused), `${read} read, ${refused} refused`).toBeGreaterThan(RUNS / 10);
    },
    60_000 + RUNS * 50,
  );
});
