import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AlsaPlayer } from '../../../device/drivers/sound/alsa-player.ts';
import { WavPlayer } from '../../../device/drivers/sound/wav-player.ts';
import { makeChime } from '../../../device/tower/chime.ts';
import { framesOf } from '../../../device/tower/score.ts';
import { TOWER_TIMES } from '../../../device/tower/tower-times.ts';
import { alsaCapture } from './alsa-capture.ts';
import { find } from './correlation.ts';
import { temporaryFolder } from './folder.ts';
import { announcement, hallWith, SPOKEN } from './hall.ts';
import { SPEECH_WAV, samplesOf, samplesOfWav } from './speech.ts';

const folder = await temporaryFolder();
const captured = await alsaCapture(folder);
const speech = await samplesOfWav(SPEECH_WAV);
const TWICE = { parts: [SPOKEN, { type: 'pause', ms: 200 } as const, SPOKEN] };

/** Chime, speech, pause, speech: each at its place, each whole, nothing between. */
function expectWhole(heard: Int16Array): void {
  const chime = makeChime('ding');
  expect(heard.subarray(0, chime.length)).toEqual(chime);
  const afterChime = chime.length;
  const first = find(speech, heard.subarray(afterChime, afterChime + speech.length + 480));
  expect(first.likeness).toBeGreaterThan(0.95);
  expect(first.at).toBeLessThan(48);
  const secondFrom = afterChime + speech.length + framesOf(200) - 480;
  const second = find(speech, heard.subarray(secondFrom, secondFrom + speech.length + 960));
  expect(second.likeness).toBeGreaterThan(0.95);
  expect(Math.abs(second.at - 480)).toBeLessThan(96);
  const whole = afterChime + 2 * speech.length + framesOf(200) + framesOf(TOWER_TIMES.tailMs);
  expect(Math.abs(heard.length - whole)).toBeLessThan(2_000);
}

describe.concurrent('what is heard', () => {
  it('through ALSA is what was sent, from the first syllable to the last', async () => {
    const { journal, playout } = await hallWith(new AlsaPlayer({ device: 'capture' }), folder);
    playout.submit(announcement('A', TWICE));
    await expect.poll(() => journal.lines(), { timeout: 15_000 }).toEqual(['started A', 'ended A finished']);
    expectWhole(samplesOf(await readFile(captured)));
    expect(journal.ends()[0]?.tower).toMatchObject({ sink: 'alsa', amplifier: 'not-known', rate_hz: 48_000 });
  });

  it('in the folder is what was sent, and readable while it is written', async () => {
    const player = new WavPlayer(join(folder, 'whole'));
    const { journal, playout } = await hallWith(player, folder);
    playout.submit(announcement('A', TWICE));
    await expect.poll(async () => (await player.files()).length, { timeout: 5_000 }).toBe(1);
    const [path = ''] = await player.files();
    await expect.poll(async () => (await readFile(path)).readUInt32LE(40)).toBeGreaterThan(20_000);
    await expect.poll(() => journal.lines(), { timeout: 15_000 }).toEqual(['started A', 'ended A finished']);
    const heard = await samplesOfWav(path);
    expectWhole(heard);
    expect(journal.ends()[0]?.tower?.frames).toBe(heard.length);
  });
});
