import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AlsaPlayer } from '../../../device/drivers/sound/alsa-player.ts';
import { makeChime } from '../../../device/tower/chime.ts';
import { cardWithAClock } from './card-with-a-clock.ts';
import { find } from './correlation.ts';
import { temporaryFolder } from './folder.ts';
import { announcement, hallWith } from './hall.ts';
import { untilInTime } from './one-in-time.ts';

const folder = await temporaryFolder();
const chime = makeChime('ding').subarray(0, 24_000);

/** By how much the chime missed its instant on a card, ms. */
async function missed(name: string, slowToBegin: number): Promise<number> {
  const card = await cardWithAClock(join(folder, name), { speed: 1, slowToBegin });
  const { journal, playout } = await hallWith(new AlsaPlayer({ device: 'none', aplay: card.aplay }), folder);
  const startAt = Date.now() + 2_500;
  playout.submit(announcement('A', { parts: [] }, { startAt, latestStart: startAt + 2_000 }));
  await expect.poll(() => journal.lines().at(-1), { timeout: 15_000 }).toBe('ended A finished');
  const { beganAt, framesPerMs } = await card.log();
  const { at, likeness } = find(chime, await card.samples());
  expect(likeness).toBeGreaterThan(0.999);
  return Math.abs(beganAt + at / framesPerMs - startAt);
}

describe('a card that has a clock of its own', () => {
  it('and takes 35 ms to begin sounds at the instant all the same', { timeout: 60_000 }, async () => {
    const wanted = { limit: 3.5, tries: 3 };
    const tries = await untilInTime(
      wanted,
      (n) => missed(`slow-${n}`, 35),
      (ms) => ms,
    );
    expect(Math.min(...tries)).toBeLessThan(wanted.limit);
  });

  it('and runs 4 % slow is never given more than a cut may last', { timeout: 30_000 }, async () => {
    const card = await cardWithAClock(join(folder, 'behind'), { speed: 0.96, slowToBegin: 0 });
    const voice = await new AlsaPlayer({ device: 'none', aplay: card.aplay }).arm();
    // Five seconds: by time alone it would be 200 ms deep.
    for (let slice = 0; slice < 500; slice += 1) await voice.write(new Int16Array(480));
    await voice.drain();
    expect(voice.gaps?.()).toBe((await card.log()).underruns);
    expect((await card.log()).deepestMs).toBeLessThan(130);
  });
});
