import { describe, expect, it } from 'vitest';
import { SAMPLE_RATE_HZ } from '../../../device/sound-ports.ts';
import { makeChime } from '../../../device/tower/chime.ts';
import { fadeIn } from '../../../device/tower/fade.ts';
import { framesOf } from '../../../device/tower/score.ts';
import { TOWER_TIMES } from '../../../device/tower/tower-times.ts';
import { tone } from './fake-sound.ts';
import { setTowerStage, signal, toneOf, towerPlay } from './tower-stage.ts';

const lead = framesOf(TOWER_TIMES.wakeMs);
const tail = framesOf(TOWER_TIMES.tailMs);

describe('the sequence on the tower', () => {
  it('is chime, every sample of every part with its pauses, silence; amplifier on before and off after', async () => {
    const { clock, player, tower, told } = setTowerStage();
    const parts = [toneOf(700), { type: 'pause' as const, ms: 250 }, toneOf(900)];
    const play = towerPlay(clock, { chime: 'ding', parts, times: 2, gap_ms: 500 });
    const performance = await tower.prepare(play, undefined, signal().signal);
    expect(told).toEqual([]);
    const performed = performance.perform(signal().signal);
    await clock.advance(20_000);

    const chime = makeChime('ding');
    const once = [...tone(700), ...new Int16Array(framesOf(250)), ...tone(900)];
    const expected = [...chime, ...once, ...new Int16Array(framesOf(500)), ...once, ...new Int16Array(tail)];
    const sounded = player.voices[0]?.samples() ?? new Int16Array(0);
    expect(sounded.length).toBe(expected.length);
    expect(Buffer.from(sounded.buffer).equals(Buffer.from(Int16Array.from(expected).buffer))).toBe(true);
    expect(told).toEqual(['amplifier on', 'voice drained', 'amplifier off']);
    const content = framesOf(500) + 2 * once.length;
    expect(await performed).toMatchObject({
      end: 'finished',
      mark: { done: content },
      tower: { frames: expected.length, rate_hz: SAMPLE_RATE_HZ, amplifier: 'on', sink: 'fake' },
    });
    const { tower: evidence } = await performed;
    expect(evidence?.ms).toBeGreaterThanOrEqual((expected.length / 48) * 0.99);
    expect(evidence?.peak_cdbfs).toBe(-800);
  });

  it('sounds the first sample only when the amplifier has settled', async () => {
    const { clock, player, amplifier, tower } = setTowerStage();
    amplifier.settleMs = 900;
    const performance = await tower.prepare(
      towerPlay(clock, { parts: [toneOf(100)] }),
      undefined,
      signal().signal,
    );
    const performed = performance.perform(signal().signal);
    await clock.advance(5_000);
    expect(player.voices[0]?.chunks[0]?.at).toBe(900);
    expect(await performed).toMatchObject({ firstAt: 900 + TOWER_TIMES.wakeMs });
  });

  it('puts the first sound at the instant', async () => {
    const { clock, player, tower } = setTowerStage();
    const performance = await tower.prepare(
      towerPlay(clock, { parts: [toneOf(500)] }),
      undefined,
      signal().signal,
    );
    void performance.perform(signal().signal, 1_000);
    await clock.advance(5_000);
    const sounded = player.voices[0]?.samples() ?? new Int16Array(0);
    const first = sounded.findIndex((sample) => sample !== 0);
    expect(player.voices[0]?.chunks[0]?.at).toBe(1_000 - TOWER_TIMES.countInMs);
    expect(first).toBe(framesOf(TOWER_TIMES.countInMs));
  });

  it('goes on after a cut a little earlier, without a second chime', async () => {
    const { clock, player, tower } = setTowerStage();
    const play = towerPlay(clock, { chime: 'alert', parts: [toneOf(5_000)] });
    const performance = await tower.prepare(play, { done: framesOf(3_000) }, signal().signal);
    const performed = performance.perform(signal().signal);
    await clock.advance(10_000);
    const rest = fadeIn(
      tone(5_000).subarray(framesOf(3_000 - TOWER_TIMES.rewindMs)),
      framesOf(TOWER_TIMES.fadeMs),
    );
    const sounded = player.voices[0]?.samples().subarray(lead, -tail) ?? new Int16Array(0);
    expect(Buffer.from(sounded.slice().buffer).equals(Buffer.from(rest.slice().buffer))).toBe(true);
    expect((await performed).mark).toEqual({ done: framesOf(5_000) });
  });

  it('opens the sound device ahead, and gives it back when it is not needed', async () => {
    const { clock, player, tower } = setTowerStage();
    const first = await tower.prepare(towerPlay(clock, { parts: [toneOf(100)] }), undefined, signal().signal);
    const second = await tower.prepare(
      towerPlay(clock, { parts: [toneOf(100)] }),
      undefined,
      signal().signal,
    );
    expect(player.voices).toHaveLength(1);
    await first.discard();
    expect(player.open).toBe(1);
    await second.discard();
    expect(player.open).toBe(0);
  });

  it('has the decoder of the next part running before the part before it ends', async () => {
    const { clock, decoder, tower } = setTowerStage();
    const play = towerPlay(clock, { parts: [toneOf(3_000), toneOf(400)] });
    const performance = await tower.prepare(play, undefined, signal().signal);
    void performance.perform(signal().signal);
    await clock.advance(2_500);
    expect(decoder.started).toEqual(['tone-3000', 'tone-400']);
    await clock.advance(5_000);
  });

  it('says that it cannot know whether an amplifier is on that it does not sense', async () => {
    const { clock, tower } = setTowerStage({ senses: false });
    const performance = await tower.prepare(
      towerPlay(clock, { parts: [toneOf(100)] }),
      undefined,
      signal().signal,
    );
    const performed = performance.perform(signal().signal);
    await clock.advance(2_000);
    expect((await performed).tower?.amplifier).toBe('not-known');
  });

  it('a chime alone sounds once, however often nothing is to be said after it', async () => {
    const { clock, tower, amplifier } = setTowerStage();
    const play = towerPlay(clock, { chime: 'ding', parts: [], times: 10, gap_ms: 60_000 });
    const performance = await tower.prepare(play, undefined, signal().signal);
    const performed = performance.perform(signal().signal);
    await clock.advance(3_000);
    expect((await performed).end).toBe('finished');
    expect(amplifier.isOn).toBe(false);
  });
});
