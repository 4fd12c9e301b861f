import { describe, expect, test } from 'vitest';
import { amplifierFacts } from '../../../device/amplifier/amplifier-health.ts';
import { setBench } from './stage.ts';

const MINUTE = 60_000;

describe('an amplifier that is looked after', () => {
  test('is switched off when the agent starts, and told again until it obeys', async () => {
    const { clock, bench, amplifier, warnings } = setBench();
    bench.answers = false;
    amplifier.begin();
    await clock.advance(14_000);
    expect(warnings.codes()).toEqual([]);
    await clock.advance(6_000);
    expect(warnings.codes()).toEqual(['amplifier-failed']);
    bench.answers = true;
    await clock.advance(2 * MINUTE);
    expect(bench.told.length).toBeGreaterThanOrEqual(3);
    expect(new Set(bench.told)).toEqual(new Set(['off']));
    expect(warnings.codes()).toEqual([]);
    const told = bench.told.length;
    await clock.advance(10 * MINUTE);
    expect(bench.told).toHaveLength(told);
  });

  test('whose board is slow to say hello is no warning, and is told off as soon as it has come', async () => {
    const { clock, bench, amplifier, changes } = setBench();
    bench.answers = false;
    amplifier.begin();
    await clock.advance(12_000);
    Object.assign(bench, { answers: true, contact: 'on' });
    bench.comes();
    await clock.advance(0);
    expect(bench.contact).toBe('off');
    await clock.advance(5 * MINUTE);
    expect(changes).toEqual([]);
  });

  test('whose board was away is no warning any more as soon as it has come', async () => {
    const { clock, bench, amplifier, changes } = setBench();
    amplifier.begin();
    await amplifier.on();
    bench.answers = false;
    await expect(amplifier.off()).rejects.toMatchObject({ code: 'amplifier-failed' });
    await clock.advance(10_000);
    bench.answers = true;
    bench.comes();
    await clock.advance(0);
    expect(changes).toEqual(['+amplifier-failed', '-amplifier-failed']);
    const told = bench.told.length;
    bench.comes();
    await clock.advance(0);
    expect(bench.told).toHaveLength(told);
  });

  test('whose contact is welded shut is told of in the first seconds', async () => {
    const { clock, bench, amplifier, warnings } = setBench();
    Object.assign(bench, { stuck: 'on', contact: 'on' });
    amplifier.begin();
    await clock.advance(6_000);
    expect(warnings.codes()).toEqual(['amplifier-failed', 'amplifier-stuck']);
  });

  test('remembers when it was on, and what it drew', async () => {
    const { clock, amplifier, power } = setBench();
    await clock.advance(1_000);
    await amplifier.on();
    await clock.advance(5_000);
    await amplifier.off();
    expect(power.at(3_000)).toMatchObject({ onAt: 1_000, settledAt: 1_000, offAt: 6_000 });
    expect(power.at(3_000)?.readings.map(({ at }) => at)).toEqual([1_500, 2_500, 3_500, 4_500, 5_500]);
    expect(power.at(500)).toBeUndefined();
    expect(amplifierFacts(power, clock.monotonic())).toEqual({
      ...{ on: false, on_s: 5, current_ma: 850, temperature_c: 40 },
    });
  });

  test('that has no meter is asked once each time it is on', async () => {
    const { clock, bench, amplifier, power } = setBench();
    bench.drawsAmperes = undefined;
    await amplifier.on();
    await clock.advance(10_000);
    expect(power.last).toBeUndefined();
    await amplifier.off();
  });

  test('leaves no timer behind', async () => {
    const { clock, amplifier } = setBench();
    amplifier.begin();
    await amplifier.on();
    await clock.advance(3_000);
    await amplifier.off();
    amplifier.stop();
    await clock.advance(10_000);
    expect(clock.pending()).toBe(0);
  });
});

describe('what is wrong with an amplifier (F36)', () => {
  test('it is told on and draws nothing: the fuse is blown', async () => {
    const { clock, bench, amplifier, changes } = setBench();
    bench.drawsAmperes = 0;
    await amplifier.on();
    await clock.advance(2_000);
    expect(changes).toEqual([]);
    await clock.advance(2_000);
    expect(changes).toEqual(['+amplifier-no-current']);
    bench.drawsAmperes = 0.4;
    await clock.advance(2_000);
    expect(changes).toEqual(['+amplifier-no-current', '-amplifier-no-current']);
  });

  test('it is told off and draws on, though no contact says so: told again each minute until it is off', async () => {
    const { clock, bench, amplifier, changes } = setBench();
    bench.senses = false;
    await amplifier.on();
    bench.stuck = 'on';
    await clock.advance(5_000);
    await amplifier.off();
    await clock.advance(5 * MINUTE);
    expect(changes).toEqual(['+amplifier-stuck']);
    expect(bench.told.filter((power) => power === 'off').length).toBeGreaterThanOrEqual(4);
    bench.stuck = undefined;
    await clock.advance(3 * MINUTE);
    expect(bench.contact).toBe('off');
    expect(changes).toEqual(['+amplifier-stuck', '-amplifier-stuck']);
  });

  test('its contact stays closed', async () => {
    const { clock, bench, amplifier, warnings } = setBench();
    await amplifier.on();
    bench.stuck = 'on';
    await expect(amplifier.off()).rejects.toMatchObject({ code: 'amplifier-failed' });
    expect(warnings.codes()).toEqual(['amplifier-failed', 'amplifier-stuck']);
    bench.stuck = undefined;
    await clock.advance(3 * MINUTE);
    expect(warnings.codes()).toEqual([]);
  });

  test('its contact stays open', async () => {
    const { bench, amplifier, warnings } = setBench();
    bench.stuck = 'off';
    await expect(amplifier.on()).rejects.toMatchObject({ code: 'amplifier-failed' });
    expect(warnings.codes()).toEqual(['amplifier-failed', 'amplifier-no-current']);
    bench.stuck = undefined;
    await amplifier.on();
    expect(warnings.codes()).toEqual([]);
  });

  test('one reading while the relay moves tells nothing', async () => {
    const { clock, bench, amplifier, changes } = setBench();
    await amplifier.on();
    await clock.advance(2_000);
    bench.drawsAmperes = 0;
    await clock.advance(1_000);
    bench.drawsAmperes = 0.8;
    await clock.advance(5_000);
    expect(changes).toEqual([]);
  });

  test('it is hot until it is ten degrees cooler', async () => {
    const { clock, bench, amplifier, changes } = setBench();
    bench.temperatureC = 81;
    await amplifier.on();
    await clock.advance(2_000);
    bench.temperatureC = 72;
    await clock.advance(2_000);
    expect(changes).toEqual(['+amplifier-hot']);
    bench.temperatureC = 69;
    await clock.advance(2_000);
    expect(changes).toEqual(['+amplifier-hot', '-amplifier-hot']);
  });

  test('another fault is another warning', async () => {
    const { clock, bench, amplifier, changes } = setBench();
    bench.faults = ['open-load'];
    await amplifier.on();
    await clock.advance(2_000);
    bench.faults = ['short-circuit'];
    await clock.advance(2_000);
    expect(changes).toEqual(['+amplifier-fault', '-amplifier-fault', '+amplifier-fault']);
  });
});
