import { describe, expect, it } from 'vitest';
import { settled } from '../../../scripts/virtual-world/virtual-clock.ts';
import { playOf, setStage } from './stage.ts';

describe('stop', () => {
  it('ends what plays, what is paused and what waits, and spares life-safety', async () => {
    const { clock, playout, journal } = setStage({ alert: { performMs: 3_000 }, low: { performMs: 9_000 } });
    playout.submit(playOf(clock, 'low', 'scheduled'));
    await clock.advance(500);
    playout.submit(playOf(clock, 'alert', 'alert'));
    playout.submit(playOf(clock, 'later', 'scheduled', { startInMs: 30_000 }));
    await clock.advance(500);
    const stopped = playout.stop('everything', 'STOP1');
    await settled();
    await stopped;
    await clock.advance(60_000);
    expect(journal.lines()).toEqual([
      'started low',
      'paused low',
      'started alert',
      'ended low cancelled stopped',
      'ended later cancelled stopped',
      'ended alert finished',
    ]);
    expect(journal.ends()[0]).toMatchObject({ detail: 'by STOP1', tower: { frames: 500 * 48 } });
  });

  it('names one play, also an alert: who may do that was checked before', async () => {
    const { clock, playout, journal } = setStage({ alert: { performMs: 60_000 } });
    playout.submit(playOf(clock, 'alert', 'alert'));
    await clock.advance(1_000);
    const stopped = playout.stop('alert', 'CLEAR');
    await clock.advance(10);
    await stopped;
    expect(journal.lines()).toEqual(['started alert', 'ended alert cancelled stopped']);
  });

  it('is over within a second with a performer that ignores it', async () => {
    const { clock, playout, journal } = setStage({ A: { hangsOnAir: true } });
    playout.submit(playOf(clock, 'A', 'urgent'));
    await clock.advance(1_000);
    let isOver = false;
    void playout.stop('A', 'S').then(() => {
      isOver = true;
    });
    await clock.advance(999);
    expect(isOver).toBe(true);
    playout.submit(playOf(clock, 'B', 'urgent'));
    await clock.advance(5_000);
    expect(journal.lines()).toEqual([
      'started A',
      'ended A cancelled stopped',
      'started B',
      'ended B finished',
    ]);
  });

  it('does not wait for what is submitted after it', async () => {
    const { clock, playout, journal } = setStage({
      A: { performMs: 60_000, cutMs: 200 },
      B: { performMs: 60_000 },
    });
    playout.submit(playOf(clock, 'A', 'urgent'));
    await clock.advance(1_000);
    const stopped = playout.stop('everything', 'S');
    playout.submit(playOf(clock, 'B', 'urgent'));
    await clock.advance(1_000);
    await stopped;
    expect(journal.lines()).toEqual(['started A', 'ended A cancelled stopped', 'started B']);
  });

  it('lets go of what was just being made ready', async () => {
    const { clock, playout, journal, performer } = setStage({ A: { prepareMs: 500 } });
    playout.submit(playOf(clock, 'A', 'urgent'));
    await clock.advance(100);
    await playout.stop('A', 'S');
    await clock.advance(1_000);
    expect(journal.lines()).toEqual(['ended A cancelled stopped']);
    expect(performer.discarded).toEqual(['A']);
    expect(performer.stretches).toEqual([]);
  });

  it('does not wait for a disk that takes half a minute, and nothing sounds afterwards', async () => {
    const { clock, playout, journal, performer } = setStage();
    let written = () => {};
    journal.slow = new Promise((resolve) => {
      written = resolve;
    });
    playout.submit(playOf(clock, 'A', 'urgent'));
    await clock.advance(5_000);
    const stopped = playout.stop('A', 'S');
    await clock.advance(10);
    await stopped;
    written();
    await clock.advance(1_000);
    expect(performer.stretches).toEqual([]);
    expect(journal.lines()).toEqual(['started A', 'ended A cancelled stopped']);
  });
});
