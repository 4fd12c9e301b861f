import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Ruling, Stage, type Turn } from '../../../firmware-protocol/content/resolver-stage.ts';
import type { ScriptedPerformer } from './scripted-performer.ts';
import { type MemoryJournal, playOf, setStage } from './stage.ts';

/**
 * The server explains by one machine what the hall does by another. They differ in what the hall needs before an
 * instant (a record, half a second); starts, lengths and graces are chosen so that this never decides who plays.
 */
const GRID_MS = 100_000;
const SLACK_MS = 2_500;

const turns: fc.Arbitrary<Turn[]> = fc
  .array(
    fc.record({
      band: fc.constantFrom(20, 40, 80),
      at: fc.integer({ min: 1, max: 8 }),
      grace: fc.integer({ min: 0, max: 6 }),
      length: fc.integer({ min: 0, max: 10 }),
      whenCut: fc.constantFrom('resume' as const, 'give-up' as const),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((drafts) =>
    drafts
      .map(({ band, at, grace, length, whenCut }, n) => ({
        id: `t${n}`,
        band,
        startMs: at * GRID_MS,
        latestStartMs: at * GRID_MS + grace * GRID_MS + 98_500,
        // No sum of these ends near a start, a last moment, or the quarter of an hour of a pause.
        lengthMs: length * GRID_MS + 3_000 * 2 ** n,
        whenCut,
      }))
      .sort((a, b) => a.startMs - b.startMs || b.band - a.band),
  );

function explained(offered: Turn[]): Map<string, Ruling> {
  const stage = new Stage();
  for (const turn of offered) stage.offer(turn);
  return new Map(stage.close().map((ruling) => [ruling.id, ruling]));
}

async function played(offered: Turn[]): Promise<{ journal: MemoryJournal; performer: ScriptedPerformer }> {
  const scripts = offered.map(({ id, lengthMs }) => [id, { prepareMs: 0, performMs: lengthMs, lengthMs }]);
  const { clock, playout, journal, performer } = setStage(Object.fromEntries(scripts));
  for (const { id, band, startMs, latestStartMs, whenCut } of offered) {
    const when = { startInMs: startMs, patienceMs: latestStartMs - startMs };
    playout.submit(playOf(clock, id, band as 20, { whenCut, ...when }));
  }
  await clock.advance(100 * GRID_MS);
  return { journal, performer };
}

const OUTCOMES: Record<Ruling['verdict'], string[]> = {
  plays: ['finished'],
  waits: ['finished'],
  cut: ['finished', 'interrupted'],
  loses: ['expired'],
};

it('the hall does what the server explains, whatever the programme', async () => {
  await fc.assert(
    fc.asyncProperty(turns, async (offered) => {
      const rulings = explained(offered);
      const { journal, performer } = await played(offered);
      for (const { id } of offered) {
        const ruling = rulings.get(id);
        if (ruling === undefined) throw new Error(`${id} has no ruling`);
        const ends = journal.ends().filter(({ play }) => play === id);
        expect(ends).toHaveLength(1);
        const { outcome } = ends[0] ?? {};
        expect(OUTCOMES[ruling.verdict]).toContain(outcome);
        const stretches = performer.stretches.filter(({ play }) => play === id);
        if (ruling.verdict === 'loses') {
          expect(stretches).toEqual([]);
          continue;
        }
        expect(outcome === 'interrupted').toBe(ruling.because.startsWith('gives-up-for'));
        expect(Math.abs((stretches[0]?.from ?? 0) - ruling.startsMs)).toBeLessThan(SLACK_MS);
        if (outcome === 'finished')
          expect(Math.abs((stretches.at(-1)?.to ?? 0) - ruling.endsMs)).toBeLessThan(SLACK_MS);
      }
    }),
    { numRuns: 200 },
  );
});
