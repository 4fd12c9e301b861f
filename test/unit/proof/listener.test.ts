import { describe, expect, test } from 'vitest';
import { DeviceError } from '../../../device/errors.ts';
import { pause } from '../../../device/playout/waiting.ts';
import { Listener } from '../../../device/proof/listener.ts';
import { SentMeter } from '../../../device/proof/sent-meter.ts';
import { type Recorder, SAMPLE_RATE_HZ } from '../../../device/sound-ports.ts';
import { seeded } from '../../../scripts/virtual-board/seeded.ts';
import { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';

const NEVER = new AbortController().signal;
const CHUNK = SAMPLE_RATE_HZ / 50;
const frames = (ms: number) => Math.round((ms * SAMPLE_RATE_HZ) / 1_000);

/** Sound that comes and goes as syllables do: 80 to 250 ms, of any strength, with pauses between words. */
function babble(ms: number, seed: number, peak = 12_000): Int16Array {
  const random = seeded(seed);
  const samples = new Int16Array(frames(ms));
  for (let at = 0; at < samples.length; ) {
    const length = frames(80 + random() * 170);
    const strength = random() < 0.2 ? 0 : peak * (0.2 + 0.8 * random());
    for (let i = 0; i < length && at + i < samples.length; i += 1)
      samples[at + i] = strength * Math.sin((Math.PI * i) / length) * (random() * 2 - 1);
    at += length;
  }
  return samples;
}

/** What a microphone hears: the sound late and faint, and whatever else is in the air. */
function inTheAir(sent: Int16Array, delayMs: number, gain: number, other: Int16Array): Int16Array {
  const late = frames(delayMs);
  return other.map((sample, i) => sample + gain * (sent[i - late] ?? 0));
}

/** Plays `sent` from 700 ms on, while a microphone hears `air` from 0 on; what the listener says at the end. */
async function verdictOn(sent: Int16Array, air: Int16Array, more: Partial<Recorder> = {}) {
  const clock = new VirtualClock();
  let [at, isClosed] = [0, false];
  const recorder: Recorder = {
    source: 'fake',
    open: async () => ({
      hear: async () => {
        await pause(clock, 20, NEVER);
        at += CHUNK;
        return isClosed ? undefined : air.slice(at - CHUNK, at);
      },
      close: async () => {
        isClosed = true;
      },
    }),
    ...more,
  };
  const listening = new Listener({ recorder, clock, log: silentLog }).listen();
  await clock.advance((air.length * 1_000) / SAMPLE_RATE_HZ);
  const meter = new SentMeter();
  meter.add(sent, STARTS_MS);
  return listening.heard(meter);
}

const STARTS_MS = 700;
const noise = (ms: number, seed: number, peak: number) => {
  const random = seeded(seed);
  return Int16Array.from({ length: frames(ms) }, () => peak * (random() * 2 - 1));
};

describe('a microphone that listens to the tower', () => {
  test.each([1, 2, 3, 4, 5])(
    'hears what was said, over 120 m of air and in noise (seed %i)',
    async (seed) => {
      const sent = babble(8_000, seed);
      // 350 ms of air, 180 ms of buffers; noise half as loud as the voice.
      const air = inTheAir(sent, STARTS_MS + 530, 0.1, noise(9_500, seed + 100, 400));
      const heard = await verdictOn(sent, air);
      expect(heard?.heard).toBe('yes');
      expect(Math.abs((heard?.delay_ms ?? 0) - 530)).toBeLessThanOrEqual(20);
    },
  );

  test.each([1, 2, 3, 4, 5])('does not take other people for the tower (seed %i)', async (seed) => {
    const heard = await verdictOn(babble(15_000, seed), babble(16_000, seed + 50, 8_000));
    expect(heard?.heard).not.toBe('yes');
  });

  test('says no when there is nothing but wind', async () => {
    const heard = await verdictOn(babble(15_000, 1), noise(16_000, 2, 900));
    expect(heard).toMatchObject({ heard: 'no' });
    expect(heard).not.toHaveProperty('delay_ms');
  });

  test('cannot tell by a dead cable, by a word, or when it could not open', async () => {
    expect(await verdictOn(babble(8_000, 1), new Int16Array(frames(9_000)))).toBeUndefined();
    const word = babble(900, 1);
    expect(await verdictOn(word, inTheAir(word, STARTS_MS + 300, 0.2, noise(3_000, 2, 100)))).toBeUndefined();
    const gone = { open: () => Promise.reject(new DeviceError('no-sound-device')) };
    expect(await verdictOn(babble(8_000, 1), noise(9_000, 2, 100), gone)).toBeUndefined();
  });
});
