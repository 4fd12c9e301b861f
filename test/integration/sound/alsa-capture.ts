import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** An ALSA device named `capture` that writes raw samples to a file; returns the file's path. */
export async function alsaCapture(folder: string): Promise<string> {
  const captured = join(folder, 'captured.raw');
  const asoundrc = join(folder, 'asoundrc');
  await writeFile(
    asoundrc,
    `pcm.silence { type null }\npcm.capture { type file slave.pcm silence file "${captured}" format raw }\n`,
  );
  const before = process.env.ALSA_CONFIG_PATH;
  process.env.ALSA_CONFIG_PATH = asoundrc;
  afterAll(() => {
    if (before === undefined) delete process.env.ALSA_CONFIG_PATH;
    else process.env.ALSA_CONFIG_PATH = before;
  });
  return captured;
}
