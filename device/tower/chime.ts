import type { Chime } from '../../firmware-protocol/content/announcement.ts';
import { SAMPLE_RATE_HZ } from '../sound-ports.ts';
import { fadeIn, fadeOut } from './fade.ts';

/** One stroke: a struck bell that dies away, or a horn that holds its tone. */
interface Stroke {
  atMs: number;
  ms: number;
  hz: number;
  voice: 'bell' | 'horn';
}

interface Melody {
  lengthMs: number;
  peakDbfs: number;
  strokes: Stroke[];
}

const bell = (atMs: number, hz: number, ms: number): Stroke => ({ atMs, ms, hz, voice: 'bell' });
const horn = (atMs: number, hz: number, ms: number): Stroke => ({ atMs, ms, hz, voice: 'horn' });

/**
 * What each chime says. The alert is like nothing else on the tower, and deliberately none of the tones that other
 * countries reserve for their warning systems.
 */
const MELODIES: Record<Exclude<Chime, 'none'>, Melody> = {
  /** Two falling strokes: something is said. */
  ding: { lengthMs: 1_400, peakDbfs: -8, strokes: [bell(0, 659.3, 1_400), bell(380, 523.3, 1_020)] },
  /** Three rising strokes: listen. */
  attention: {
    lengthMs: 2_600,
    peakDbfs: -6,
    strokes: [bell(0, 392, 2_600), bell(450, 523.3, 2_150), bell(900, 659.3, 1_700)],
  },
  /** A horn in alternation, three times: danger. */
  alert: {
    lengthMs: 3_300,
    peakDbfs: -3,
    strokes: [0, 1_100, 2_200].flatMap((at) => [
      horn(at, 587.3, 250),
      horn(at + 250, 880, 250),
      horn(at + 500, 587.3, 250),
      horn(at + 750, 880, 250),
    ]),
  },
};

/** Partials as [multiple of the tone, strength, seconds until 1/e]. */
const PARTIALS: Record<Stroke['voice'], readonly (readonly [number, number, number])[]> = {
  // Ratios of a tuned bell: prime, minor third, fifth, octave; the high ones die first.
  bell: [
    [1, 1, 0.55],
    [1.19, 0.25, 0.4],
    [1.5, 0.2, 0.35],
    [2, 0.45, 0.25],
    [3.01, 0.15, 0.12],
  ],
  // Odd harmonics carry in horn loudspeakers, which have no bass.
  horn: [
    [1, 1, Number.POSITIVE_INFINITY],
    [3, 0.4, Number.POSITIVE_INFINITY],
    [5, 0.18, Number.POSITIVE_INFINITY],
  ],
};

const EDGE_FRAMES = SAMPLE_RATE_HZ / 200;

/** PCM of an attention tone at SAMPLE_RATE_HZ; always the same, made in some milliseconds; empty for `none`. */
export function makeChime(chime: Chime): Int16Array {
  if (chime === 'none') return new Int16Array(0);
  const { lengthMs, peakDbfs, strokes } = MELODIES[chime];
  const mix = new Float64Array(framesOf(lengthMs));
  for (const stroke of strokes) addStroke(mix, stroke);
  return fadeOut(fadeIn(atPeak(mix, peakDbfs), EDGE_FRAMES), EDGE_FRAMES);
}

function addStroke(mix: Float64Array, { atMs, ms, hz, voice }: Stroke): void {
  const from = framesOf(atMs);
  const frames = Math.min(framesOf(ms), mix.length - from);
  for (const [multiple, strength, decaySeconds] of PARTIALS[voice]) {
    const step = (2 * Math.PI * hz * multiple) / SAMPLE_RATE_HZ;
    const decay = Math.exp(-1 / (decaySeconds * SAMPLE_RATE_HZ));
    let level = strength;
    for (let i = 0; i < frames; i += 1) {
      const edge = Math.min(1, i / EDGE_FRAMES, (frames - i) / EDGE_FRAMES);
      mix[from + i] = (mix[from + i] ?? 0) + level * edge * Math.sin(step * i);
      level *= decay;
    }
  }
}

function atPeak(mix: Float64Array, peakDbfs: number): Int16Array {
  const highest = mix.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
  const scale = (32_767 * 10 ** (peakDbfs / 20)) / highest;
  return Int16Array.from(mix, (sample) => Math.round(sample * scale));
}

function framesOf(ms: number): number {
  return Math.round((ms * SAMPLE_RATE_HZ) / 1_000);
}
