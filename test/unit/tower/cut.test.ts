import { describe, expect, it } from 'vitest';
import { framesOf } from '../../../device/tower/score.ts';
import { TOWER_TIMES } from '../../../device/tower/tower-times.ts';
import { tone } from './fake-sound.ts';
import { setTowerStage, signal, type TowerStage, toneOf, towerPlay } from './tower-stage.ts';

async function onAir(stage: TowerStage, ms: number) {
  const play = towerPlay(stage.clock, { parts: [toneOf(10_000)] });
  const performance = await stage.tower.prepare(play, undefined, signal().signal);
  const cut = signal();
  const performed = performance.perform(cut.signal);
  await stage.clock.advance(ms);
  return { cut, performed };
}

describe('a cut', () => {
  it('falls to silence in 10 ms, is over in a quarter of a second, and switches the amplifier off', async () => {
    const stage = setTowerStage();
    const { cut, performed } = await onAir(stage, 2_000);
    cut.abort('stopped');
    await stage.clock.advance(250);
    const { end, mark, tower } = await performed;
    expect(end).toBe('cut');
    expect(stage.told).toEqual(['amplifier on', 'voice drained', 'amplifier off']);
    const sounded = stage.player.voices[0]?.samples() ?? new Int16Array(0);
    expect(tower?.frames).toBe(sounded.length);
    expect(mark.done).toBe(sounded.length - framesOf(TOWER_TIMES.wakeMs));
    const fade = sounded.subarray(-framesOf(TOWER_TIMES.fadeMs));
    expect(Math.max(...fade.subarray(0, 100).map(Math.abs))).toBeGreaterThan(6_000);
    expect(Math.abs(fade.at(-1) ?? 1)).toBeLessThanOrEqual(1);
    expect(Math.max(...fade.subarray(-20).map(Math.abs))).toBeLessThan(100);
  });

  it('by a higher play leaves amplifier and sound device running for it', async () => {
    const stage = setTowerStage();
    const { cut, performed } = await onAir(stage, 2_000);
    const alert = await stage.tower.prepare(
      towerPlay(stage.clock, { parts: [toneOf(500)] }, 'alert'),
      undefined,
      signal().signal,
    );
    cut.abort('pre-empted');
    await stage.clock.advance(250);
    await performed;
    const next = alert.perform(signal().signal);
    await stage.clock.advance(3_000);
    const frames = [(await performed).tower?.frames ?? 0, (await next).tower?.frames ?? 0];
    expect(stage.told).toEqual(['amplifier on', 'voice drained', 'amplifier off']);
    const [voice] = stage.player.voices;
    const between = framesOf(TOWER_TIMES.sliceMs * 30);
    const whole = voice?.frames() ?? 0;
    expect(stage.player.voices).toHaveLength(1);
    expect(whole - (frames[0] ?? 0) - (frames[1] ?? 0)).toBeGreaterThanOrEqual(0);
    expect(whole - (frames[0] ?? 0) - (frames[1] ?? 0)).toBeLessThan(between);
  });

  it('by a higher play that does not come does not leave the amplifier on', async () => {
    const stage = setTowerStage();
    const { cut } = await onAir(stage, 2_000);
    cut.abort('pre-empted');
    await stage.clock.advance(250 + TOWER_TIMES.lingerMs);
    expect(stage.amplifier.isOn).toBe(false);
  });

  it('of a device that hangs is over before a stop is late', async () => {
    const stage = setTowerStage();
    stage.player.hangsAtFrame = framesOf(1_000);
    const { cut, performed } = await onAir(stage, 2_000);
    cut.abort('stopped');
    await stage.clock.advance(TOWER_TIMES.cutMs);
    expect((await performed).end).toBe('cut');
    expect(stage.told).toEqual(['amplifier on', 'voice cut', 'amplifier off']);
  });

  it('while the amplifier comes on sounds nothing', async () => {
    const stage = setTowerStage();
    stage.amplifier.settleMs = 4_000;
    const { cut, performed } = await onAir(stage, 1_000);
    cut.abort('stopped');
    await stage.clock.advance(50);
    expect(await performed).toMatchObject({ end: 'cut', mark: { done: 0 }, tower: { frames: 0 } });
    expect(stage.amplifier.isOn).toBe(false);
  });

  it('that comes when only the buffer is left does not make a whole play a part of one', async () => {
    const stage = setTowerStage();
    const play = towerPlay(stage.clock, { parts: [toneOf(500)] });
    const performance = await stage.tower.prepare(play, undefined, signal().signal);
    const cut = signal();
    const performed = performance.perform(cut.signal);
    await stage.clock.advance(50 + TOWER_TIMES.wakeMs + 500 + TOWER_TIMES.tailMs - 20);
    cut.abort('stopped');
    await stage.clock.advance(500);
    expect((await performed).end).toBe('finished');
  });
});

describe('a cut of who speaks now', () => {
  it('falls to silence from where the last word stood', async () => {
    const stage = setTowerStage();
    const said = tone(40).subarray(0, framesOf(33));
    const live = {
      maxMs: 60_000,
      async *open(signal: AbortSignal) {
        yield said;
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      },
    };
    const play = { ...towerPlay(stage.clock, { chime: 'none', parts: [toneOf(1)] }), live };
    const performance = await stage.tower.prepare(play, undefined, signal().signal);
    const cut = signal();
    const performed = performance.perform(cut.signal);
    await stage.clock.advance(1_000);
    cut.abort('stopped');
    await stage.clock.advance(500);
    expect((await performed).end).toBe('cut');
    const heard = stage.player.voices[0]?.samples() ?? new Int16Array(0);
    const fall = heard.subarray(-framesOf(TOWER_TIMES.fadeMs));
    expect(Math.abs((fall[0] ?? 0) - (said.at(-1) ?? 0))).toBeLessThan(20);
    expect(Math.abs(said.at(-1) ?? 0)).toBeGreaterThan(1_000);
    expect(Math.abs(fall.at(-1) ?? 1)).toBeLessThanOrEqual(1);
  });
});
