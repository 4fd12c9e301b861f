import { describe, expect, test } from 'vitest';
import { errorNow, fixFrom, surer, TIME_LIMITS, trustOf } from '../../../device/time/trust.ts';

describe('trust', () => {
  test.each([
    ['a clock before the floor is known to be wrong', 10, 1_000, 'none'],
    ['a clock at or after the floor may be right', 1_000, 1_000, 'floor'],
  ])('%s', (_name, wall, floor, trust) => {
    expect(trustOf(wall, floor)).toBe(trust);
  });
});

describe('a fix', () => {
  test('is the middle of the round trip, wrong by half of it at most', () => {
    expect(fixFrom(1_000_000, 500, 700)).toEqual({ wall: 1_000_100, monotonic: 700, error_ms: 100 });
  });

  test('is none when the answer took too long, or came before the question', () => {
    expect(fixFrom(1_000_000, 0, TIME_LIMITS.roundTrip_ms + 1)).toBeUndefined();
    expect(fixFrom(1_000_000, 10, 9)).toBeUndefined();
  });

  test('gets less sure with time, at the drift of the crystal', () => {
    const fix = { wall: 0, monotonic: 0, error_ms: 50 };
    expect(errorNow(fix, 24 * 3_600_000)).toBe(50 + 8_640);
  });

  test('is replaced by a surer one, and by a newer one when it has drifted', () => {
    const fast = { wall: 1_000, monotonic: 0, error_ms: 20 };
    const slow = { wall: 2_000, monotonic: 1_000, error_ms: 900 };
    expect(surer(fast, slow)).toBe(fast);
    expect(surer(slow, { ...fast, monotonic: 1_001 })).toMatchObject({ error_ms: 20 });
    const muchLater = { wall: 9, monotonic: 12 * 3_600_000, error_ms: 900 };
    expect(surer(fast, muchLater)).toBe(muchLater);
    expect(surer(undefined, slow)).toBe(slow);
  });
});
