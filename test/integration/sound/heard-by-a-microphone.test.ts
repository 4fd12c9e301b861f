import { execFile, spawn } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { TowerContent } from '../../../firmware-protocol/content/announcement.ts';
import { DEVICE, PATIENCE, Stage, said } from '../agent/stage.ts';
import { onPath } from '../amplifier/fake-gpiod.ts';
import { SPEECH_WAV } from './speech.ts';

const AIR_MS = 400;

/**
 * A program in the place of `arecord`: 20 ms of faint noise every 20 ms, and, `AIR_MS` after it came out of the sound device, a tenth
 * of what the tower says, or nothing of it when the horns are cut off.
 */
const MICROPHONE = (air: string, gain: number) => `#!${process.execPath}
const said = [];
let startsAt;
const { fstatSync, openSync, readSync } = require('node:fs');
const air = openSync('${air}', 'r');
let at = fstatSync(air).size;
const listen = () => {
  const bytes = Buffer.alloc(200_000);
  const count = readSync(air, bytes, 0, bytes.length, at) & ~1;
  if (count > 0) startsAt ??= Date.now() + ${AIR_MS};
  for (let i = 0; i < count; i += 2) said.push(bytes.readInt16LE(i));
  at += count;
};
const beganAt = Date.now();
let frames = 0;
let heard = 0;
setInterval(() => {
  listen();
  const due = Math.floor((Date.now() - beganAt) * 48);
  const out = Buffer.alloc((due - frames) * 2);
  for (let i = 0; frames < due; frames += 1, i += 2) {
    const isInTheAir = startsAt !== undefined && beganAt + frames / 48 >= startsAt;
    const sample = isInTheAir ? (said[heard++] ?? 0) : 0;
    out.writeInt16LE(Math.round(sample * ${gain} + (Math.random() - 0.5) * 60), i);
  }
  process.stdout.write(out);
}, 20);
process.stdout.on('error', () => process.exit());
`;

test.each([
  ['yes', 0.1],
  ['no', 0],
] as const)(
  'a whole hall reports that its microphone heard it: %s',
  async (answer, gain) => {
    const stage = await Stage.open();
    const pipe = join(stage.folder, 'air.pipe');
    await promisify(execFile)('mkfifo', [pipe]);
    // The sound device waits for somebody at the other end of its pipe, from before the first play on.
    const air = join(stage.folder, 'air.raw');
    await writeFile(air, '');
    const wind = spawn('sh', ['-c', `while :; do cat '${pipe}' >>'${air}'; done`], {
      detached: true,
      stdio: 'ignore',
    });
    onTestFinished(() => {
      if (wind.pid !== undefined) process.kill(-wind.pid, 'SIGKILL');
    });
    await writeFile(join(stage.folder, 'arecord'), MICROPHONE(air, gain));
    await chmod(join(stage.folder, 'arecord'), 0o755);
    onPath(stage.folder);
    const asoundrc = join(stage.folder, 'asoundrc');
    await writeFile(
      asoundrc,
      `pcm.silence { type null }\npcm.tower { type file slave.pcm silence file "${pipe}" format raw }\n`,
    );
    vi.stubEnv('ALSA_CONFIG_PATH', asoundrc);
    onTestFinished(() => void vi.unstubAllEnvs());
    await stage.hall({
      tower: { player: { type: 'alsa', device: 'tower' } },
      proof: { microphone: { device: 'ear' } },
    });
    await vi.waitFor(() => expect(stage.server.events(DEVICE)[0]?.type).toBe('booted'), PATIENCE);
    const { tower, title } = said(await stage.media(SPEECH_WAV));
    const announcement = { title, language: 'th' as const, tower: { ...(tower as TowerContent), times: 2 } };
    const order = stage.server.push({ kind: 'announce', band: 60, announcement }, '4301');
    await vi.waitFor(() => expect(stage.ends(order.id)).toEqual(['tower finished']), {
      ...PATIENCE,
      timeout: 40_000,
    });
    const ended = stage.server.events(DEVICE).find((event) => event.type === 'ended');
    expect(ended?.type === 'ended' && ended.tower?.heard).toMatchObject({ heard: answer });
  },
  60_000,
);
