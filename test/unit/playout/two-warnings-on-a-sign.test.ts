import { expect, it } from 'vitest';
import { createPlayout } from '../../../device/playout/playout.ts';
import { BANDS, type Output } from '../../../firmware-protocol/content/band.ts';
import { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';
import { ScriptedPerformer } from './scripted-performer.ts';
import { MemoryJournal, playOf } from './stage.ts';

const HOUR = 3_600_000;

/** An output on which warnings would stand, or sound, for hours if nobody ended them. */
function setOutput(output: Output) {
  const clock = new VirtualClock();
  const journal = new MemoryJournal();
  const scripts = {
    flood: { performMs: 3 * HOUR, lengthMs: 3 * HOUR },
    storm: { performMs: HOUR, lengthMs: HOUR },
  };
  const performer = new ScriptedPerformer(clock, scripts, output);
  const parts = { journal, store: journal.store, boot: 7, clock, log: silentLog };
  const playout = createPlayout({ ...parts, performers: [performer] });
  const warn = (id: string, hours: number) => {
    const endsBy = clock.wall() + hours * HOUR;
    const play = playOf(clock, id, BANDS.alert, { outputs: [output], endsBy });
    playout.submit({ ...play, latestStart: endsBy });
  };
  return { clock, journal, playout, warn };
}

it('the newest stands on the sign; the one before returns after it, hours later', async () => {
  const { clock, journal, playout, warn } = setOutput('panel');
  warn('flood', 5);
  await clock.advance(60_000);
  warn('storm', 2);
  await clock.advance(60_000);
  expect(playout.now().panel?.play).toBe('storm');
  await clock.advance(HOUR);
  expect(playout.now().panel?.play).toBe('flood');
  expect(journal.lines()).toEqual([
    'started flood',
    'paused flood',
    'started storm',
    'ended storm finished',
    'resumed flood',
  ]);
});

it('one that is over before the newer ends was cut off by it, and says so', async () => {
  const { clock, journal, warn } = setOutput('panel');
  warn('flood', 0.5);
  await clock.advance(60_000);
  warn('storm', 2);
  await clock.advance(2 * HOUR);
  expect(journal.lines()).toEqual([
    'started flood',
    'paused flood',
    'started storm',
    'ended flood interrupted pre-empted',
    'ended storm finished',
  ]);
});

it('a tower says one after the other', async () => {
  const { clock, journal, playout, warn } = setOutput('tower');
  warn('flood', 5);
  await clock.advance(60_000);
  warn('storm', 5);
  await clock.advance(60_000);
  expect(playout.now().tower?.play).toBe('flood');
  await clock.advance(3 * HOUR);
  expect(journal.lines()).toEqual(['started flood', 'ended flood finished', 'started storm']);
});
