import { execFile } from 'node:child_process';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const SPEECH = '/usr/share/sounds/alsa/Front_Center.wav';

const ffmpeg = (...args: string[]) =>
  promisify(execFile)('ffmpeg', ['-nostdin', '-hide_banner', '-y', ...args], { maxBuffer: 1 << 24 });

/** Loudness by another implementation than the server's: libebur128 inside `loudnorm`, not the `ebur128` filter. */
export async function loudnessOf(path: string): Promise<{ lufs: number; truePeakDbtp: number }> {
  const { stderr } = await ffmpeg('-i', path, '-af', 'loudnorm=print_format=json', '-f', 'null', '-');
  // Newer versions say more after it.
  const [json = ''] = /\{[^{}]*\}/.exec(stderr.slice(stderr.lastIndexOf('{'))) ?? [];
  const read: { input_i: string; input_tp: string } = JSON.parse(json);
  return { lufs: Number(read.input_i), truePeakDbtp: Number(read.input_tp) };
}

/** `Audio: opus, 48000 Hz, mono` and so on, as ffmpeg prints it. */
export async function describe(path: string): Promise<string> {
  const { stderr } = await ffmpeg('-i', path, '-t', '0', '-f', 'null', '-');
  return stderr;
}

/** Any sound that ffmpeg can make, of a lavfi graph. */
export async function made(folder: string, name: string, ...args: string[]): Promise<string> {
  const path = join(folder, name);
  await ffmpeg(...args, path);
  return path;
}

/** A WAV whose header says so many hours of 8 kHz, 8-bit silence, and whose data is a hole in the disk. */
export async function longSilence(folder: string, hours: number): Promise<string> {
  const bytes = hours * 3_600 * 8_000;
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + bytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8_000, 24);
  header.writeUInt32LE(8_000, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(bytes, 40);
  const path = join(folder, `${hours}-hours.wav`);
  await writeFile(path, header);
  const file = await open(path, 'r+');
  await file.truncate(44 + bytes);
  await file.close();
  return path;
}
