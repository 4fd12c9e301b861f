import { execFile, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { SAMPLE_RATE_HZ } from '../../../device/sound-ports.ts';
import { samplesOf } from './speech.ts';

const run = promisify(execFile);

/** An ALSA device that notes when each sample came, as a card with the smallest of buffers would sound it. */
export interface TimedEar {
  /** For the configuration of a player. */
  readonly device: string;
  samples(): Int16Array;
  /** Epoch ms at which the sample of this number sounds: when it came, but never before those ahead of it are over. */
  soundsAt(sample: number): number;
}

/** ALSA's own `file` plugin writes into a pipe, on whose other end we listen; ALSA is configured so until the test ends. */
export async function timedEar(folder: string): Promise<TimedEar> {
  const pipe = join(folder, 'heard.pipe');
  await run('mkfifo', [pipe]);
  await alsaWritesInto(pipe, folder);
  const chunks: { at: number; from: number; bytes: Buffer }[] = [];
  let frames = 0;
  let freeAt = 0;
  // A pipe that was closed by the player ends its reader: the next voice finds the next one.
  const reader = spawn('sh', ['-c', `while :; do cat '${pipe}'; done`], {
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  reader.stdout.on('data', (bytes: Buffer) => {
    const at = Math.max(Date.now(), freeAt);
    chunks.push({ at, from: frames, bytes });
    frames += bytes.length >> 1;
    freeAt = at + ((bytes.length >> 1) * 1_000) / SAMPLE_RATE_HZ;
  });
  onTestFinished(() => {
    if (reader.pid !== undefined) process.kill(-reader.pid, 'SIGKILL');
  });
  return {
    device: 'timed',
    samples: () => samplesOf(Buffer.concat(chunks.map(({ bytes }) => bytes))),
    soundsAt: (sample) => {
      const chunk = chunks.findLast(({ from }) => from <= sample);
      if (chunk === undefined) throw new RangeError(`sample ${sample} was not heard`);
      return chunk.at + ((sample - chunk.from) * 1_000) / SAMPLE_RATE_HZ;
    },
  };
}

async function alsaWritesInto(pipe: string, folder: string): Promise<void> {
  const asoundrc = join(folder, 'asoundrc');
  await writeFile(
    asoundrc,
    `pcm.silence { type null }\npcm.timed { type file slave.pcm silence file "${pipe}" format raw }\n`,
  );
  const before = process.env.ALSA_CONFIG_PATH;
  process.env.ALSA_CONFIG_PATH = asoundrc;
  onTestFinished(() => {
    if (before === undefined) delete process.env.ALSA_CONFIG_PATH;
    else process.env.ALSA_CONFIG_PATH = before;
  });
}
