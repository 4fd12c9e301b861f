import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AlsaPlayer } from '../../../device/drivers/sound/alsa-player.ts';
import type { Voice } from '../../../device/sound-ports.ts';
import { APLAY_READY, aplayTakes } from './fake-aplay.ts';
import { temporaryFolder } from './folder.ts';

const folder = await temporaryFolder();
const READY = APLAY_READY;

/** A program in the place of aplay, which leaves its process id behind. */
async function playerThat(
  name: string,
  script: string,
): Promise<{ player: AlsaPlayer; pids: () => Promise<number[]> }> {
  const aplay = join(folder, name);
  const pidFile = `${aplay}.pid`;
  await writeFile(aplay, `#!/bin/bash\necho $$ >> ${pidFile}\n${script.replaceAll('PIDS', pidFile)}\n`);
  await chmod(aplay, 0o755);
  const pids = async () => (await readFile(pidFile, 'utf8')).trim().split('\n').map(Number);
  return { player: new AlsaPlayer({ device: 'none', aplay }), pids };
}

/** A zombie is dead: it only waits for somebody to note its exit. */
async function areAlive(pids: number[]): Promise<number[]> {
  const states = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z')),
  );
  return pids.filter((_, i) => !/\) [ZX]/.test(states[i] ?? ''));
}

async function writeOn(voice: Voice): Promise<never> {
  for (;;) await voice.write(new Int16Array(48_000));
}

describe('a player that', () => {
  it('is not there is a missing sound device', async () => {
    const player = new AlsaPlayer({ device: 'none', aplay: join(folder, 'nowhere') });
    await expect(player.arm()).rejects.toMatchObject({ code: 'no-sound-device' });
  });

  it('ends at once says why', async () => {
    const { player } = await playerThat(
      'busy',
      "echo 'audio open error: Device or resource busy' >&2; exit 1",
    );
    const said = { said: expect.stringContaining('busy') };
    await expect(player.arm()).rejects.toMatchObject({ code: 'no-sound-device', context: said });
  });

  it('never gets the device is given up, and killed', async () => {
    const { player, pids } = await playerThat('stuck', 'sleep 1000');
    await expect(player.arm()).rejects.toMatchObject({ code: 'player-hung' });
    expect(await areAlive(await pids())).toEqual([]);
  });

  it('takes no samples is hung, and dies although it ignores SIGTERM', async () => {
    const { player, pids } = await playerThat('deaf', `trap '' TERM; ${READY}; while :; do sleep 0.05; done`);
    const voice = await player.arm();
    await expect(writeOn(voice)).rejects.toMatchObject({ code: 'player-hung' });
    expect(await areAlive(await pids())).toEqual([]);
  });

  it('takes samples for a while and then hangs is told with what it took, and no more', async () => {
    const { player } = await playerThat('tires', `${READY}; ${aplayTakes(20)}; sleep 1000`);
    const voice = await player.arm();
    await expect(writeOn(voice)).rejects.toMatchObject({ code: 'player-hung' });
    expect(voice.frames()).toBe(20 * 480);
  });

  it('swallows everything without a word that its device took it has played nothing', async () => {
    const { player } = await playerThat('silent', `${READY}; cat >/dev/null`);
    const voice = await player.arm();
    await expect(writeOn(voice)).rejects.toMatchObject({ code: 'player-hung' });
    expect(voice.frames()).toBe(0);
  });

  it('ends early with success is a failure: those samples did not sound', async () => {
    const { player } = await playerThat('early', `${READY}; head -c 4800 >/dev/null; exit 0`);
    const voice = await player.arm();
    await expect(writeOn(voice)).rejects.toMatchObject({ code: 'player-failed' });
  });

  it('floods stderr is listened to, but not remembered', async () => {
    const { player } = await playerThat(
      'flood',
      `${READY}; yes flood | head -c 5000000 >&2; cat >/dev/null; exit 3`,
    );
    const voice = await player.arm();
    await voice.write(new Int16Array(4_800));
    const error = await voice.drain().catch((error: unknown) => error);
    expect(error).toMatchObject({ code: 'player-failed' });
    expect(JSON.stringify(error).length).toBeLessThan(5_000);
  });

  it('forks leaves nobody behind', async () => {
    const { player, pids } = await playerThat(
      'forks',
      `(trap '' TERM; echo $BASHPID >> PIDS; while :; do sleep 0.05; done) & ${READY}; cat >/dev/null`,
    );
    const voice = await player.arm();
    await expect.poll(async () => (await pids()).length).toBe(2);
    await voice.write(new Int16Array(960));
    await voice.cut();
    await expect.poll(async () => areAlive(await pids())).toEqual([]);
  });

  it('does not end after the last sample is hung', async () => {
    const { player } = await playerThat('lingers', `${READY}; cat >/dev/null; sleep 1000`);
    const voice = await player.arm();
    await voice.write(new Int16Array(960));
    await expect(voice.drain()).rejects.toMatchObject({ code: 'player-hung' });
  });
});
