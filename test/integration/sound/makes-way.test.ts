import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { AlsaPlayer } from '../../../device/drivers/sound/alsa-player.ts';
import { makeChime } from '../../../device/tower/chime.ts';
import { framesOf } from '../../../device/tower/score.ts';
import { WordBoundary } from '../../../device/tower/word-boundary.ts';
import { CapturedCard } from '../../../scripts/bench/captured-card.ts';
import { find } from './correlation.ts';
import { temporaryFolder } from './folder.ts';
import { announcement, hallWith } from './hall.ts';
import { untilInTime } from './one-in-time.ts';
import { SPEECH_WAV, samplesOfWav } from './speech.ts';

const folder = await temporaryFolder();
const card = CapturedCard.open(join(folder, 'card'));
const asoundrc = join(folder, 'asoundrc');
await writeFile(asoundrc, card.alsaDevice('card'));
process.env.ALSA_CONFIG_PATH = asoundrc;
afterAll(() => {
  delete process.env.ALSA_CONFIG_PATH;
  card.close();
});
const speech = await samplesOfWav(SPEECH_WAV);
const alertChime = makeChime('alert');
/** "Front" is said, then "centre": the pause between them, by ear and by the samples, ms. */
const PAUSE_MS = { from: 440, to: 800 };

/** The notice is on air for so long when an alert comes; what was heard, and where the alert begins in it. */
async function pushAside(heardMs: number) {
  const { journal, playout } = await hallWith(new AlsaPlayer({ device: 'card' }), folder);
  card.clear();
  playout.submit(announcement('notice', { chime: 'none', times: 2, gap_ms: 700 }));
  const lead = framesOf(150);
  await expect
    .poll(() => card.samples().length, { interval: 5, timeout: 8_000 })
    .toBeGreaterThan(lead + framesOf(heardMs));
  const askedAt = performance.now();
  playout.submit(announcement('alert', { chime: 'alert', parts: [] }, { band: 90 }));
  await expect.poll(() => journal.lines().at(-1), { timeout: 20_000 }).toBe('ended notice finished');
  await card.quiet();
  const heard = card.samples();
  const { at, likeness } = find(alertChime, heard);
  expect(likeness).toBeGreaterThan(0.999);
  return { heard, at, lead, tookMs: card.soundedAt(at) - askedAt, lines: journal.lines() };
}

describe('a notice that makes way for an alert', () => {
  it('is silent, and the alert heard, within 150 ms', { timeout: 60_000 }, async () => {
    const wanted = { limit: 150, tries: 3 };
    const tries = await untilInTime(
      wanted,
      (n) => pushAside(900 + 100 * n),
      ({ tookMs }) => tookMs,
    );
    expect(Math.min(...tries.map(({ tookMs }) => tookMs))).toBeLessThan(wanted.limit);
    for (const { lines } of tries)
      expect(lines).toEqual([
        ...['started notice', 'paused notice', 'started alert'],
        ...['ended alert finished', 'resumed notice', 'ended notice finished'],
      ]);
  });

  it('falls to silence without a click, and goes on with the word it was in', {
    timeout: 60_000,
  }, async () => {
    // Inside "centre".
    const { heard, at } = await pushAside(950);
    const before = heard.subarray(0, at);
    const end = before.findLastIndex((sample) => sample !== 0);
    const steps = (samples: Int16Array) =>
      samples.reduce((most, sample, i) => Math.max(most, Math.abs(sample - (samples[i - 1] ?? sample))), 0);
    expect(Math.abs(before[end] ?? 0)).toBeLessThan(100);
    expect(steps(before.subarray(end - framesOf(10)))).toBeLessThanOrEqual(steps(speech));
    const rest = heard.subarray(at + alertChime.length);
    const word = speech.subarray(framesOf(PAUSE_MS.to), framesOf(PAUSE_MS.to + 550));
    const centre = find(word, rest.subarray(0, framesOf(2_500)));
    expect(centre.likeness).toBeGreaterThan(0.9);
    // Of "front" nothing is said again: before the word there is the silence of the tail, the wake and the pause.
    const loudest = rest
      .subarray(framesOf(50), centre.at - framesOf(60))
      .reduce((most, s) => Math.max(most, Math.abs(s)), 0);
    expect(loudest).toBeLessThan(1_000);
  });
});

describe('the beginning of a word', () => {
  const after = (ms: number) => {
    const words = new WordBoundary();
    words.hear(speech.subarray(0, framesOf(ms)));
    return words.last();
  };

  it('is where the last pause in the speech ended', () => {
    for (const ms of [800, 900, 1_000]) {
      const frames = after(ms) ?? 0;
      expect(frames / 48).toBeGreaterThan(PAUSE_MS.from);
      expect(frames / 48).toBeLessThanOrEqual(PAUSE_MS.to);
    }
  });

  it('is not known where no pause was', () => {
    const words = new WordBoundary();
    words.hear(alertChime);
    expect(words.last()).toBeUndefined();
  });
});
