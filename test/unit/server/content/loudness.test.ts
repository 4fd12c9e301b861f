import { describe, expect, it } from 'vitest';
import { betterPlan, LOUDNESS, planFor } from '../../../../server/content/loudness.ts';

describe('plan for a loudness', () => {
  it('is a gain alone where no peak is in the way', () => {
    expect(planFor({ lufs: -20, truePeakDbtp: -12 })).toEqual({ gainDb: 4 });
  });

  it('has a limiter, below the true peak by what Opus adds, where one is', () => {
    expect(planFor({ lufs: -22, truePeakDbtp: -6 })).toEqual({ gainDb: 6, limitDb: -2.5 });
  });

  it('is good enough within half a unit and below the peak', () => {
    expect(betterPlan({ gainDb: 6 }, { lufs: -16.4, truePeakDbtp: -1.5 })).toBeUndefined();
  });

  it('gives back what the limiter took', () => {
    expect(betterPlan({ gainDb: 6, limitDb: -2.5 }, { lufs: -17, truePeakDbtp: -2 })).toEqual({
      gainDb: 7.2,
      limitDb: -2.5,
    });
  });

  it('limits lower where the codec overshot', () => {
    expect(betterPlan({ gainDb: 6 }, { lufs: LOUDNESS.targetLufs, truePeakDbtp: -0.5 })).toEqual({
      gainDb: 6,
      limitDb: -3.5,
    });
  });
});
