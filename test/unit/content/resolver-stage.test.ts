import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Ruling, Stage, type Turn } from '../../../firmware-protocol/content/resolver-stage.ts';

const turns: fc.Arbitrary<Turn[]> = fc
  .array(
    fc.record({
      band: fc.constantFrom(20, 40, 80),
      startMs: fc.integer({ min: 0, max: 200 }),
      graceMs: fc.integer({ min: 0, max: 80 }),
      lengthMs: fc.integer({ min: 1, max: 60 }),
      whenCut: fc.constantFrom('resume' as const, 'give-up' as const),
    }),
    { maxLength: 12 },
  )
  .map((drafts) =>
    drafts
      .map(({ graceMs, ...draft }, n) => ({ ...draft, id: `t${n}`, latestStartMs: draft.startMs + graceMs }))
      .sort((a, b) => a.startMs - b.startMs || b.band - a.band),
  );

function played(offered: Turn[]): { turn: Turn; ruling: Ruling }[] {
  const stage = new Stage();
  for (const turn of offered) stage.offer(turn);
  const rulings = new Map(stage.close().map((ruling) => [ruling.id, ruling]));
  return offered.map((turn) => {
    const ruling = rulings.get(turn.id);
    if (ruling === undefined) throw new Error(`${turn.id} has no ruling`);
    return { turn, ruling };
  });
}

it('rules on each turn once, and by the law', () => {
  fc.assert(
    fc.property(turns, (offered) => {
      const all = played(offered);
      expect(all).toHaveLength(offered.length);
      for (const { turn, ruling } of all) {
        if (ruling.verdict === 'loses') continue;
        // Never early, never after its grace.
        expect(ruling.startsMs).toBeGreaterThanOrEqual(turn.startMs);
        expect(ruling.startsMs).toBeLessThanOrEqual(turn.latestStartMs);
        const wholeMs = ruling.endsMs - ruling.startsMs;
        if (ruling.verdict === 'plays' || ruling.verdict === 'waits') expect(wholeMs).toBe(turn.lengthMs);
        if (ruling.verdict === 'plays') expect(ruling.startsMs).toBe(turn.startMs);
      }
    }),
  );
});

it('the highest band is never late nor cut by another', () => {
  fc.assert(
    fc.property(turns, (offered) => {
      const top = played(offered).filter(({ turn }) => turn.band === 80);
      for (const { turn, ruling } of top) {
        expect(ruling.verdict).not.toBe('cut');
        const others = top.filter((each) => each.turn.id !== turn.id && each.turn.startMs <= turn.startMs);
        if (others.length === 0) expect(ruling).toMatchObject({ verdict: 'plays', startsMs: turn.startMs });
      }
    }),
  );
});

it('uninterrupted ones never sound together', () => {
  fc.assert(
    fc.property(turns, (offered) => {
      const whole = played(offered).filter(({ ruling }) => ['plays', 'waits'].includes(ruling.verdict));
      const sorted = whole.map(({ ruling }) => ruling).sort((a, b) => a.startsMs - b.startsMs);
      for (const [index, ruling] of sorted.entries())
        expect(ruling.startsMs).toBeGreaterThanOrEqual(sorted[index - 1]?.endsMs ?? 0);
    }),
  );
});
