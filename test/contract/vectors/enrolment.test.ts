import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { RootKey } from '../../../firmware-protocol/content/key-set.ts';
import {
  EnrolmentCode,
  fingerprintMatches,
  fingerprintOf,
  readCode,
  writeCode,
} from '../../../firmware-protocol/http/enrolment.ts';
import { readVectors } from './read-vectors.ts';

const vectors = readVectors(
  'enrolment.json',
  z.object({
    roots: z.record(z.string(), z.array(RootKey)),
    fingerprints: z.record(z.string(), z.string()),
    secret: z.string(),
    code: z.string(),
    typed: z.array(z.string()),
    refused: z.array(z.string()),
  }),
);
const roots = vectors.roots['root-a, root-b'] ?? [];
const others = vectors.roots['root-c'] ?? [];
const fingerprint = vectors.fingerprints['root-a, root-b'] ?? '';

describe('enrolment codes', () => {
  it.each(Object.entries(vectors.roots))('the fingerprint of %s', (names, keys) => {
    expect(fingerprintOf(keys)).toBe(vectors.fingerprints[names]);
  });

  it('is written in four groups', () => {
    expect(writeCode(vectors.secret, roots)).toBe(vectors.code);
  });

  it.each(vectors.typed)('"%s" is read as the same code', (typed) => {
    expect(readCode(EnrolmentCode.parse(typed))).toEqual({ secret: vectors.secret, fingerprint });
  });

  it.each(vectors.refused)('"%s" is no code', (typed) => {
    expect(EnrolmentCode.safeParse(typed).success).toBe(false);
  });

  it('knows its own roots and no others', () => {
    expect(fingerprintMatches(roots, fingerprint)).toBe(true);
    expect(fingerprintMatches(others, fingerprint)).toBe(false);
    expect(fingerprintMatches(roots, '')).toBe(false);
  });
});
