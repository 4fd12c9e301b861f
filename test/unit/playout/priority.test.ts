import { describe, expect, it } from 'vitest';
import { playOf, setStage } from './stage.ts';

describe('the priority ladder', () => {
  it('plays at once what is ready, records the start before and the end after', async () => {
    const { clock, playout, journal, performer } = setStage({ A: { performMs: 1_000 } });
    playout.submit(playOf(clock, 'A', 'scheduled'));
    await clock.advance(500);
    expect(journal.lines()).toEqual(['started A']);
    expect(journal.claims.get('A tower')?.state).toBe('started');
    expect(playout.now().tower).toEqual({ play: 'A', title: 'title of A', band: 40 });
    await clock.advance(1_000);
    expect(journal.lines()).toEqual(['started A', 'ended A finished']);
    expect(journal.claims.get('A tower')).toMatchObject({ state: 'ended', outcome: 'finished' });
    expect(performer.stretches).toEqual([{ play: 'A', band: 40, from: 10, to: 1_010, resumedFrom: 0 }]);
    expect(playout.now()).toEqual({});
  });

  it('lets a higher band cut a lower one, which goes on where it was', async () => {
    const { clock, playout, journal, performer } = setStage({
      low: { performMs: 5_000 },
      high: { performMs: 2_000 },
    });
    playout.submit(playOf(clock, 'low', 'scheduled'));
    await clock.advance(1_010);
    playout.submit(playOf(clock, 'high', 'alert'));
    await clock.advance(10_000);
    expect(journal.lines()).toEqual([
      'started low',
      'paused low',
      'started high',
      'ended high finished',
      'resumed low',
      'ended low finished',
    ]);
    const [first, high, rest] = performer.stretches;
    expect(first).toMatchObject({ play: 'low', from: 10, to: 1_020 });
    expect(high).toMatchObject({ play: 'high', from: 1_020, to: 3_020 });
    expect(rest).toMatchObject({ play: 'low', resumedFrom: 1_010 * 48 });
    expect(journal.ends().find((end) => end.play === 'low')?.tower?.frames).toBe(5_000 * 48);
  });

  it('does not cut the lower one before the higher one is ready', async () => {
    const { clock, playout, performer } = setStage({ low: { performMs: 5_000 }, high: { prepareMs: 900 } });
    playout.submit(playOf(clock, 'low', 'scheduled'));
    await clock.advance(100);
    playout.submit(playOf(clock, 'high', 'urgent'));
    await clock.advance(2_000);
    expect(performer.stretches[0]).toMatchObject({ play: 'low', to: 1_000 });
    expect(performer.stretches[1]).toMatchObject({ play: 'high', from: 1_000 });
  });

  it('goes on when the higher one turns out to be unplayable', async () => {
    const { clock, playout, journal } = setStage({
      low: { performMs: 2_000 },
      high: { prepareMs: 500, prepareFails: 'media-corrupt' },
    });
    playout.submit(playOf(clock, 'low', 'scheduled'));
    await clock.advance(100);
    playout.submit(playOf(clock, 'high', 'urgent'));
    await clock.advance(3_000);
    expect(journal.lines()).toEqual([
      'started low',
      'ended high rejected media-corrupt',
      'ended low finished',
    ]);
  });

  it('interrupts for good what does not want to go on', async () => {
    const { clock, playout, journal } = setStage({ low: { performMs: 5_000 } });
    playout.submit(playOf(clock, 'low', 'relay', { whenCut: 'give-up' }));
    await clock.advance(1_000);
    playout.submit(playOf(clock, 'high', 'urgent'));
    await clock.advance(5_000);
    expect(journal.lines()).toEqual([
      'started low',
      'ended low interrupted pre-empted',
      'started high',
      'ended high finished',
    ]);
    expect(journal.ends()[0]?.detail).toBe('by high');
  });

  it('plays equal bands in the order of acceptance, and lets the one that waits too long expire', async () => {
    const { clock, playout, journal } = setStage({ A: { performMs: 10_000 }, C: { prepareMs: 1 } });
    playout.submit(playOf(clock, 'A', 'urgent'));
    await clock.advance(100);
    playout.submit(playOf(clock, 'B', 'urgent', { patienceMs: 5_000 }));
    playout.submit(playOf(clock, 'C', 'urgent'));
    playout.submit(playOf(clock, 'D', 'urgent'));
    await clock.advance(20_000);
    expect(journal.lines()).toEqual([
      'started A',
      'ended B expired late',
      'ended A finished',
      'started C',
      'ended C finished',
      'started D',
      'ended D finished',
    ]);
  });

  it('interrupts an interruption, and comes back one by one', async () => {
    const { clock, playout, journal } = setStage();
    for (const band of ['filler', 'scheduled', 'urgent', 'alert'] as const) {
      playout.submit(playOf(clock, band, band));
      await clock.advance(300);
    }
    await clock.advance(10_000);
    expect(journal.lines().filter((line) => line.startsWith('ended'))).toEqual([
      'ended alert finished',
      'ended urgent finished',
      'ended scheduled finished',
      'ended filler finished',
    ]);
  });

  it('ends a pre-empted play that could not go on for a quarter of an hour', async () => {
    const { clock, playout, journal } = setStage({ alert: { performMs: 20 * 60_000 } });
    const minute = { type: 'pause', ms: 60_000 } as const;
    const tower = { chime: 'none', parts: [minute], times: 20, gap_ms: 0 } as const;
    playout.submit(playOf(clock, 'low', 'scheduled'));
    await clock.advance(500);
    const announcement = { title: 'long', language: 'th', tower: { ...tower, parts: [minute] } };
    playout.submit(playOf(clock, 'alert', 'alert', { announcement }));
    await clock.advance(21 * 60_000);
    expect(journal.lines()).toEqual([
      'started low',
      'paused low',
      'started alert',
      'ended low interrupted pre-empted',
      'ended alert finished',
    ]);
  });

  it('does not begin with a blip of the lower one while the higher one is nearly ready', async () => {
    const { clock, playout, performer } = setStage({ low: { prepareMs: 5 }, high: { prepareMs: 300 } });
    playout.submit(playOf(clock, 'high', 'urgent'));
    playout.submit(playOf(clock, 'low', 'filler'));
    await clock.advance(5_000);
    expect(performer.stretches.map(({ play }) => play)).toEqual(['high', 'low']);
  });
});
