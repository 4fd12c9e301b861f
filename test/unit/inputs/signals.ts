import { SAMPLE_RATE_HZ } from '../../../device/sound-ports.ts';
import { SeededRandom } from '../../../scripts/virtual-world/seeded-random.ts';

const framesOf = (ms: number) => Math.round((ms * SAMPLE_RATE_HZ) / 1_000);
const amplitudeOf = (dbfs: number) => 32_768 * 10 ** (dbfs / 20);

export function joined(...parts: Int16Array[]): Int16Array {
  const all = new Int16Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Of so many Hz, at its RMS level. */
export function tone(ms: number, hz: number, rmsDbfs: number): Int16Array {
  const peak = amplitudeOf(rmsDbfs) * Math.SQRT2;
  return Int16Array.from({ length: framesOf(ms) }, (_, i) =>
    Math.round(peak * Math.sin((2 * Math.PI * hz * i) / SAMPLE_RATE_HZ)),
  );
}

export function noise(ms: number, rmsDbfs: number, seed = 1): Int16Array {
  const random = new SeededRandom(seed);
  const span = amplitudeOf(rmsDbfs) * Math.sqrt(3) * 2;
  return Int16Array.from({ length: framesOf(ms) }, () => Math.round(span * (random.fraction() - 0.5)));
}

/** Mains: 50 Hz with two harmonics, 20 and 30 dB below it. */
export function hum(ms: number, rmsDbfs: number): Int16Array {
  const parts = [tone(ms, 50, rmsDbfs), tone(ms, 100, rmsDbfs - 20), tone(ms, 150, rmsDbfs - 30)];
  return mixed(...parts);
}

/**
 * Syllables of 180 ms on a voice of 140 Hz with formants at 700 and 1,400 Hz, five a second, a word pause of 300 ms after
 * every fourth.
 */
export function speech(ms: number, rmsDbfs: number): Int16Array {
  const voiced = mixed(
    tone(180, 140, rmsDbfs - 3),
    tone(180, 700, rmsDbfs - 4),
    tone(180, 1_400, rmsDbfs - 10),
  );
  const shaped = voiced.map((sample, i) => Math.round(sample * Math.sin((Math.PI * i) / voiced.length)));
  const syllable = joined(shaped, noise(20, -70));
  const phrase = joined(syllable, syllable, syllable, syllable, noise(300, -70));
  const all = new Int16Array(framesOf(ms));
  for (let at = 0; at < all.length; at += phrase.length) all.set(phrase.subarray(0, all.length - at), at);
  return all;
}

export function mixed(...parts: Int16Array[]): Int16Array {
  const [first = new Int16Array(0)] = parts;
  return first.map((_, i) => parts.reduce((sum, part) => sum + (part[i] ?? 0), 0));
}
