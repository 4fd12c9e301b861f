import { describe, expect, it } from 'vitest';
import { SAMPLE_RATE_HZ } from '../../../device/sound-ports.ts';
import { makeChime } from '../../../device/tower/chime.ts';
import { fadeIn, fadeOut } from '../../../device/tower/fade.ts';
import { Level } from '../../../device/tower/level.ts';
import { tone } from './fake-sound.ts';

const CEILING = 32_768 * 10 ** (-1 / 20);
const peakOf = (samples: Int16Array) => samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);

describe('chimes', () => {
  const chimes = ['ding', 'attention', 'alert'] as const;

  it.each(chimes)(
    '%s is always the same, begins and ends in silence, and stays below the ceiling',
    (chime) => {
      const samples = makeChime(chime);
      expect(samples).toEqual(makeChime(chime));
      expect(samples[0]).toBe(0);
      expect(samples.at(-1)).toBe(0);
      expect(peakOf(samples)).toBeLessThan(CEILING);
      expect(peakOf(samples)).toBeGreaterThan(32_768 * 10 ** (-9 / 20));
      expect(samples.length / SAMPLE_RATE_HZ).toBeLessThan(5);
    },
  );

  it('are told apart by length, and none is nothing', () => {
    expect(new Set(chimes.map((chime) => makeChime(chime).length)).size).toBe(3);
    expect(makeChime('none').length).toBe(0);
  });

  it('ding dies away; the alert does not', () => {
    const endOf = (samples: Int16Array) => peakOf(samples.subarray(-SAMPLE_RATE_HZ / 5)) / peakOf(samples);
    expect(endOf(makeChime('ding'))).toBeLessThan(0.35);
    expect(endOf(makeChime('alert'))).toBeGreaterThan(0.8);
  });
});

describe('the level', () => {
  it('lets through bit for bit what is below the ceiling', () => {
    const samples = tone(500);
    expect(new Level(0).apply(samples)).toEqual(samples);
  });

  it.each([0, 6, 12, 40])('never lets a sample above -1 dBFS, at %i dB', (gainDb) => {
    const level = new Level(gainDb);
    const loud = Int16Array.from({ length: 48_000 }, (_, i) => (i % 97 < 48 ? 32_767 : -32_768));
    expect(peakOf(level.apply(loud))).toBeLessThanOrEqual(CEILING);
    expect(level.peakCdbfs()).toBeLessThanOrEqual(-100);
    expect(level.peakCdbfs()).toBeGreaterThan(-102);
  });

  it('recovers after a peak', () => {
    const level = new Level(12);
    level.apply(Int16Array.from([32_767]));
    const [sample] = level.apply(Int16Array.from({ length: 48_000 }, () => 1_000)).subarray(-1);
    expect(sample).toBe(Math.trunc(1_000 * 10 ** (12 / 20)));
  });

  it('does not call silence a level', () => {
    const level = new Level(0);
    level.apply(new Int16Array(100));
    expect(level.peakCdbfs()).toBeUndefined();
  });
});

describe('fades', () => {
  const flat = Int16Array.from({ length: 1_000 }, () => 10_000);

  it('rise from and fall to silence, monotonically, and leave the rest', () => {
    const risen = fadeIn(flat, 480);
    const fallen = fadeOut(flat, 480);
    expect(risen[0]).toBe(0);
    expect(fallen.at(-1)).toBe(0);
    expect([...risen]).toEqual([...risen].sort((a, b) => a - b));
    expect([...fallen]).toEqual([...fallen].sort((a, b) => b - a));
    expect(risen.subarray(480)).toEqual(flat.subarray(480));
    expect(fallen.subarray(0, 520)).toEqual(flat.subarray(0, 520));
  });
});
