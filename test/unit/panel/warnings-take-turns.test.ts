import { expect, it } from 'vitest';
import { createPlayout } from '../../../device/playout/playout.ts';
import { BANDS } from '../../../firmware-protocol/content/band.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';
import { MemoryJournal } from '../playout/stage.ts';
import { panelPlay, panelStage } from './stage.ts';

const HOUR = 3_600_000;

/** The playout on a sign, and warnings that stand on it. */
function signWithWarnings() {
  const stage = panelStage();
  const { clock, performer } = stage;
  const journal = new MemoryJournal();
  const parts = { journal, store: journal.store, boot: 7, clock, log: silentLog };
  const playout = createPlayout({ ...parts, performers: [performer] });
  const warn = (id: string, texts: string[], hours: number, seconds = 10, band: 60 | 90 = BANDS.alert) => {
    const endsBy = clock.wall() + hours * HOUR;
    const pages = texts.map((text) => ({ text, seconds }));
    const stands = band === BANDS.alert ? { endsBy } : {};
    playout.submit({ ...panelPlay(pages, 500), id, band, latestStart: endsBy, ...stands });
  };
  /** Words on the sign from now on for so long, each change once. */
  const shownIn = async (ms: number): Promise<string> => {
    const before = stage.panel.shown.length;
    await clock.advance(ms);
    return stage.panel.shown
      .slice(before)
      .map(({ words }) => words)
      .join(' ');
  };
  return { ...stage, playout, journal, warn, shownIn };
}

it('one alone stands, page after page', async () => {
  const { warn, shownIn } = signWithWarnings();
  warn('flood', ['ก', 'ข'], 5);
  expect(await shownIn(45_000)).toBe('ก ข ก ข ก');
});

it('two take turns, a round each, the newest first; nothing is written at a turn', async () => {
  const { clock, warn, shownIn, journal } = signWithWarnings();
  warn('flood', ['ก', 'ข'], 5);
  await clock.advance(15_000);
  warn('storm', ['ค'], 5);
  expect(await shownIn(75_000)).toMatch(/^ค (ก|ข) /);
  const words = (await shownIn(120_000)).split(' ');
  // Each of the three pages is read as often as it comes round.
  for (const page of ['ก', 'ข', 'ค'])
    expect(words.filter((each) => each === page).length).toBeGreaterThanOrEqual(3);
  await clock.advance(HOUR);
  expect(journal.lines()).toEqual(['started flood', 'paused flood', 'started storm', 'resumed flood']);
});

it('a long one makes way at the end of a page after twenty seconds, and goes on with its next page', async () => {
  const { clock, warn, shownIn } = signWithWarnings();
  warn('flood', ['ก', 'ข', 'ค', 'ง'], 5);
  await clock.advance(5_000);
  warn('storm', ['น'], 5);
  const words = (await shownIn(100_000)).split(' ');
  // Its first page was cut by the newer one, and is shown again.
  expect(words.join(' ')).toContain('น ก ข น ค ง น ก ข');
});

it('one is read alone again when the other is over, whoever waited then', async () => {
  const { clock, warn, shownIn, journal } = signWithWarnings();
  warn('flood', ['ก'], 5);
  await clock.advance(5_000);
  warn('storm', ['ค'], 0.5);
  await clock.advance(HOUR);
  expect(new Set((await shownIn(60_000)).split(' '))).toEqual(new Set(['ก']));
  expect(journal.lines().at(-1)).toBe('ended storm interrupted expired');
  expect(journal.ends()[0]?.panel?.pages).toBeGreaterThan(50);
});

it('an all-clear for one ends its turns, and what is less than a warning takes none', async () => {
  const { clock, playout, warn, shownIn } = signWithWarnings();
  warn('flood', ['ก'], 5);
  warn('storm', ['ค'], 5);
  warn('news', ['ข่าว'], 5, 10, 60);
  await clock.advance(60_000);
  await Promise.all([playout.stop('flood', 'all-clear'), clock.advance(1_000)]);
  await clock.advance(10_000);
  expect(new Set((await shownIn(60_000)).split(' '))).toEqual(new Set(['ค']));
});
