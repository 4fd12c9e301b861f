import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WavPlayer } from '../../../device/drivers/sound/wav-player.ts';
import { makeChime } from '../../../device/tower/chime.ts';
import { framesOf } from '../../../device/tower/score.ts';
import { find } from './correlation.ts';
import { temporaryFolder } from './folder.ts';
import { announcement, hallWith } from './hall.ts';
import { SPEECH_WAV, samplesOfWav } from './speech.ts';

const folder = await temporaryFolder();

describe('the tower in real time', () => {
  it('begins at the instant', async () => {
    const player = new WavPlayer(join(folder, 'instant'));
    const { journal, playout } = await hallWith(player, folder);
    const startAt = Date.now() + 2_200;
    playout.submit(announcement('A', {}, { startAt, latestStart: startAt + 2_000 }));
    await expect.poll(async () => (await player.files()).length, { timeout: 5_000, interval: 2 }).toBe(1);
    const firstSampleAt = Date.now();
    const [path = ''] = await player.files();
    const chime = makeChime('ding').subarray(0, framesOf(300));
    await expect.poll(async () => (await samplesOfWav(path)).length).toBeGreaterThan(framesOf(800));
    const { at, likeness } = find(chime, await samplesOfWav(path));
    expect(likeness).toBeGreaterThan(0.99);
    // The file is looked for each 2 ms, on a busy machine less often; how exact it is, `bench start` measures.
    expect(Math.abs(firstSampleAt + at / 48 - startAt)).toBeLessThan(60);
    await playout.stop('A', 'S');
    await expect.poll(() => journal.lines()).toEqual(['started A', 'ended A cancelled stopped']);
  });

  it('is silent within a second of stop', async () => {
    const player = new WavPlayer(join(folder, 'stopped'));
    const { playout } = await hallWith(player, folder);
    playout.submit(announcement('A'));
    await expect.poll(async () => (await player.files()).length).toBe(1);
    const before = performance.now();
    await playout.stop('everything', 'S');
    expect(performance.now() - before).toBeLessThan(1_000);
    const [path = ''] = await player.files();
    const heard = await samplesOfWav(path);
    expect(Math.abs(heard.at(-1) ?? 1)).toBeLessThanOrEqual(1);
  });

  it('lets an alert in, and the notice is said whole after it', async () => {
    const player = new WavPlayer(join(folder, 'alert'));
    const { journal, playout } = await hallWith(player, folder);
    playout.submit(announcement('notice'));
    await expect.poll(async () => (await player.files()).length).toBe(1);
    playout.submit(announcement('alert', { chime: 'none' }, { band: 90 }));
    await expect.poll(() => journal.lines().at(-1), { timeout: 15_000 }).toBe('ended notice finished');
    // The notice hands its voice on to the alert: they are one recording.
    const [alert, rest] = await Promise.all((await player.files()).map(samplesOfWav));
    const speech = await samplesOfWav(SPEECH_WAV);
    for (const heard of [alert, rest]) {
      expect(find(speech, heard ?? speech.subarray(0, 0)).likeness).toBeGreaterThan(0.95);
    }
  });
});
