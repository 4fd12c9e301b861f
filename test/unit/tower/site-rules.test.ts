import { describe, expect, it } from 'vitest';
import { bandGainsOf, TowerConfig } from '../../../device/config/tower.ts';
import type { Play } from '../../../device/playout/play.ts';
import { framesOf } from '../../../device/tower/score.ts';
import type { SoundRules } from '../../../device/tower/tower-performer.ts';
import type { TowerContent } from '../../../firmware-protocol/content/announcement.ts';
import type { Band } from '../../../firmware-protocol/content/band.ts';
import { tone } from './fake-sound.ts';
import { setTowerStage, signal, toneOf, towerPlay } from './tower-stage.ts';

interface Asked {
  band?: Band;
  said?: Partial<TowerContent>;
  at?: number;
  latest?: number;
  settleMs?: number;
}

async function performed(sound: Partial<SoundRules>, { band = 40, said, at, latest, settleMs }: Asked) {
  const stage = setTowerStage({ sound });
  stage.amplifier.settleMs = settleMs ?? 50;
  const play: Play = {
    ...towerPlay(stage.clock, { chime: 'none', parts: [toneOf(300)], ...said }),
    band,
    ...(at !== undefined && { startAt: stage.clock.wall() + at }),
  };
  const performance = await stage.tower.prepare(play, undefined, signal().signal);
  const performing = performance.perform(signal().signal, at, latest);
  await stage.clock.advance(20_000);
  const { end, firstAt, tower } = await performing;
  const [voice] = stage.player.voices;
  const samples = voice?.samples() ?? new Int16Array(0);
  const silent = samples.findIndex((sample) => sample !== 0);
  return { end, firstAt, tower, samples, soundsAt: (voice?.chunks[0]?.at ?? Number.NaN) + silent / 48 };
}

const peakOf = (samples: Int16Array) => samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
const inDb = (ratio: number) => 20 * Math.log10(ratio);

describe('loudness', () => {
  const rules = {
    gainDb: -6,
    bandGainDb: { 50: 3, 90: 4 },
    ceilingDb: (band: Band) => (band < 80 ? -8 : 12),
  };

  it.each([
    ['of the site', { gainDb: -6 }, 40, -6],
    ['of the band comes on top', { gainDb: -6, bandGainDb: { 50: 3 } }, 50, -3],
    ['is bound by the law of the hour', rules, 50, -8],
    ['of an alert is not, where the law says so', rules, 90, -2],
  ] as const)('%s', async (_name, sound, band, db) => {
    const { samples } = await performed(sound, { band });
    expect(inDb(peakOf(samples) / peakOf(tone(300)))).toBeCloseTo(db, 1);
  });

  it('is written down by the names of the bands', () => {
    const tower = TowerConfig.parse({ band_gain_db: { relay: 3, alert: 4.5 } });
    expect(bandGainsOf(tower)).toEqual({ 50: 3, 90: 4.5 });
    expect(TowerConfig.safeParse({ band_gain_db: { relais: 3 } }).success).toBe(false);
  });
});

describe('an offset against echo', () => {
  const sound = { staggerMs: 875 };

  it.each([
    ['a notice begins after its instant by it', 40, {}, 2_875],
    ['a ceremony does not', 80, {}, 2_000],
    ['a ceremony does where it says so', 80, { staggered: true }, 2_875],
    ['a notice does not where it says so', 40, { staggered: false }, 2_000],
  ] as const)('%s', async (_name, band, said, soundsAt) => {
    const heard = await performed(sound, { band, said, at: 2_000 });
    expect(heard.soundsAt).toBeCloseTo(soundsAt, 1);
    expect(heard.firstAt).toBeCloseTo(soundsAt, 1);
  });

  it('is nothing to what has no instant', async () => {
    const { soundsAt } = await performed(sound, { settleMs: 0 });
    expect(soundsAt).toBeLessThan(200);
  });

  it('counts in whole frames', async () => {
    const { samples } = await performed({ staggerMs: 1 }, { at: 2_000 });
    expect(samples.findIndex((sample) => sample !== 0)).toBe(framesOf(400));
  });
});

describe('a ceremony whose amplifier comes on late', () => {
  it('within two seconds is heard, as soon as it can be', async () => {
    const { end, soundsAt } = await performed({}, { band: 80, at: 1_000, latest: 3_000, settleMs: 2_500 });
    expect(end).toBe('finished');
    expect(soundsAt).toBeCloseTo(2_500, 0);
  });

  it('later than two seconds is not heard, and told as late', async () => {
    const { end, samples, tower } = await performed(
      {},
      { band: 80, at: 1_000, latest: 3_000, settleMs: 3_500 },
    );
    expect(end).toBe('late');
    expect(samples).toHaveLength(0);
    expect(tower?.frames).toBe(0);
  });

  it('is called earlier where the amplifier is known to be slow', () => {
    expect(setTowerStage({ sound: { settleMs: 2_000 } }).tower.leadMs).toBe(
      setTowerStage().tower.leadMs + 2_000,
    );
  });
});
