import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AlsaPlayer } from '../../../device/drivers/sound/alsa-player.ts';
import { alsaCapture } from './alsa-capture.ts';
import { APLAY_READY, aplayTakes } from './fake-aplay.ts';
import { temporaryFolder } from './folder.ts';
import { announcement, hallWith } from './hall.ts';

const folder = await temporaryFolder();
await alsaCapture(folder);
const SECONDS_15 = { timeout: 15_000 };

/** A card that is there while its file is: the real aplay on ALSA's `file` plugin then, and no device else. */
async function setCard(name: string, whileThere = 'exec aplay "$@"') {
  const card = join(folder, name);
  const aplay = `${card}-aplay`;
  const script = `[ -e ${card} ] || { echo 'aplay: main:830: audio open error: No such device' >&2; exit 1; }`;
  await writeFile(aplay, `#!/bin/bash\necho >> ${aplay}.tries\n${script}\n${whileThere}\n`);
  await chmod(aplay, 0o755);
  return {
    hall: await hallWith(new AlsaPlayer({ device: 'capture', aplay }), folder),
    plugIn: () => writeFile(card, ''),
    /** How often it was opened, or would have been. */
    tries: async () => (await readFile(`${aplay}.tries`, 'utf8').catch(() => '')).length,
    pullOut: () => rm(card, { force: true }),
  };
}

describe('a sound card that', () => {
  it('is pulled out on the way ends the play with what it took, and no more', async () => {
    const fails = "echo 'aplay: pcm_write:2058: write error: No such device' >&2; exit 1";
    const { hall, plugIn } = await setCard('pulled', `${APLAY_READY}; ${aplayTakes(60)}; ${fails}`);
    await plugIn();
    hall.playout.submit(announcement('A', { times: 3 }));
    await expect
      .poll(() => hall.journal.lines(), SECONDS_15)
      .toEqual(['started A', 'ended A interrupted player-failed']);
    expect(hall.journal.ends()[0]?.tower?.frames).toBe(60 * 480);
  });

  it('comes while a play waits for it says the play', async () => {
    const { hall, plugIn, tries } = await setCard('comes');
    hall.playout.submit(announcement('A', { chime: 'ding', parts: [] }));
    await expect.poll(tries, SECONDS_15).toBeGreaterThan(0);
    await plugIn();
    await expect.poll(() => hall.journal.lines(), SECONDS_15).toEqual(['started A', 'ended A finished']);
  });

  it('does not come rejects the play, and proves nothing', { timeout: 20_000 }, async () => {
    const { hall } = await setCard('never');
    hall.playout.submit(announcement('A'));
    await expect.poll(() => hall.journal.lines(), SECONDS_15).toEqual(['ended A rejected no-sound-device']);
    expect(hall.journal.ends()[0]?.tower).toBeUndefined();
  });

  it('is back speaks again', { timeout: 20_000 }, async () => {
    const { hall, plugIn, pullOut } = await setCard('returns');
    await plugIn();
    hall.playout.submit(announcement('A', { chime: 'ding', parts: [] }));
    await expect.poll(() => hall.journal.lines().at(-1), SECONDS_15).toBe('ended A finished');
    await pullOut();
    hall.playout.submit(announcement('B', { chime: 'ding', parts: [] }));
    await plugIn();
    await expect.poll(() => hall.journal.lines().at(-1), SECONDS_15).toBe('ended B finished');
  });
});
