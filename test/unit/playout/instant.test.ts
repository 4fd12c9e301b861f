import { describe, expect, it } from 'vitest';
import { epochMsOf } from '../../../firmware-protocol/content/instant.ts';
import { playOf, setStage } from './stage.ts';

describe('a play with an instant', () => {
  it('is made ready ahead and begins at the instant', async () => {
    const { clock, playout, performer, journal } = setStage({ A: { prepareMs: 3_000 } });
    playout.submit(playOf(clock, 'A', 'ceremony', { startInMs: 60_000, patienceMs: 2_000 }));
    await clock.advance(59_400);
    expect(journal.lines()).toEqual([]);
    await clock.advance(200);
    expect(journal.lines()).toEqual(['started A']);
    expect(performer.stretches).toEqual([]);
    await clock.advance(5_000);
    expect(performer.stretches).toEqual([{ play: 'A', band: 80, from: 60_000, to: 61_000, resumedFrom: 0 }]);
  });

  it('follows the wall clock when it steps, and never plays in a burst', async () => {
    const { clock, playout, performer, journal } = setStage();
    for (const minute of [1, 2, 3]) {
      const startInMs = minute * 60_000;
      playout.submit(playOf(clock, `at ${minute}`, 'scheduled', { startInMs, patienceMs: 10_000 }));
    }
    playout.submit(playOf(clock, 'at 90', 'scheduled', { startInMs: 90 * 60_000, patienceMs: 10_000 }));
    await clock.advance(30_000);
    clock.stepWall(3_600_000);
    await clock.advance(2_000);
    expect(journal.lines()).toEqual([
      'ended at 1 expired late',
      'ended at 2 expired late',
      'ended at 3 expired late',
    ]);
    clock.stepWall(-600_000);
    await clock.advance(39 * 60_000);
    expect(performer.stretches).toHaveLength(0);
    await clock.advance(60_000);
    expect(performer.stretches.map(({ play }) => play)).toEqual(['at 90']);
  });

  it('is not touched by a step while it plays', async () => {
    const { clock, playout, journal } = setStage({ A: { performMs: 5_000 } });
    playout.submit(playOf(clock, 'A', 'scheduled', { startInMs: 1_000, patienceMs: 2_000 }));
    await clock.advance(2_000);
    clock.stepWall(50 * 365 * 86_400_000);
    await clock.advance(5_000);
    expect(journal.lines()).toEqual(['started A', 'ended A finished']);
  });

  it('is reported from its first sound on, not from when the amplifier was told; a resumed one from its first stretch', async () => {
    const { clock, playout, journal } = setStage({ A: { performMs: 5_000, settleMs: 900 } });
    playout.submit(playOf(clock, 'A', 'scheduled'));
    await clock.advance(2_000);
    playout.submit(playOf(clock, 'B', 'alert'));
    await clock.advance(20_000);
    const heardAt = epochMsOf(journal.ends().find(({ play }) => play === 'A')?.started_at ?? '');
    expect(heardAt).toBe(clock.wall() - 22_000 + 10 + 900);
  });

  it('takes the air from a lower one in time', async () => {
    const { clock, playout, performer, journal } = setStage({ low: { performMs: 60_000 } });
    playout.submit(playOf(clock, 'low', 'filler', { whenCut: 'give-up' }));
    playout.submit(playOf(clock, 'anthem', 'ceremony', { startInMs: 10_000, patienceMs: 2_000 }));
    await clock.advance(12_000);
    expect(performer.stretches[1]).toMatchObject({ play: 'anthem', from: 10_000 });
    expect(journal.lines().at(-1)).toBe('ended anthem finished');
  });

  it('that a slow disk made late is not begun after its last moment', async () => {
    const { clock, playout, performer, journal } = setStage();
    let written = () => {};
    journal.slow = new Promise((resolve) => {
      written = resolve;
    });
    playout.submit(playOf(clock, 'anthem', 'ceremony', { startInMs: 5_000, patienceMs: 2_000 }));
    await clock.advance(10_000);
    written();
    await clock.advance(5_000);
    expect(performer.stretches).toEqual([]);
    expect(journal.lines()).toEqual(['started anthem', 'ended anthem expired late']);
  });

  it('keeps it when the wall clock steps back just before', async () => {
    const { clock, playout, performer, journal } = setStage();
    let written = () => {};
    journal.slow = new Promise((resolve) => {
      written = resolve;
    });
    playout.submit(playOf(clock, 'A', 'scheduled', { startInMs: 10_000, patienceMs: 5_000 }));
    await clock.advance(9_600);
    clock.stepWall(-3_600_000);
    written();
    await clock.advance(5_000);
    expect(performer.stretches).toMatchObject([{ play: 'A', from: 10_000, to: 11_000 }]);
  });

  it('expires when the download does not end', async () => {
    const { clock, playout, journal } = setStage({ A: { hangsOnPrepare: true } });
    playout.submit(playOf(clock, 'A', 'scheduled', { startInMs: 10_000, patienceMs: 5_000 }));
    await clock.advance(16_000);
    expect(journal.lines()).toEqual(['ended A expired late']);
    expect(journal.ends()[0]?.detail).toBe('it could not be made ready in time');
  });
});
