import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ArecordRecorder } from '../../../device/drivers/sound/arecord-recorder.ts';
import type { Ear } from '../../../device/sound-ports.ts';
import { temporaryFolder } from '../sound/folder.ts';

const folder = await temporaryFolder();

/** The real arecord on ALSA's file plugin: what it records is the file. */
async function alsaInput(name: string, samples: Int16Array): Promise<void> {
  const heard = join(folder, `${name}.raw`);
  await writeFile(heard, Buffer.from(samples.buffer));
  const config = join(folder, `${name}.asoundrc`);
  await writeFile(
    config,
    `pcm.quiet { type null }\npcm.${name} { type file slave.pcm quiet file /dev/null infile "${heard}" format raw }\n`,
  );
  const before = process.env.ALSA_CONFIG_PATH;
  process.env.ALSA_CONFIG_PATH = config;
  afterAll(() => {
    if (before === undefined) delete process.env.ALSA_CONFIG_PATH;
    else process.env.ALSA_CONFIG_PATH = before;
  });
}

/** A program in the place of arecord, in bash; it leaves its process id behind. */
async function recorderThat(
  name: string,
  script: string,
): Promise<{ recorder: ArecordRecorder; pid: () => Promise<number> }> {
  const arecord = join(folder, name);
  await writeFile(arecord, `#!/bin/bash\necho $$ > ${arecord}.pid\n${script}\n`);
  await chmod(arecord, 0o755);
  return {
    recorder: new ArecordRecorder({ device: 'none', arecord }),
    pid: async () => Number(await readFile(`${arecord}.pid`, 'utf8')),
  };
}

async function hearFrames(ear: Ear, frames: number): Promise<Int16Array> {
  const all = new Int16Array(frames);
  for (let at = 0; at < frames; ) {
    const heard = await ear.hear();
    if (heard === undefined) throw new Error('it was closed');
    all.set(heard.subarray(0, frames - at), at);
    at += heard.length;
  }
  return all;
}

async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z');
  return !/\) [ZX]/.test(stat);
}

describe('the real arecord', () => {
  it('hears the samples of the device, in order, as fast as time goes', async () => {
    const said = Int16Array.from({ length: 48_000 }, (_, i) => Math.round(9_000 * Math.sin(i * 0.03)));
    await alsaInput('said', said);
    const ear = await new ArecordRecorder({ device: 'said' }).open();
    const from = performance.now();
    const heard = await hearFrames(ear, 40_000);
    // 833 ms, of which a device that is a file may run 200 ms ahead.
    expect(performance.now() - from).toBeGreaterThan(500);
    await ear.close();
    expect(Buffer.from(heard.buffer).equals(Buffer.from(said.buffer, 0, 80_000))).toBe(true);
    expect(await ear.hear()).toBeUndefined();
  });

  it('says that there is no such device, and why', async () => {
    await expect(new ArecordRecorder({ device: 'hw:17,4' }).open()).rejects.toMatchObject({
      code: 'no-sound-device',
      context: { said: expect.stringMatching(/open error|No such/) },
    });
  });
});

describe('a recorder that', () => {
  it('is not there is a missing device', async () => {
    const recorder = new ArecordRecorder({ device: 'none', arecord: join(folder, 'nowhere') });
    await expect(recorder.open()).rejects.toMatchObject({ code: 'no-sound-device' });
  });

  it('ends in the middle is told by its exit, after its last whole sample', async () => {
    const { recorder } = await recorderThat(
      'ends',
      'printf abcde; echo "read error: No such device" >&2; exit 1',
    );
    const ear = await recorder.open();
    expect(await ear.hear()).toEqual(Int16Array.of(0x6261, 0x6463));
    const said = { said: expect.stringContaining('No such device') };
    await expect(ear.hear()).rejects.toMatchObject({ code: 'recorder-failed', context: said });
    await ear.close();
  });

  it('parts a sample between two writes is put together', async () => {
    const { recorder } = await recorderThat('parts', 'printf abc; sleep 0.2; printf d; exec sleep 60');
    const ear = await recorder.open();
    expect(await hearFrames(ear, 2)).toEqual(Int16Array.of(0x6261, 0x6463));
    await ear.close();
  });

  it('falls silent hangs: it is told within its deadline, and its group is dead', async () => {
    const { recorder, pid } = await recorderThat(
      'hangs',
      "trap '' TERM; printf ab; while :; do sleep 1; done",
    );
    const ear = await recorder.open();
    await ear.hear();
    await expect(ear.hear()).rejects.toMatchObject({ code: 'recorder-hung' });
    await ear.close();
    expect(await isAlive(await pid())).toBe(false);
  }, 15_000);

  it('never says anything is no device', async () => {
    const { recorder, pid } = await recorderThat('mute', 'exec sleep 60');
    await expect(recorder.open()).rejects.toMatchObject({ code: 'no-sound-device' });
    expect(await isAlive(await pid())).toBe(false);
  }, 15_000);
});

it('who waits for samples learns of the close at once', async () => {
  const { recorder } = await recorderThat('waits', 'printf ab; exec sleep 60');
  const ear = await recorder.open();
  await ear.hear();
  const heard = ear.hear();
  await ear.close();
  expect(await heard).toBeUndefined();
});
