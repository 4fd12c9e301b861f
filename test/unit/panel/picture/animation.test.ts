import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ANIMATION, momentsOf } from '../../../../device/panel/picture/animation.ts';

test('a still picture stands all the time', () => {
  expect(momentsOf([0], 10_000)).toEqual([{ frame: 0, ms: 10_000 }]);
});

test('frames that a line can carry follow one another as they were made, again and again', () => {
  expect(momentsOf([400, 600], 3_000)).toEqual([
    { frame: 0, ms: 400 },
    { frame: 1, ms: 600 },
    { frame: 0, ms: 400 },
    { frame: 1, ms: 600 },
    { frame: 0, ms: 400 },
    { frame: 1, ms: 600 },
  ]);
});

test('of a fast animation frames are left out, its speed stays', () => {
  // Ten frames of 100 ms: at 250 ms the third one is up, at 500 ms the sixth.
  expect(momentsOf(Array(10).fill(100), 1_000).map(({ frame }) => frame)).toEqual([0, 2, 5, 7]);
});

test('frames without a time stand as long as browsers let them', () => {
  const moments = momentsOf(Array(10).fill(0), 1_000);
  expect(moments.map(({ frame }) => frame)).toEqual([0, 2, 5, 7]);
});

test('a long stand is not cut into more screens than memory holds', () => {
  expect(momentsOf(Array(240).fill(100), 300_000).length).toBeLessThanOrEqual(ANIMATION.mostScreens);
});

describe('whatever the file says', () => {
  const files = fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 30 });
  const stands = fc.integer({ min: 1_000, max: 60_000 });

  test('the screens fill the time, few enough, none too short, none twice in a row', () => {
    fc.assert(
      fc.property(files, stands, fc.integer({ min: 1, max: 40 }), (delays, totalMs, most) => {
        const moments = momentsOf(delays, totalMs, most);
        expect(moments.reduce((sum, { ms }) => sum + ms, 0)).toBe(totalMs);
        expect(moments.length).toBeLessThanOrEqual(most);
        for (const [at, { frame, ms }] of moments.entries()) {
          expect(ms).toBeGreaterThanOrEqual(Math.min(totalMs, ANIMATION.leastFrameMs));
          expect(delays[frame]).toBeDefined();
          expect(frame).not.toBe(moments[at - 1]?.frame);
        }
      }),
    );
  });
});
