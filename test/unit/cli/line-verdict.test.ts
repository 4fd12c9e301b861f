import { expect, test } from 'vitest';
import type { LineFigures } from '../../../scripts/technician/line-measurement.ts';
import { figureWords, verdictOf } from '../../../scripts/technician/line-verdict.ts';

const CLEAN = { frames: 100, lost: 0, bitErrorRate: 0 };
const line = (other: Partial<LineFigures> = {}): LineFigures => ({
  rate: 115_200,
  roundTripMs: { p50: 4, p99: 6, worst: 9 },
  there: CLEAN,
  back: CLEAN,
  ...other,
});

test.each([
  ['good', line()],
  ['slow', line({ roundTripMs: { p50: 17, p99: 18, worst: 20 } })],
  ['noisy', line({ back: { ...CLEAN, lost: 1 } })],
  ['unknown', line({ back: { ...CLEAN, frames: 0 } })],
  ['dead', line({ there: { ...CLEAN, lost: 100 } })],
  ['dead', { there: { ...CLEAN, frames: 0 }, back: { ...CLEAN, frames: 0 } }],
] as const)('%s', (verdict, figures) => {
  expect(verdictOf(figures)).toBe(verdict);
});

test('the figures in words: what was lost, and what that says of the bits', () => {
  const there = { frames: 200, lost: 3, bitErrorRate: 2.5e-6, goodputBytesPerSecond: 9_800.4 };
  const words = figureWords(line({ there }));
  expect(words.map(({ en }) => en)).toEqual([
    '115200 baud: round trip 4.0 ms (p99 6.0 ms, worst 9.0 ms)',
    '  to the board 3 of 200 frames lost, one bit in 400000 turned over, 9800 B/s',
    '  from the board 0 of 100 frames lost',
  ]);
  expect(words[1]?.th).toBe('  ไปบอร์ด เฟรมหาย 3 จาก 200, ผิดหนึ่งบิตในทุก 400000 บิต, 9800 B/s');
});
