import { describe, expect, test } from 'vitest';
import { DeviceError } from '../../../device/errors.ts';
import { powerProof } from '../../../device/proof/power-proof.ts';
import { ProvenPerformer } from '../../../device/proof/proven-performer.ts';
import { TappedPlayer } from '../../../device/proof/tapped-player.ts';
import { makeChime } from '../../../device/tower/chime.ts';
import { TowerPerformer } from '../../../device/tower/tower-performer.ts';
import { proofOf } from '../../../firmware-protocol/content/proof.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';
import { RULES, setBench } from '../amplifier/stage.ts';
import { FakeDecoder, FakePlayer } from '../tower/fake-sound.ts';
import { signal, toneOf, towerPlay } from '../tower/tower-stage.ts';

/** A tower with an amplifier that measures, and a sound card, on a virtual clock. */
function setTower() {
  const bench = setBench();
  const { clock, amplifier, power, rules } = bench;
  const player = new TappedPlayer(new FakePlayer(clock), clock);
  const performer = new TowerPerformer({
    ...{
      player,
      amplifier,
      decoder: new FakeDecoder(),
      chime: makeChime,
      clock,
      log: silentLog,
      sound: { gainDb: 0 },
    },
    ensureMedia: async ({ sha256 }) => `tone-${Number(sha256)}`,
  });
  const proven = new ProvenPerformer({ performer, player, power: { log: power, rules }, clock });
  const play = async (ms: number) => {
    const said = towerPlay(clock, { parts: [toneOf(ms)] });
    const performance = await proven.prepare(said, undefined, signal().signal);
    const performed = performance.perform(signal().signal);
    await clock.advance(ms + 5_000);
    return performed;
  };
  return { ...bench, play };
}

describe('the proof of a play', () => {
  test('says how loud it was, when power was on, and what flowed', async () => {
    const { bench, play } = setTower();
    bench.senses = false;
    const { end, tower } = await play(5_000);
    expect(end).toBe('finished');
    expect(tower).toMatchObject({
      ...{ amplifier: 'on', hottest_c: 40 },
      relay: { on_ms: 0, settled_ms: 0, off_ms: tower?.ms },
      current_ma: { min: 850, median: 850, max: 850, readings: 5 },
    });
    expect(tower?.rms_cdbfs).toBeLessThan((tower?.peak_cdbfs ?? 0) - 250);
    expect(tower && proofOf(tower)).toBe('powered');
  });

  test('says that nobody heard it when no current flowed (F36)', async () => {
    const { bench, play, warnings } = setTower();
    bench.drawsAmperes = 0.004;
    const { end, tower } = await play(6_000);
    expect(end).toBe('finished');
    expect(tower).toMatchObject({ amplifier: 'failed', current_ma: { max: 4 } });
    expect(tower && proofOf(tower)).toBe('not-heard');
    expect(warnings.codes()).toEqual(['amplifier-no-current']);
  });

  test('says nothing of an amplifier that measures nothing and has no contact', async () => {
    const { bench, play } = setTower();
    Object.assign(bench, { senses: false, drawsAmperes: undefined });
    const { tower } = await play(3_000);
    expect(tower?.amplifier).toBe('not-known');
    expect(tower).not.toHaveProperty('current_ma');
    expect(tower).not.toHaveProperty('heard');
    expect(tower && proofOf(tower)).toBe('sent');
  });

  test('says that the relay was lost on the way', async () => {
    const { bench, play } = setTower();
    Object.assign(bench, { senses: false, faults: ['relay-lost'] });
    const { tower } = await play(3_000);
    expect(tower?.amplifier).toBe('failed');
  });

  test('says that power was lost in the middle, whatever flowed before', async () => {
    const { clock, bench, amplifier, power } = setBench();
    await amplifier.on();
    await clock.advance(5_000);
    bench.drawsAmperes = 0.004;
    await clock.advance(2_000);
    expect(powerProof(power, RULES, 0, 7_000)).toMatchObject({ amplifier: 'on' });
    await clock.advance(1_000);
    expect(powerProof(power, RULES, 0, 8_000)).toMatchObject({
      amplifier: 'failed',
      current_ma: { max: 850 },
    });
  });

  test('does not know what an amplifier did that answers no more', async () => {
    const { clock, bench, amplifier, power } = setBench();
    await amplifier.on();
    await clock.advance(5_000);
    bench.measure = () => Promise.reject(new DeviceError('amplifier-failed'));
    await clock.advance(10_000);
    expect(powerProof(power, RULES, 0, 15_000)).toMatchObject({ amplifier: 'not-known' });
    // What had sounded before is as sure as it was.
    expect(powerProof(power, RULES, 0, 5_000)).toMatchObject({ amplifier: 'on' });
  });

  test('keeps to one reading no verdict', async () => {
    const { clock, bench, amplifier, power } = setBench();
    bench.drawsAmperes = 0;
    await amplifier.on();
    await clock.advance(600);
    expect(powerProof(power, RULES, 0, 600)).toMatchObject({ current_ma: { readings: 1 } });
    expect(powerProof(power, RULES, 0, 600)).not.toHaveProperty('amplifier');
  });

  test('does not know what an amplifier did that never said that it came on', () => {
    const { power } = setBench();
    power.on(0);
    expect(powerProof(power, RULES, 500, 4_000)).toEqual({
      relay: { on_ms: -500 },
      amplifier: 'not-known',
    });
    power.settled(600);
    expect(powerProof(power, RULES, 500, 4_000)).not.toHaveProperty('amplifier');
  });

  test('knows nothing of a time when it was off', () => {
    expect(powerProof(setBench().power, RULES, 0, 1_000)).toEqual({});
  });
});
