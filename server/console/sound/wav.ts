/** Speech through a horn ends below 8 kHz; half of what 48,000 would cost an upload by 4G. */
export const SPEECH_RATE_HZ = 24_000;

const HEADER_BYTES = 44;
const SAMPLE_BYTES = 2;

/** Mono samples from -1 to 1 -> a WAV of 16 bits. */
export function wavOf(samples: Float32Array, rateHz: number): Blob {
  const bytes = new DataView(new ArrayBuffer(HEADER_BYTES + samples.length * SAMPLE_BYTES));
  const text = (at: number, words: string) => {
    for (const [index, letter] of [...words].entries()) bytes.setUint8(at + index, letter.charCodeAt(0));
  };
  text(0, 'RIFF');
  bytes.setUint32(4, bytes.byteLength - 8, true);
  text(8, 'WAVEfmt ');
  bytes.setUint32(16, 16, true);
  // Plain PCM, one channel.
  bytes.setUint16(20, 1, true);
  bytes.setUint16(22, 1, true);
  bytes.setUint32(24, rateHz, true);
  bytes.setUint32(28, rateHz * SAMPLE_BYTES, true);
  bytes.setUint16(32, SAMPLE_BYTES, true);
  bytes.setUint16(34, SAMPLE_BYTES * 8, true);
  text(36, 'data');
  bytes.setUint32(40, samples.length * SAMPLE_BYTES, true);
  for (const [index, sample] of pcm16Of(samples).entries())
    bytes.setInt16(HEADER_BYTES + index * SAMPLE_BYTES, sample, true);
  return new Blob([bytes], { type: 'audio/wav' });
}

/** What is beyond full scale is held there. */
export const pcm16Of = (samples: Float32Array): Int16Array<ArrayBuffer> => Int16Array.from(samples, pcm16);

function pcm16(sample: number): number {
  const held = Math.max(-1, Math.min(1, sample));
  return Math.round(held < 0 ? held * 0x8000 : held * 0x7fff);
}
