import { describe, expect, it } from 'vitest';
import { InputsConfig } from '../../../device/config/inputs.ts';
import { Carrier } from '../../../device/inputs/carrier.ts';
import { SAMPLE_RATE_HZ } from '../../../device/sound-ports.ts';
import { hum, joined, mixed, noise, speech, tone } from './signals.ts';

const CHUNK = SAMPLE_RATE_HZ / 100;

/** As a new hall has it. */
function defaultCarrier(): Carrier {
  const level = InputsConfig.parse({ relay: { device: 'null' } }).relay?.level;
  if (level === undefined) throw new Error('the relay has a level');
  const { open_dbfs, close_dbfs, attack_ms, hang_ms } = level;
  return new Carrier({ openDbfs: open_dbfs, closeDbfs: close_dbfs, attackMs: attack_ms, hangMs: hang_ms });
}

/** When it opened and closed, ms from the beginning, by turns. */
function turnsIn(samples: Int16Array): number[] {
  const carrier = defaultCarrier();
  const turns: number[] = [];
  for (let at = 0; at < samples.length; at += CHUNK) {
    const before = carrier.isOpen;
    carrier.hear(samples.subarray(at, at + CHUNK));
    if (carrier.isOpen !== before) turns.push(((at + CHUNK) * 1_000) / SAMPLE_RATE_HZ);
  }
  return turns;
}

describe('who speaks', () => {
  it('opens it within the first syllable, and holds it over the pauses between words', () => {
    const [opened = 0, closed = 0, ...more] = turnsIn(
      joined(noise(1_000, -70), speech(10_000, -20), noise(4_000, -70)),
    );
    expect(opened).toBeGreaterThan(1_000);
    expect(opened).toBeLessThan(1_200);
    // The last word may end up to 300 ms before the speech does; then the hang time.
    expect(closed).toBeGreaterThan(12_500);
    expect(closed).toBeLessThan(13_100);
    expect(more).toEqual([]);
  });

  it('is one turn also with thoughtful pauses of a second and a half', () => {
    const silence = noise(1_500, -60);
    const turns = turnsIn(
      joined(speech(3_000, -25), silence, speech(3_000, -25), silence, speech(2_000, -25), noise(3_000, -60)),
    );
    expect(turns).toHaveLength(2);
  });

  it('opens it quietly spoken, over the hiss of a receiver', () => {
    const said = mixed(speech(4_000, -30), noise(4_000, -55));
    expect(turnsIn(joined(noise(500, -55), said, noise(3_000, -55)))).toHaveLength(2);
  });

  it('ends with the tail of the squelch, which is no new turn', () => {
    const over = joined(speech(3_000, -20), noise(150, -12), noise(4_000, -75));
    expect(turnsIn(over)).toHaveLength(2);
  });

  it('is heard whatever the sizes of the pieces it comes in', () => {
    const samples = joined(noise(200, -70), speech(2_000, -20));
    const carrier = defaultCarrier();
    let at = 0;
    for (const size of [1, 7, 479, 481, 3, 5_000, 20_000, 60_000]) {
      carrier.hear(samples.subarray(at, at + size));
      at += size;
    }
    expect(carrier.isOpen).toBe(true);
  });
});

describe('what does not open it', () => {
  it.each([
    ['hum of a badly earthed cable', hum(10_000, -20)],
    ['a card with an offset', new Int16Array(SAMPLE_RATE_HZ * 5).fill(3_000)],
    ['the hiss of an open line', noise(10_000, -48)],
    ['the click of a relay', joined(noise(500, -70), noise(8, -6), noise(2_000, -70))],
    ['silence', new Int16Array(SAMPLE_RATE_HZ)],
  ])('%s', (_what, samples) => {
    expect(turnsIn(samples)).toEqual([]);
  });
});

it('an open squelch does: only the longest time ends it', () => {
  expect(turnsIn(noise(30_000, -20))).toHaveLength(1);
});

it('a tone at the mean of the two levels changes nothing, neither way', () => {
  expect(turnsIn(tone(5_000, 1_000, -42))).toEqual([]);
  expect(turnsIn(joined(tone(500, 1_000, -20), tone(5_000, 1_000, -42)))).toHaveLength(1);
});

it('tells the levels of the last second, unfiltered', () => {
  const carrier = defaultCarrier();
  expect(carrier.level()).toEqual({});
  carrier.hear(tone(3_000, 1_000, -20));
  expect(carrier.level().rms_cdbfs).toBeCloseTo(-2_000, -1);
  expect(carrier.level().peak_cdbfs).toBeCloseTo(-1_700, -1);
});
