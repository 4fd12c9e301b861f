import { describe, expect, it } from 'vitest';
import { dbfsOf, peakOf, verdictOf } from '../../../server/console/sound/level.ts';
import { peaksOf } from '../../../server/console/sound/peaks.ts';
import { moved } from '../../../server/console/sound/sound.ts';
import { cutWithin, joined, partOf, secondsOf } from '../../../server/console/sound/take.ts';
import { wavOf } from '../../../server/console/sound/wav.ts';

const take = { samples: Float32Array.from({ length: 1_000 }, (_, at) => at / 1_000), rateHz: 100 };

describe('a take', () => {
  it('is put together in order, and cut where it was marked', () => {
    expect([...joined([Float32Array.of(1, 2), Float32Array.of(), Float32Array.of(3)])]).toEqual([1, 2, 3]);
    expect(secondsOf(take)).toBe(10);
    const part = partOf(take, { from: 2, until: 3.5 });
    expect([part.samples.length, part.samples[0]]).toEqual([150, take.samples[200]]);
  });

  it.each([
    ['beyond its ends', { from: -1, until: 99 }, { from: 0, until: 10 }],
    ['too short', { from: 4, until: 4.1 }, { from: 4, until: 4.5 }],
    ['too short at its end', { from: 9.9, until: 10 }, { from: 9.5, until: 10 }],
    ['the wrong way round', { from: 6, until: 2 }, { from: 6, until: 6.5 }],
  ])('is cut to what it has where the cut is %s', (_what, asked, cut) => {
    expect(cutWithin(10, asked)).toEqual(cut);
  });

  it('that is shorter than the shortest cut is kept whole', () => {
    expect(cutWithin(0.2, { from: 0.1, until: 0.15 })).toEqual({ from: 0, until: 0.2 });
  });
});

describe('a WAV', () => {
  it('has a header that tells what follows, and samples that do not run over', async () => {
    const bytes = new DataView(await wavOf(Float32Array.of(0, 1, -1, 2, 0.5), 24_000).arrayBuffer());
    const text = (at: number, length: number) =>
      String.fromCharCode(...new Uint8Array(bytes.buffer, at, length));
    expect([text(0, 4), text(8, 8), text(36, 4)]).toEqual(['RIFF', 'WAVEfmt ', 'data']);
    expect([bytes.getUint32(4, true), bytes.getUint32(24, true), bytes.getUint32(40, true)]).toEqual([
      bytes.byteLength - 8,
      24_000,
      10,
    ]);
    const samples = [0, 1, 2, 3, 4].map((at) => bytes.getInt16(44 + 2 * at, true));
    expect(samples).toEqual([0, 32_767, -32_768, 32_767, 16_384]);
  });
});

describe('the level', () => {
  it('is told in a word', () => {
    expect(dbfsOf(1)).toBe(0);
    expect(dbfsOf(0)).toBe(-60);
    expect([0.001, 0.1, 0.99].map((peak) => verdictOf(dbfsOf(peak)))).toEqual([
      'levelLow',
      'levelGood',
      'levelHigh',
    ]);
    expect(peakOf(Float32Array.of(0.1, -0.75, 0.5))).toBe(0.75);
  });

  it('of a drawing is the highest of each stretch, with its sign', () => {
    const samples = Float32Array.of(0, 0.25, -0.5, 0.1, 0, 0.75);
    expect([...peaksOf(samples, 3)]).toEqual([0.25, -0.5, 0.75]);
    expect(peaksOf(samples, 100)).toHaveLength(6);
    expect(peaksOf(new Float32Array(), 10)).toHaveLength(0);
  });
});

it('sounds change places with their neighbours, and stay at the ends', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((title) => ({ sha256: title, title, ms: 1_000 }));
  if (a === undefined || b === undefined || c === undefined) throw new Error('never');
  expect(moved([a, b, c], 0, 1)).toEqual([b, a, c]);
  expect(moved([a, b, c], 0, -1)).toEqual([a, b, c]);
  expect(moved([a, b, c], 2, 1)).toEqual([a, b, c]);
});
