import { expect, it } from 'vitest';
import { type Player, SAMPLE_RATE_HZ } from '../../../device/sound-ports.ts';

/** A player under test, and what came out of the voice that was closed last. */
export interface PlayerUnderTest {
  player: Player;
  heard: () => Promise<Int16Array>;
}

const SLICE = SAMPLE_RATE_HZ / 50;
const sawtooth = (ms: number) =>
  Int16Array.from({ length: (SAMPLE_RATE_HZ / 1_000) * ms }, (_, i) => ((i * 37) % 20_000) - 10_000);

/** What every player promises (device/ports.ts), real or not. */
export function playerConforms(make: () => Promise<PlayerUnderTest>): void {
  it('sounds every sample, in order, and no faster than time', async () => {
    const { player, heard } = await make();
    const samples = sawtooth(700);
    const voice = await player.arm();
    const began = performance.now();
    for (let at = 0; at < samples.length; at += SLICE) await voice.write(samples.subarray(at, at + SLICE));
    await voice.drain();
    expect(performance.now() - began).toBeGreaterThanOrEqual(690);
    expect(voice.frames()).toBe(samples.length);
    expect((await heard()).subarray(0, samples.length)).toEqual(samples);
  });

  it('takes the first samples at once and holds back who runs ahead', async () => {
    const { player } = await make();
    const voice = await player.arm();
    const began = performance.now();
    await voice.write(new Int16Array(SLICE));
    expect(performance.now() - began).toBeLessThan(100);
    for (let i = 0; i < 30; i += 1) await voice.write(new Int16Array(SLICE));
    expect(performance.now() - began).toBeGreaterThanOrEqual(300);
    await voice.cut();
  });

  it('a cut ends it at once, frees who waits in a write, and may be repeated', async () => {
    const { player } = await make();
    const voice = await player.arm();
    const writing = (async () => {
      for (;;) await voice.write(new Int16Array(SLICE));
    })();
    const ended = expect(writing).rejects.toMatchObject({ code: 'player-failed' });
    await expect.poll(() => voice.frames()).toBeGreaterThan(SLICE * 3);
    const before = performance.now();
    await voice.cut();
    await voice.cut();
    expect(performance.now() - before).toBeLessThan(600);
    await ended;
  });

  it('a voice that was armed for nothing is let go, and the next one can be armed', async () => {
    const { player } = await make();
    await (await player.arm()).cut();
    const next = await player.arm();
    await next.write(new Int16Array(SLICE));
    await next.drain();
    expect(next.frames()).toBe(SLICE);
  });
}
