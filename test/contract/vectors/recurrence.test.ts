import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { epochMsOfLocal, instantOf, LocalTime } from '../../../firmware-protocol/content/instant.ts';
import { occurrencesBetween } from '../../../firmware-protocol/content/recurrence.ts';
import { parseRule } from '../../../firmware-protocol/content/recurrence-rule.ts';
import { readVectors } from './read-vectors.ts';

const vectors = readVectors(
  'recurrence.json',
  z.object({
    cases: z.array(
      z.object({
        name: z.string(),
        starts: LocalTime,
        rule: z.string(),
        except: z.array(LocalTime).default([]),
        from: LocalTime,
        to: LocalTime,
        are: z.array(LocalTime),
      }),
    ),
    refused: z.array(z.object({ rule: z.string(), part: z.string() })),
  }),
);

describe('recurrence', () => {
  it.each(vectors.cases)('$name', ({ starts, rule, except, from, to, are }) => {
    const parsed = parseRule(rule);
    if (!parsed.ok) throw new Error(`${parsed.fault.part} ${parsed.fault.what}`);
    const [fromMs, toMs] = [epochMsOfLocal(from), epochMsOfLocal(to)];
    const found = occurrencesBetween(parsed.rule, starts, except, fromMs, toMs, 1_000);
    expect(found.map((ms) => instantOf(ms).slice(0, 19))).toEqual(are);
  });

  it.each(vectors.refused)('"$rule" is refused for $part', ({ rule, part }) => {
    expect(parseRule(rule)).toMatchObject({ ok: false, fault: { part } });
  });
});
