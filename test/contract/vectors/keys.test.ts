import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Target } from '../../../firmware-protocol/content/area.ts';
import { Instant } from '../../../firmware-protocol/content/instant.ts';
import {
  type Claimed,
  KeySet,
  KeyUse,
  refuseKeySet,
  refuseScope,
  rootSignatures,
} from '../../../firmware-protocol/content/key-set.ts';
import { readVectors } from './read-vectors.ts';

const RawKeySet = z.looseObject({});
const sets = readVectors(
  'key-sets.json',
  z.object({
    current: RawKeySet,
    cases: z.array(z.object({ name: z.string(), next: RawKeySet, refusal: z.string().nullable() })),
  }),
);

const scope = readVectors(
  'key-scope.json',
  z.object({
    cases: z.array(
      z.object({
        name: z.string(),
        key: z.string(),
        claimed: z.object({ use: KeyUse, band: z.int(), to: z.array(Target), at: Instant }),
        refusal: z.string().nullable(),
      }),
    ),
  }),
);

const current = KeySet.parse(sets.current);
const HALLS: Record<string, string> = { 'nong-khai-1': '43010102', 'udon-1': '41010101' };

describe('key sets', () => {
  it('the current one is signed by its own roots', () => {
    expect(rootSignatures(sets.current, current.signatures, current.roots)).toBe(2);
  });

  it.each(sets.cases)('$name: $refusal', ({ next, refusal }) => {
    expect(refuseKeySet(next, KeySet.parse(next), current) ?? null).toBe(refusal);
  });
});

describe('what a key may sign', () => {
  it.each(scope.cases)('$name: $refusal', ({ key, claimed, refusal }) => {
    expect(refuseScope(current, key, claimed, (device) => HALLS[device]) ?? null).toBe(refusal);
  });

  it('a hall that nobody knows is outside every area', () => {
    const to = ['device/nobody'];
    const claimed: Claimed = { use: 'announce', band: 20, to, at: '2026-11-13T18:30:00+07:00' };
    expect(refuseScope(current, 'nation', claimed, () => undefined)).toBe('outside-area');
  });
});
