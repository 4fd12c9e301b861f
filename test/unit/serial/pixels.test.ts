import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedRegions, type Region, wholePage } from '../../../device/board/board-diff.ts';
import { drawRegion } from '../../../device/board/board-draw.ts';
import { type BoardPage, boardPage } from '../../../device/board/board-pixels.ts';
import { crc32 } from '../../../firmware-protocol/serial/crc32.ts';
import { decodeRuns, encodeRuns } from '../../../firmware-protocol/serial/pixels.ts';
import { BoardDisplay } from '../../../scripts/virtual-board/board-display.ts';

const WIDTH = 19;
const HEIGHT = 11;
/** Few colours, so that there are runs. */
const page: fc.Arbitrary<BoardPage> = fc
  .array(fc.constantFrom(0, 0xff, 0x3c), { minLength: WIDTH * HEIGHT * 2, maxLength: WIDTH * HEIGHT * 2 })
  .map((bytes) => ({ width: WIDTH, height: HEIGHT, pixels: Uint8Array.from(bytes) }));
const bodyBytes = fc.integer({ min: 10, max: 600 });

describe('run-length encoding', () => {
  test('gives back any pixels, never much longer than raw', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 1_200 }), (values) => {
        const pixels = Uint8Array.from(values.flatMap((value) => [value >> 1, value]));
        const runs = encodeRuns(pixels);
        expect(decodeRuns(runs, values.length)).toEqual(pixels);
        expect(runs.length).toBeLessThanOrEqual(pixels.length + Math.ceil(values.length / 128));
      }),
    );
  });

  test('a dark row of 128 pixels is three bytes', () => {
    expect(encodeRuns(new Uint8Array(256))).toEqual(Uint8Array.of(254, 0, 0));
  });

  test('noise is pixels of exactly the count, or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 0, max: 500 }), (data, count) => {
        const pixels = decodeRuns(data, count);
        if (pixels !== undefined) expect(pixels.length).toBe(count * 2);
      }),
    );
  });
});

test('RGB888 loses its lower bits and nothing else', () => {
  const { pixels } = boardPage({ width: 2, height: 1, rgb: Uint8Array.of(0xff, 0, 0x08, 0x07, 0xfc, 0xf7) });
  expect([...pixels]).toEqual([0xf8, 0x01, 0x07, 0xfe]);
});

test('a page drawn over another by what changed is that page, for any limit of body size', () => {
  fc.assert(
    fc.property(page, page, bodyBytes, fc.boolean(), (from, to, limit, runs) => {
      const display = new BoardDisplay({ width: WIDTH, height: HEIGHT });
      const encodings = runs ? (['raw', 'run-length'] as const) : (['raw'] as const);
      const draw = (target: BoardPage, region: Region): void => {
        for (const body of drawRegion(target, region, { encodings, bodyBytes: () => limit })) {
          expect(body.pixels.length + 9).toBeLessThanOrEqual(Math.max(limit, 11));
          expect(display.draw(body)).toBeUndefined();
        }
      };
      draw(from, wholePage(from));
      for (const region of changedRegions(from, to)) draw(to, region);
      expect(display.commit(crc32(to.pixels))).toBeUndefined();
      expect(display.pixels()).toEqual(to.pixels);
    }),
  );
});

test('equal pages have no changed region', () => {
  fc.assert(fc.property(page, (one) => changedRegions(one, one).length === 0));
});
