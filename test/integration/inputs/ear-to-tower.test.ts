import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import { AlsaPlayer } from '../../../device/drivers/sound/alsa-player.ts';
import { ArecordRecorder } from '../../../device/drivers/sound/arecord-recorder.ts';
import { Warnings } from '../../../device/health/warnings.ts';
import { LiveInput } from '../../../device/inputs/live-input.ts';
import type { Player, Voice } from '../../../device/sound-ports.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';
import { FakeContact } from '../../unit/inputs/input-stage.ts';
import { alsaCapture } from '../sound/alsa-capture.ts';
import { temporaryFolder } from '../sound/folder.ts';
import { hallWith } from '../sound/hall.ts';

const folder = await temporaryFolder();
const PULSE = 20_000;

/**
 * A microphone in the place of arecord, in real time: quiet speech with pauses, and each second a pulse. When a pulse leaves it
 * it says so, in ms of the same monotonic clock.
 */
async function microphoneOfPulses(): Promise<string> {
  const program = join(folder, 'arecord');
  await writeFile(
    program,
    `#!${process.execPath}
let n = 0;
const { appendFileSync } = require('node:fs');
const from = performance.timeOrigin + performance.now();
setInterval(() => {
  for (const now = performance.timeOrigin + performance.now(); from + n * 10 <= now; n += 1) {
    const isPulse = n % 100 === 99;
    const samples = new Int16Array(480).fill(isPulse ? ${PULSE} : n % 100 < 60 ? 600 : 1);
    if (isPulse) appendFileSync(${JSON.stringify(join(folder, 'said'))}, (from + n * 10) + '\\n');
    process.stdout.write(Buffer.from(samples.buffer));
  }
}, 5);
`,
  );
  await chmod(program, 0o755);
  return program;
}

/** The same player; notes when each pulse sounds, epoch ms. */
function listening(player: Player, sounds: number[]): Player {
  let wasPulse = false;
  const arm = async (): Promise<Voice> => {
    const voice = await player.arm();
    return {
      write: async (samples) => {
        await voice.write(samples);
        const at = samples.findIndex((sample) => Math.abs(sample) > PULSE / 2);
        const nextAt = voice.nextAt?.();
        if (at >= 0 && !wasPulse && nextAt !== undefined)
          sounds.push(performance.timeOrigin + nextAt - (samples.length - at) / 48);
        wasPulse = at >= 0;
      },
      drain: () => voice.drain(),
      cut: () => voice.cut(),
      frames: () => voice.frames(),
      nextAt: () => voice.nextAt?.(),
    };
  };
  return { sink: player.sink, arm };
}

it('from ear to tower it takes less than 300 ms, after the first pause', async () => {
  await alsaCapture(folder);
  const sounds: number[] = [];
  const player = listening(new AlsaPlayer({ device: 'capture' }), sounds);
  const { playout, journal } = await hallWith(player, folder);
  const contact = new FakeContact();
  const input = new LiveInput({
    hardware: {
      ...{ name: 'microphone', title: 'ไมโครโฟนประจำหมู่บ้าน', band: 70, contact, gainDb: 0, maxTalkMs: 60_000 },
      recorder: new ArecordRecorder({ device: 'none', arecord: await microphoneOfPulses() }),
      carrier: { openDbfs: -38, closeDbfs: -46, attackMs: 80, hangMs: 2_000 },
    },
    accept: async (play) => playout.submit(play),
    ...{ playout, clock: systemClock, warnings: new Warnings(() => {}), log: silentLog },
  });
  input.start();
  await expect.poll(() => input.works, { timeout: 5_000 }).toBe(true);
  contact.set(true);
  await expect.poll(() => sounds.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(6);
  contact.set(false);
  await expect.poll(() => journal.lines().at(-1)).toMatch(/^ended input\/microphone\/\S+ finished$/);
  await input.stop();
  const said = (await readFile(join(folder, 'said'), 'utf8')).trim().split('\n').map(Number);
  const delays = sounds.map((at) => at - Math.max(...said.filter((each) => each <= at)));
  console.info('ear to tower, ms:', delays.map(Math.round).join(' '));
  // The first one or two came while the device was getting ready, and were kept. A busy computer adds to some, a buffer to all.
  expect(Math.min(...delays.slice(3))).toBeLessThan(300);
}, 40_000);
