import fc from 'fast-check';
import { RRuleTemporal } from 'rrule-temporal';
import { expect, it } from 'vitest';
import { instantOf } from '../../../firmware-protocol/content/instant.ts';
import { occurrencesBetween } from '../../../firmware-protocol/content/recurrence.ts';
import { parseRule } from '../../../firmware-protocol/content/recurrence-rule.ts';
import { arbitraryRule, arbitraryStart } from './arbitrary-rule.ts';

/** Ours and the reference's starts of one rule in one window. */
const situation = arbitraryStart.chain((starts) =>
  fc.record({
    starts: fc.constant(starts),
    rule: arbitraryRule(starts),
    fromMs: fc.integer({ min: Date.UTC(2021, 0, 1), max: Date.UTC(2030, 0, 1) }),
    days: fc.constantFrom(1, 7, 40, 400),
  }),
);

function ours(rule: string, starts: string, fromMs: number, toMs: number): string[] {
  const parsed = parseRule(rule);
  if (!parsed.ok) throw new Error(`${rule}: ${parsed.fault.part} ${parsed.fault.what}`);
  return occurrencesBetween(parsed.rule, starts, [], fromMs, toMs, Number.POSITIVE_INFINITY).map(instantOf);
}

/** Undefined where the reference gives up: it searches so many periods for a COUNT that never fills. */
function reference(rule: string, starts: string, fromMs: number, toMs: number): string[] | undefined {
  const compact = starts.replace(/[-:]/g, '');
  const rruleString = `DTSTART;TZID=Asia/Bangkok:${compact}\nRRULE:${rule}`;
  try {
    return new RRuleTemporal({ rruleString })
      .between(new Date(fromMs), new Date(toMs - 1), true)
      .map((each) => instantOf(each.epochMilliseconds));
  } catch (error) {
    if (error instanceof Error && error.message.includes('exceeded')) return undefined;
    throw error;
  }
}

/** `PRAKAT_RULES=10000 npx vitest run test/unit/content/recurrence-reference.test.ts` takes minutes. */
const RULES = Number(process.env.PRAKAT_RULES ?? 1_000);
const SEED = Number(process.env.PRAKAT_SEED ?? Date.now() % 2 ** 31);

it(`agrees with rrule-temporal on ${RULES} random rules (PRAKAT_SEED=${SEED})`, () => {
  fc.assert(
    fc.property(situation, ({ rule, starts, fromMs, days }) => {
      // A busy rule over a long window says no more than over a short one, and takes the reference minutes.
      const busy = /MINUTELY|HOURLY/.test(rule);
      const toMs = fromMs + (busy ? Math.min(days, 7) : days) * 86_400_000;
      const expected = reference(rule, starts, fromMs, toMs);
      fc.pre(expected !== undefined);
      expect(ours(rule, starts, fromMs, toMs)).toEqual(expected);
    }),
    { numRuns: RULES, seed: SEED },
  );
}, 900_000);
