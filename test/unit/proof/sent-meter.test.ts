import { describe, expect, test } from 'vitest';
import { SentMeter, SHAPE_BLOCKS } from '../../../device/proof/sent-meter.ts';
import { SAMPLE_RATE_HZ } from '../../../device/sound-ports.ts';

const sine = (ms: number, peak: number) =>
  Int16Array.from({ length: ms * 48 }, (_, i) =>
    Math.round(peak * Math.sin((2 * Math.PI * 1_000 * i) / SAMPLE_RATE_HZ)),
  );

describe('what was sent to the sound device', () => {
  test('has the power of its words, however long the pauses between them are', () => {
    const meter = new SentMeter();
    meter.add(sine(500, 16_384), 0);
    meter.add(new Int16Array(48_000 * 3), 0);
    meter.add(sine(500, 16_384), 0);
    // A sine of half scale: -6.02 dB peak, 3.01 dB less in power.
    expect(meter.rmsCdbfs()).toBeGreaterThanOrEqual(-905);
    expect(meter.rmsCdbfs()).toBeLessThanOrEqual(-900);
  });

  test('is nothing when it was silence', () => {
    const meter = new SentMeter();
    meter.add(new Int16Array(48_000), 10);
    expect(meter.rmsCdbfs()).toBeUndefined();
    expect(meter.firstAt()).toBe(10);
    expect(new SentMeter().firstAt()).toBeUndefined();
  });

  test('does not depend on the sizes in which it came', () => {
    const [whole, cut] = [new SentMeter(), new SentMeter()];
    const samples = sine(1_000, 9_000);
    whole.add(samples, 0);
    for (let at = 0; at < samples.length; at += 333) cut.add(samples.subarray(at, at + 333), 0);
    expect(cut.rmsCdbfs()).toBe(whole.rmsCdbfs());
    expect(cut.shape()).toEqual(whole.shape());
    expect(whole.shape()).toHaveLength(100);
  });

  test('knows from the device when it sounded', () => {
    const meter = new SentMeter();
    meter.add(sine(100, 9_000), 1_000);
    meter.soundsNextAt(1_180);
    expect(meter.firstAt()).toBe(1_080);
  });

  test('of an hour a minute is kept', () => {
    const meter = new SentMeter();
    for (let i = 0; i < 70; i += 1) meter.add(new Int16Array(48_000), 0);
    expect(meter.shape()).toHaveLength(SHAPE_BLOCKS);
  });
});
