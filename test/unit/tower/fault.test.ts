import { describe, expect, it } from 'vitest';
import { DeviceError } from '../../../device/errors.ts';
import { framesOf } from '../../../device/tower/score.ts';
import { TOWER_TIMES } from '../../../device/tower/tower-times.ts';
import { setTowerStage, signal, toneOf, towerPlay } from './tower-stage.ts';

describe('faults on the tower', () => {
  it('no sound without an amplifier', async () => {
    const { clock, player, amplifier, tower, told } = setTowerStage();
    amplifier.fails = true;
    const performance = await tower.prepare(
      towerPlay(clock, { parts: [toneOf(500)] }),
      undefined,
      signal().signal,
    );
    const performed = performance.perform(signal().signal);
    await clock.advance(1_000);
    expect(await performed).toMatchObject({
      end: 'failed',
      reason: 'amplifier-failed',
      tower: { frames: 0, amplifier: 'failed' },
    });
    expect(player.open).toBe(0);
    expect(told).toEqual(['voice cut', 'amplifier off']);
  });

  it('an amplifier that does not answer is one that failed', async () => {
    const { clock, amplifier, tower } = setTowerStage();
    amplifier.hangs = true;
    const performance = await tower.prepare(
      towerPlay(clock, { parts: [toneOf(500)] }),
      undefined,
      signal().signal,
    );
    const performed = performance.perform(signal().signal);
    await clock.advance(TOWER_TIMES.amplifierMs);
    expect(await performed).toMatchObject({ end: 'failed', reason: 'amplifier-failed' });
  });

  it('a card that fails on the way ends it, with what was accepted', async () => {
    const { clock, player, tower, told } = setTowerStage();
    player.failsAtFrame = framesOf(1_000);
    const performance = await tower.prepare(
      towerPlay(clock, { parts: [toneOf(5_000)] }),
      undefined,
      signal().signal,
    );
    const performed = performance.perform(signal().signal);
    await clock.advance(3_000);
    const { end, reason, tower: evidence } = await performed;
    expect({ end, reason, frames: evidence?.frames }).toEqual({
      end: 'failed',
      reason: 'player-failed',
      frames: player.voices[0]?.samples().length,
    });
    expect(told).toEqual(['amplifier on', 'voice cut', 'amplifier off']);
  });

  it('whatever hangs, the amplifier goes off after content, tail and its limit', async () => {
    const { clock, player, amplifier, tower } = setTowerStage();
    player.hangsAtFrame = framesOf(500);
    const performance = await tower.prepare(
      towerPlay(clock, { parts: [toneOf(2_000)] }),
      undefined,
      signal().signal,
    );
    const performed = performance.perform(signal().signal);
    await clock.advance(1_000);
    expect(amplifier.isOn).toBe(true);
    await clock.advance(60_000);
    expect(amplifier.isOn).toBe(false);
    expect(await performed).toMatchObject({ end: 'failed', reason: 'overrun' });
  });

  it('a second part that cannot be played is refused before the first one sounds', async () => {
    const { clock, player, decoder, tower } = setTowerStage();
    decoder.refuses.add('tone-900');
    const play = towerPlay(clock, { parts: [toneOf(700), toneOf(900)] });
    await expect(tower.prepare(play, undefined, signal().signal)).rejects.toMatchObject({
      code: 'media-undecodable',
    });
    expect(player.voices).toHaveLength(0);
  });

  it('a file that is longer than its document says is refused before it sounds', async () => {
    const { clock, player, tower } = setTowerStage();
    const play = towerPlay(clock, { parts: [{ ...toneOf(5_000), ms: 1_000 }] });
    await expect(tower.prepare(play, undefined, signal().signal)).rejects.toMatchObject({
      code: 'media-undecodable',
      context: { ms: 5_000, announced_ms: 1_000 },
    });
    expect(player.voices).toHaveLength(0);
  });

  it('a file that is longer than its own header says is not played on', async () => {
    const { clock, decoder, tower } = setTowerStage();
    decoder.announces = 1_000;
    const lying = { ...toneOf(5_000), ms: 1_000 };
    const performance = await tower.prepare(towerPlay(clock, { parts: [lying] }), undefined, signal().signal);
    const performed = performance.perform(signal().signal);
    await clock.advance(10_000);
    expect(await performed).toMatchObject({ end: 'failed', reason: 'media-undecodable' });
  });

  it('a play that hung and was left behind is silenced by the next, and takes no amplifier from it', async () => {
    const { clock, player, amplifier, tower, told } = setTowerStage();
    player.hangsAtFrame = framesOf(1_000);
    const hung = await tower.prepare(
      towerPlay(clock, { parts: [toneOf(9_000)] }),
      undefined,
      signal().signal,
    );
    const left = hung.perform(signal().signal);
    await clock.advance(5_000);
    player.hangsAtFrame = Number.POSITIVE_INFINITY;
    const next = await tower.prepare(
      towerPlay(clock, { parts: [toneOf(2_000)] }),
      undefined,
      signal().signal,
    );
    const performed = next.perform(signal().signal);
    await clock.advance(1_000);
    expect(player.open).toBe(1);
    expect(amplifier.isOn).toBe(true);
    await clock.advance(5_000);
    expect((await left).end).toBe('failed');
    expect((await performed).end).toBe('finished');
    expect(told).toEqual(['amplifier on', 'voice cut', 'voice drained', 'amplifier off']);
  });

  it('a play that is cut in the moment it begins leaves nothing open', async () => {
    const { clock, player, tower } = setTowerStage();
    const play = towerPlay(clock, { parts: [toneOf(500)] });
    const performance = await tower.prepare(play, undefined, signal().signal);
    expect(player.open).toBe(1);
    const cut = signal();
    cut.abort('stopped');
    expect((await performance.perform(cut.signal)).end).toBe('cut');
    expect(player.open).toBe(0);
    expect(clock.pending()).toBe(0);
  });

  it('a missing card is told when it is made ready, and nothing is left reserved', async () => {
    const { clock, player, tower } = setTowerStage();
    player.armFails = new DeviceError('no-sound-device');
    const play = towerPlay(clock, { parts: [toneOf(100)] });
    await expect(tower.prepare(play, undefined, signal().signal)).rejects.toMatchObject({
      code: 'no-sound-device',
    });
    player.armFails = undefined;
    const performance = await tower.prepare(play, undefined, signal().signal);
    await performance.discard();
    expect(player.open).toBe(0);
  });
});
