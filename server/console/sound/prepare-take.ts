import type { Take } from './take.ts';
import { SPEECH_RATE_HZ, wavOf } from './wav.ts';

/** A take as the file that is uploaded, at the rate that speech needs. */
export async function fileOfTake(take: Take, name: string): Promise<File> {
  const { samples, rateHz } = await atSpeechRate(take);
  return new File([wavOf(samples, rateHz)], `${name}.wav`, { type: 'audio/wav' });
}

/** The browser's resampler: band-limited, so nothing folds back into the speech. */
async function atSpeechRate(take: Take): Promise<Take> {
  if (take.rateHz <= SPEECH_RATE_HZ) return take;
  const frames = Math.ceil((take.samples.length * SPEECH_RATE_HZ) / take.rateHz);
  const offline = new OfflineAudioContext(1, frames, SPEECH_RATE_HZ);
  const buffer = offline.createBuffer(1, take.samples.length, take.rateHz);
  buffer.getChannelData(0).set(take.samples);
  const source = offline.createBufferSource();
  source.buffer = buffer;
  source.connect(offline.destination);
  source.start();
  const rendered = await offline.startRendering();
  return { samples: rendered.getChannelData(0), rateHz: SPEECH_RATE_HZ };
}
