import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ProgrammeEntry } from '../../../../firmware-protocol/content/programme.ts';
import {
  type Decision,
  type Occurrence,
  occurrencesOf,
  resolve,
} from '../../../../firmware-protocol/content/resolver.ts';
import { stretchesOf, stretchesTouched } from '../../../../server/programme/busy-stretches.ts';

const NOON = Date.parse('2026-11-13T12:00:00+07:00');

/** Within an hour, so that many meet. */
const someEntry = fc.record({
  minute: fc.integer({ min: 0, max: 59 }),
  second: fc.integer({ min: 0, max: 59 }),
  tower: fc.integer({ min: 0, max: 60 }),
  panel: fc.integer({ min: 0, max: 60 }),
  band: fc.constantFrom(80, 40, 20),
  grace_s: fc.integer({ min: 0, max: 900 }),
  when_cut: fc.constantFrom('resume', 'give-up'),
});
type Some = typeof someEntry extends fc.Arbitrary<infer T> ? T : never;

const two = (n: number) => String(n).padStart(2, '0');

function dueOf(area: string, some: Some[]): Occurrence[] {
  const entries = some.map(({ minute, second, tower, panel, ...rest }, at) =>
    ProgrammeEntry.parse({
      ...rest,
      id: `e-${at}`,
      starts: `2026-11-13T12:${two(minute)}:${two(second)}`,
      announcement: {
        title: 'x',
        tower: { chime: 'ding', parts: tower === 0 ? [] : [{ type: 'pause', ms: tower * 1_000 }], times: 3 },
        ...(panel > 0 && { panel: { pages: [{ text: 'x', seconds: Math.max(3, panel) }] } }),
      },
    }),
  );
  const programme = {
    ...{ format: 1 as const, area, version: 1, by: '-', entries, signature: { key: '-', value: '-' } },
    ...{ issued_at: '2026-11-01T00:00:00+07:00', valid_until: '2027-01-01T00:00:00+07:00' },
  };
  return occurrencesOf([programme], NOON, NOON + 3_600_000);
}

const lineOf = ({ occurrence, output, verdict, startsMs, endsMs, because }: Decision) =>
  [occurrence.id, output, verdict, startsMs, endsMs, because].join(' ');
const linesOf = (decisions: Decision[]) => decisions.map(lineOf).sort();
const merged = (...all: Occurrence[][]) => all.flat().sort((a, b) => a.startMs - b.startMs);

it('stretches resolved one by one are the whole resolved at once', () => {
  fc.assert(
    fc.property(fc.array(someEntry, { maxLength: 40 }), (some) => {
      const due = dueOf('43', some);
      const apart = stretchesOf(due).flatMap(({ occurrences }) => resolve(occurrences));
      expect(linesOf(apart)).toEqual(linesOf(resolve(due)));
    }),
    { numRuns: 300 },
  );
});

it('what comes between changes those stretches that are named, and no others', () => {
  fc.assert(
    fc.property(
      fc.array(someEntry, { maxLength: 30 }),
      fc.array(someEntry, { minLength: 1, maxLength: 6 }),
      (above, own) => {
        const [due, added] = [dueOf('43', above), dueOf('43010101', own)];
        const stretches = stretchesOf(due);
        const touched = stretchesTouched(stretches, added);
        const within = new Set(touched.flatMap(({ occurrences }) => occurrences.map(({ id }) => id)));
        const untouched = stretches.filter(({ occurrences }) =>
          occurrences.every(({ id }) => !within.has(id)),
        );
        const apart = [...untouched, ...touched].flatMap(({ occurrences }) => resolve(occurrences));
        expect(linesOf(apart)).toEqual(linesOf(resolve(merged(due, added))));
      },
    ),
    { numRuns: 300 },
  );
});
