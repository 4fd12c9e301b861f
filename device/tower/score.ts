import type { MediaRef, TowerContent } from '../../firmware-protocol/content/announcement.ts';
import { DeviceError } from '../errors.ts';
import { type Decoder, SAMPLE_RATE_HZ } from '../sound-ports.ts';

/** A part may be longer than its document says by this much (codec padding) before it is taken for another file. */
export const LENGTH_TOLERANCE_MS = 500;
const SILENCE_FRAMES = SAMPLE_RATE_HZ / 10;

export interface ScoreParts {
  content: TowerContent;
  /** Path of each file, by SHA-256. */
  paths: ReadonlyMap<string, string>;
  decoder: Decoder;
  signal: AbortSignal;
}

/** What is said, as samples: the parts in order with their pauses, `times` over, from frame `skip` on. No chime. */
export async function* score(parts: ScoreParts, skip: number): AsyncGenerator<Int16Array> {
  let left = skip;
  for await (const chunk of wholeScore(parts)) {
    if (left >= chunk.length) left -= chunk.length;
    else yield chunk.subarray(left);
    if (left < chunk.length) left = 0;
  }
}

async function* wholeScore(parts: ScoreParts): AsyncGenerator<Int16Array> {
  const { content } = parts;
  // A chime alone sounds once: there is nothing that the gaps would part (`durationMsOf` counts none either).
  if (content.parts.length === 0) return;
  for (let time = 1; time <= content.times; time += 1) {
    if (time > 1) yield* silence(content.gap_ms);
    for (const part of content.parts) {
      if (part.type === 'pause') yield* silence(part.ms);
      else yield* media(part, parts);
    }
  }
}

/** Silence in small pieces, so that a minute of it is not megabytes. */
export function* silence(ms: number): Generator<Int16Array> {
  for (let left = framesOf(ms); left > 0; left -= SILENCE_FRAMES) {
    yield new Int16Array(Math.min(left, SILENCE_FRAMES));
  }
}

async function* media(part: MediaRef, { paths, decoder, signal }: ScoreParts): AsyncGenerator<Int16Array> {
  const path = paths.get(part.sha256);
  if (path === undefined) throw new Error(`no path for ${part.sha256}: it was to be fetched before`);
  let left = framesOf(part.ms + LENGTH_TOLERANCE_MS);
  for await (const chunk of decoder.decode(path, signal)) {
    left -= chunk.length;
    if (left < 0)
      throw new DeviceError('media-undecodable', { sha256: part.sha256, longer_than_ms: part.ms });
    yield chunk;
  }
}

export function framesOf(ms: number): number {
  return Math.round((ms * SAMPLE_RATE_HZ) / 1_000);
}
