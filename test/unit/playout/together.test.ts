import { describe, expect, it } from 'vitest';
import { PLAYOUT_TIMES } from '../../../device/playout/playout-times.ts';
import { playOf, type Stage, setStage } from './stage.ts';

/** A notice is on air when an alert comes and is said. */
async function pushAside({ clock, playout }: Stage): Promise<void> {
  playout.submit(playOf(clock, 'notice', 'scheduled'));
  await clock.advance(50);
  playout.submit(playOf(clock, 'alert', 'alert'));
  await clock.advance(10_000);
}

describe('what one moment brings', () => {
  it('is one commit: an alert does not wait for the record of who made way, and then for its own', async () => {
    const stage = setStage();
    await pushAside(stage);
    expect(stage.journal.records).toEqual(['started', 'paused started', 'ended resumed', 'ended']);
    expect(stage.journal.lines()).toEqual([
      ...['started notice', 'paused notice', 'started alert'],
      ...['ended alert finished', 'resumed notice', 'ended notice finished'],
    ]);
  });

  it('loses only the record that cannot be kept', async () => {
    const stage = setStage();
    stage.journal.poison = 'paused';
    await pushAside(stage);
    expect(stage.journal.lines()).toEqual([
      ...['started notice', 'started alert'],
      ...['ended alert finished', 'resumed notice', 'ended notice finished'],
    ]);
  });
});

describe('what comes while the store is writing', () => {
  it('is one commit behind it, each claim as the last record leaves it', async () => {
    const { clock, playout, journal } = setStage();
    playout.submit(playOf(clock, 'A', 'alert'));
    let goOn = () => {};
    journal.slow = new Promise((resolve) => {
      goOn = resolve;
    });
    playout.submit(playOf(clock, 'B', 'alert'));
    await clock.advance(20_000);
    goOn();
    await clock.advance(100);
    expect(journal.records).toEqual(['started', 'ended started ended']);
    expect(journal.claims.get('A tower')).toMatchObject({ state: 'ended', outcome: 'finished' });
    expect(journal.claims.get('B tower')).toMatchObject({ state: 'ended', outcome: 'finished', boot: 7 });
  });

  it('is told whole after a disk was full', async () => {
    const stage = setStage();
    stage.journal.isFull = true;
    await pushAside(stage);
    expect(stage.journal.events).toEqual([]);
    stage.journal.isFull = false;
    await stage.clock.advance(PLAYOUT_TIMES.recordRetryMs);
    expect(stage.journal.records).toEqual(['started paused started ended resumed ended']);
  });
});
