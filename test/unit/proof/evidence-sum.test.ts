import { describe, expect, test } from 'vitest';
import { addProof } from '../../../device/proof/evidence-sum.ts';
import { proofOf } from '../../../firmware-protocol/content/proof.ts';
import type { TowerEvidence } from '../../../firmware-protocol/content/report.ts';

const stretch = (more: Partial<TowerEvidence> = {}): TowerEvidence => ({
  ...{ frames: 48_000, rate_hz: 48_000, ms: 1_000, amplifier: 'not-known', sink: 'alsa', peak_cdbfs: -300 },
  ...more,
});

describe('the proof of a play that was cut and went on', () => {
  test('is of all its stretches', () => {
    const before = stretch({
      rms_cdbfs: -2_000,
      current_ma: { min: 300, median: 400, max: 900, readings: 9 },
      hottest_c: 50,
      relay: { on_ms: -400 },
    });
    const now = stretch({
      rms_cdbfs: -1_400,
      current_ma: { min: 500, median: 600, max: 700, readings: 3 },
      hottest_c: 45,
      relay: { on_ms: -9_000, off_ms: 1_300 },
    });
    expect(addProof(before, now)).toEqual({
      rms_cdbfs: -1_604,
      current_ma: { min: 300, median: 400, max: 900, readings: 12 },
      hottest_c: 50,
      relay: { on_ms: -9_000, off_ms: 1_300 },
    });
  });

  test('is that of the other where one knows nothing', () => {
    const heard = { heard: 'yes', likeness_pct: 80, delay_ms: 400 } as const;
    expect(addProof(stretch(), stretch({ rms_cdbfs: -1_500, heard }))).toEqual({ rms_cdbfs: -1_500, heard });
    expect(addProof(stretch({ rms_cdbfs: -1_500, heard }), stretch())).toEqual({ rms_cdbfs: -1_500, heard });
    expect(addProof(stretch(), stretch())).toEqual({});
  });

  test('does not forget a stretch that nobody heard', () => {
    const no = { heard: 'no', likeness_pct: 4 } as const;
    const yes = { heard: 'yes', likeness_pct: 80 } as const;
    expect(addProof(stretch({ heard: no }), stretch({ heard: yes })).heard).toEqual(no);
  });
});

describe('what is known of a play', () => {
  test.each([
    ['heard', { heard: { heard: 'yes', likeness_pct: 80 }, amplifier: 'failed' }],
    ['powered', { amplifier: 'on' }],
    ['sent', {}],
    ['not-heard', { amplifier: 'failed' }],
    ['not-heard', { amplifier: 'on', heard: { heard: 'no', likeness_pct: 3 } }],
    ['not-heard', { frames: 0 }],
    ['not-heard', { peak_cdbfs: undefined }],
  ] as const)('%s by %j', (proof, evidence) => {
    expect(proofOf(stretch(evidence as Partial<TowerEvidence>))).toBe(proof);
  });
});
