import { describe, expect, it } from 'vitest';
import { PLAYOUT_LIMITS, PLAYOUT_TIMES } from '../../../device/playout/playout-times.ts';
import { playOf, setStage } from './stage.ts';

describe('trouble', () => {
  it('a bad item never stalls the rest', async () => {
    const { clock, playout, journal } = setStage({
      bad: { prepareFails: 'media-undecodable' },
      stuck: { hangsOnPrepare: true },
      'stuck too': { hangsOnPrepare: true },
      'stuck three': { hangsOnPrepare: true },
    });
    for (const id of ['stuck', 'stuck too', 'stuck three', 'bad', 'good']) {
      playout.submit(playOf(clock, id, 'scheduled', { patienceMs: 30_000 }));
    }
    await clock.advance(15_000);
    expect(journal.lines()).toEqual([
      'ended bad rejected media-undecodable',
      'started good',
      'ended good finished',
    ]);
    await clock.advance(20_000);
    expect(journal.lines().slice(3)).toEqual([
      'ended stuck expired late',
      'ended stuck too expired late',
      'ended stuck three expired late',
    ]);
  });

  it('a sound device that is missing is tried again for a while, then told', async () => {
    const { clock, playout, journal } = setStage({ A: { prepareFails: 'no-sound-device' } });
    playout.submit(playOf(clock, 'A', 'scheduled'));
    await clock.advance(PLAYOUT_TIMES.retryForMs - 500);
    expect(journal.lines()).toEqual([]);
    await clock.advance(2_000);
    expect(journal.lines()).toEqual(['ended A rejected no-sound-device']);
  });

  it('a device that is missing is told as that, and not as too late, where the time is over before the tries are', async () => {
    const { clock, playout, journal } = setStage({ A: { prepareFails: 'panel-gone' } });
    playout.submit(playOf(clock, 'A', 'scheduled', { patienceMs: PLAYOUT_TIMES.retryForMs / 2 }));
    await clock.advance(PLAYOUT_TIMES.retryForMs);
    expect(journal.lines()).toEqual(['ended A rejected panel-gone']);
  });

  it('a performer that fails on the way is interrupted, with its reason', async () => {
    const { clock, playout, journal } = setStage({ A: { performFails: 'player-failed' } });
    playout.submit(playOf(clock, 'A', 'scheduled'));
    playout.submit(playOf(clock, 'B', 'scheduled'));
    await clock.advance(5_000);
    expect(journal.lines().slice(0, 2)).toEqual(['started A', 'ended A interrupted player-failed']);
    expect(journal.lines().at(-1)).toBe('ended B finished');
  });

  it('a card that is busy when the air is taken costs no village its alert', async () => {
    const { clock, playout, journal } = setStage({ alert: { busyFor: 3 } });
    playout.submit(playOf(clock, 'alert', 'alert'));
    await clock.advance(10_000);
    expect(journal.lines()[0]).toBe('started alert');
    expect(journal.lines().at(-1)).toBe('ended alert finished');
    expect(journal.ends()).toHaveLength(1);
  });

  it('an amplifier that never comes is told after a while, as nothing heard', async () => {
    const { clock, playout, journal } = setStage({ A: { busyFor: 1_000, busyWith: 'amplifier-failed' } });
    playout.submit(playOf(clock, 'A', 'scheduled'));
    await clock.advance(PLAYOUT_TIMES.retryForMs + 2_000);
    expect(journal.ends()).toMatchObject([{ outcome: 'rejected', reason: 'amplifier-failed' }]);
  });

  it('a ceremony whose card is free too late is not played at all', async () => {
    const { clock, playout, journal, performer } = setStage({ anthem: { busyFor: 3 } });
    playout.submit(playOf(clock, 'anthem', 'ceremony', { startInMs: 5_000, patienceMs: 2_000 }));
    await clock.advance(20_000);
    expect(performer.stretches).toEqual([]);
    expect(journal.ends()).toMatchObject([{ outcome: 'expired', reason: 'late' }]);
  });

  it('a play that takes longer than its document says, as its performer knows, is not cut', async () => {
    const { clock, playout, journal } = setStage({ A: { performMs: 180_000, lengthMs: 180_000 } });
    playout.submit(playOf(clock, 'A', 'scheduled'));
    await clock.advance(200_000);
    expect(journal.lines()).toEqual(['started A', 'ended A finished']);
  });

  it('a record that can never be kept does not hold up those behind it', async () => {
    const { clock, playout, journal } = setStage();
    journal.poison = 'started';
    playout.submit(playOf(clock, 'A', 'scheduled'));
    await clock.advance(5_000);
    expect(journal.lines()).toEqual(['ended A finished']);
  });

  it('a disk that stays full keeps no timer going after the shutdown', async () => {
    const { clock, playout, journal } = setStage();
    journal.isFull = true;
    playout.submit(playOf(clock, 'A', 'scheduled'));
    await clock.advance(500);
    const closed = playout.close();
    await clock.advance(PLAYOUT_TIMES.closeMs);
    await closed;
    expect(clock.pending()).toBe(0);
  });

  it('a performance that never ends is cut after its length, and abandoned', async () => {
    const { clock, playout, journal } = setStage({ A: { hangsOnAir: true } });
    playout.submit(playOf(clock, 'A', 'scheduled'));
    playout.submit(playOf(clock, 'B', 'scheduled', { patienceMs: 300_000 }));
    await clock.advance(120_000);
    expect(journal.lines()).toEqual([
      'started A',
      'ended A rejected performer-hung',
      'started B',
      'ended B finished',
    ]);
  });

  it('a full disk silences nothing; the records come when it is free', async () => {
    const { clock, playout, journal, performer } = setStage();
    journal.isFull = true;
    playout.submit(playOf(clock, 'A', 'alert'));
    playout.submit(playOf(clock, 'B', 'scheduled'));
    await clock.advance(5_000);
    expect(performer.stretches.map(({ play }) => play)).toEqual(['A', 'B']);
    expect(journal.events).toEqual([]);
    journal.isFull = false;
    await clock.advance(PLAYOUT_TIMES.recordRetryMs);
    expect(journal.lines()).toEqual(['started A', 'ended A finished', 'started B', 'ended B finished']);
    expect(journal.claims.get('B tower')).toMatchObject({ state: 'ended', boot: 7 });
  });

  it('a disk that turns out to be full holds nothing up', async () => {
    const { clock, playout, journal, performer } = setStage();
    journal.isFull = true;
    playout.submit(playOf(clock, 'A', 'scheduled'));
    await clock.advance(50);
    expect(performer.onAir().map(({ play }) => play)).toEqual(['A']);
  });

  it('a slow disk holds back a notice but not an alert', async () => {
    const { clock, playout, journal, performer } = setStage();
    journal.slow = new Promise(() => {});
    playout.submit(playOf(clock, 'notice', 'scheduled'));
    await clock.advance(2_000);
    expect(performer.stretches).toEqual([]);
    playout.submit(playOf(clock, 'alert', 'alert'));
    await clock.advance(PLAYOUT_TIMES.recordWaitMs.lifeSafety + 100);
    expect(performer.onAir().map(({ play }) => play)).toEqual(['alert']);
  });

  it('a flood of plays is bounded, and does not keep an alert out', async () => {
    const { clock, playout, journal, performer } = setStage({ first: { performMs: 1_000_000 } });
    playout.submit(playOf(clock, 'first', 'filler'));
    await clock.advance(50);
    for (let i = 0; i < 200; i += 1) playout.submit(playOf(clock, `flood ${i}`, 'filler'));
    await clock.advance(10);
    const refused = journal.lines().filter((line) => line.endsWith('rejected queue-full'));
    expect(refused).toHaveLength(201 - PLAYOUT_LIMITS.plays);
    playout.submit(playOf(clock, 'alert', 'alert'));
    await clock.advance(100);
    expect(performer.onAir().map(({ play }) => play)).toEqual(['alert']);
  });

  it('an output that the device does not have is told', async () => {
    const { clock, playout, journal } = setStage();
    playout.submit(playOf(clock, 'A', 'scheduled', { outputs: ['panel'] }));
    await clock.advance(10);
    expect(journal.lines()).toEqual(['ended A rejected no-panel']);
  });

  it('shutdown interrupts what plays and leaves what waits to the next start', async () => {
    const { clock, playout, journal } = setStage();
    playout.submit(playOf(clock, 'A', 'scheduled'));
    playout.submit(playOf(clock, 'B', 'scheduled'));
    await clock.advance(500);
    const closed = playout.close();
    await clock.advance(100);
    await closed;
    playout.submit(playOf(clock, 'C', 'alert'));
    await clock.advance(5_000);
    expect(journal.lines()).toEqual(['started A', 'ended A interrupted closed']);
  });
});
