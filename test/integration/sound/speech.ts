import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Recorded speech that the Debian package alsa-utils ships: "front, centre", 1.4 s. */
export const SPEECH_WAV = '/usr/share/sounds/alsa/Front_Center.wav';

/** Makes Ogg Opus as the server does: one mono stream. */
export async function opusOf(source: string, into: string, ...more: string[]): Promise<string> {
  await run('ffmpeg', [
    '-nostdin',
    '-v',
    'error',
    '-y',
    '-i',
    source,
    '-ac',
    '1',
    '-c:a',
    'libopus',
    ...more,
    into,
  ]);
  return into;
}

/** Samples of a WAV file with the 44-byte header. */
export async function samplesOfWav(path: string): Promise<Int16Array> {
  return samplesOf((await readFile(path)).subarray(44));
}

export function samplesOf(bytes: Buffer): Int16Array {
  return Int16Array.from({ length: bytes.length >> 1 }, (_, i) => bytes.readInt16LE(i * 2));
}

/** Samples of any sound file, mono at 48 kHz. */
export async function decodedSamples(path: string): Promise<Int16Array> {
  const words = ['-nostdin', '-v', 'error', '-i', path, '-f', 's16le', '-ac', '1', '-ar', '48000', '-'];
  const { stdout } = await run('ffmpeg', words, { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 });
  return samplesOf(stdout);
}
