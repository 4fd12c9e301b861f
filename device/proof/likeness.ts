import { BLOCK_MS } from './sent-meter.ts';

/**
 * From the moment a sound device took a sample to the moment a microphone heard it: the device's buffer, up to 300 m of air at
 * 343 m/s, and the buffer of the recorder. Earlier than that somebody else spoke. Two clocks and a busy event loop allow 100 ms less than none.
 */
export const DELAYS_MS = { least: -100, most: 1_800 } as const;

/** Less overlap than this proves nothing: two words of anybody are alike for a second. */
const LEAST_BLOCKS = 2_000 / BLOCK_MS;

export interface Likeness {
  /** From -1 to 1 = the loudness of both runs alike. */
  likeness: number;
  /** At which they are most alike, ms. */
  delayMs: number;
}

/**
 * How alike the loudness of what was sent and of what was heard run, at the delay where they are most alike. Both are strengths of
 * blocks of BLOCK_MS. Loudness as such does not matter, nor what a room or a horn does to a voice.
 * @param headStartMs by how much `heard` began before `sent`, ms. Undefined when too little of both is there.
 */
export function likenessOf(
  sent: Float32Array,
  heard: Float32Array,
  headStartMs: number,
): Likeness | undefined {
  let best: Likeness | undefined;
  for (let delayMs = DELAYS_MS.least; delayMs <= DELAYS_MS.most; delayMs += BLOCK_MS) {
    const likeness = correlation(sent, heard, Math.round((headStartMs + delayMs) / BLOCK_MS));
    if (likeness !== undefined && likeness > (best?.likeness ?? -2)) best = { likeness, delayMs };
  }
  return best;
}

/** Pearson's, of `sent` against `heard` from block `offset` on. */
function correlation(sent: Float32Array, heard: Float32Array, offset: number): number | undefined {
  const from = Math.max(0, -offset);
  const until = Math.min(sent.length, heard.length - offset);
  const count = until - from;
  if (count < LEAST_BLOCKS || count < sent.length / 2) return undefined;
  let [a, b, aa, bb, ab] = [0, 0, 0, 0, 0];
  for (let i = from; i < until; i += 1) {
    const x = sent[i] ?? 0;
    const y = heard[i + offset] ?? 0;
    a += x;
    b += y;
    aa += x * x;
    bb += y * y;
    ab += x * y;
  }
  const spread = Math.sqrt((aa - (a * a) / count) * (bb - (b * b) / count));
  return spread > 0 ? (ab - (a * b) / count) / spread : undefined;
}
