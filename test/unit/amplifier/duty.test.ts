import { describe, expect, test } from 'vitest';
import { RestingPerformer } from '../../../device/amplifier/resting-performer.ts';
import { ScriptedPerformer } from '../playout/scripted-performer.ts';
import { playOf } from '../playout/stage.ts';
import { signal, toneOf } from '../tower/tower-stage.ts';
import { RULES, setBench } from './stage.ts';

const MINUTE = 60_000;

describe('the rest of an amplifier', () => {
  test('fifteen minutes in an hour, and what would run into the limit does not begin', async () => {
    const { clock, amplifier, duty } = setBench();
    await amplifier.on();
    await clock.advance(8 * MINUTE);
    await amplifier.off();
    expect(duty.refusal(40, 7 * MINUTE, clock.monotonic())).toBeUndefined();
    expect(duty.refusal(40, 8 * MINUTE, clock.monotonic())).toMatchObject({
      code: 'amplifier-rest',
      context: { on_s: 480, within_s: 3_600, rested_in_s: 53 * 60 },
    });
    await clock.advance(53 * MINUTE);
    expect(duty.refusal(40, 8 * MINUTE, clock.monotonic())).toBeUndefined();
  });

  test('alerts and ceremonies pass, also while it is hot', async () => {
    const { clock, bench, amplifier, duty } = setBench();
    bench.temperatureC = 90;
    await amplifier.on();
    await clock.advance(14 * MINUTE);
    for (const band of [70, 60, 50, 40, 20] as const)
      expect(duty.refusal(band, MINUTE, clock.monotonic())?.code).toBe('amplifier-rest');
    for (const band of [80, 90] as const)
      expect(duty.refusal(band, 5 * MINUTE, clock.monotonic())).toBeUndefined();
  });

  test('what is longer than it may ever be on is told as that', () => {
    const { duty } = setBench();
    expect(duty.refusal(60, 11 * MINUTE, 0)).toMatchObject({
      code: 'amplifier-limit',
      context: { most_s: 600 },
    });
    const strict = setBench({ ...RULES, rest: { onMs: 5 * MINUTE, withinMs: 60 * MINUTE } });
    expect(strict.duty.refusal(60, 6 * MINUTE, 0)).toMatchObject({
      code: 'amplifier-limit',
      context: { most_s: 300 },
    });
  });

  test('without a pause it is on no longer than its limit', async () => {
    const { clock, amplifier, duty } = setBench();
    await amplifier.on();
    await clock.advance(6 * MINUTE);
    expect(duty.refusal(40, 5 * MINUTE, clock.monotonic())).toMatchObject({
      code: 'amplifier-rest',
      context: { why: 'on without a pause' },
    });
  });
});

describe('a tower whose amplifier rests', () => {
  const long = { title: 'ข่าวเช้า', language: 'th' as const };
  const news = (ms: number) => ({
    announcement: { ...long, tower: { chime: 'none' as const, parts: [toneOf(ms)], times: 1, gap_ms: 0 } },
  });

  test('refuses before anything is made ready', async () => {
    const { clock, amplifier, duty } = setBench();
    const performer = new ScriptedPerformer(clock, { A: { prepareMs: 0 }, B: { prepareMs: 0 } });
    const resting = new RestingPerformer(performer, duty, clock);
    await amplifier.on();
    await clock.advance(9 * MINUTE);
    await amplifier.off();
    const play = playOf(clock, 'A', 'scheduled', news(7 * MINUTE));
    await expect(resting.prepare(play, undefined, signal().signal)).rejects.toMatchObject({
      code: 'amplifier-rest',
    });
    const alert = playOf(clock, 'B', 'alert', news(7 * MINUTE));
    await expect(resting.prepare(alert, undefined, signal().signal)).resolves.toBeDefined();
  });

  test('refuses what was made ready when another has used up the time', async () => {
    const { clock, amplifier, duty } = setBench();
    const resting = new RestingPerformer(
      new ScriptedPerformer(clock, { A: { prepareMs: 0 }, B: { prepareMs: 0 } }),
      duty,
      clock,
    );
    const play = playOf(clock, 'A', 'scheduled', news(7 * MINUTE));
    const ready = await resting.prepare(play, undefined, signal().signal);
    await amplifier.on();
    await clock.advance(9 * MINUTE);
    await amplifier.off();
    expect(await ready.perform(signal().signal)).toMatchObject({
      ...{ end: 'failed', reason: 'amplifier-rest', mark: { done: 0 } },
      detail: expect.stringContaining('rested_in_s'),
    });
  });
});
