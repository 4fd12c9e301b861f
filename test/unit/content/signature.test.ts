import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../firmware-protocol/content/canonical-json.ts';
import {
  newKeyPair,
  publicKeyOf,
  Signature,
  signed,
  signingKey,
  verifies,
} from '../../../firmware-protocol/content/signature.ts';

const pair = newKeyPair();
const key = signingKey('a', pair.seed);
const json = fc.dictionary(
  fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((name) => !['signature', 'signatures', '__proto__'].includes(name)),
  fc.jsonValue(),
);

describe('signing', () => {
  it('a key pair is one pair', () => {
    expect(publicKeyOf(key)).toBe(pair.publicKey);
  });

  it('holds for the document in any order of members, as text and back', () => {
    fc.assert(
      fc.property(json, (document) => {
        const whole = signed(document, key);
        const turned = Object.fromEntries(Object.entries(whole).reverse());
        expect(Signature.safeParse(whole.signature).success).toBe(true);
        expect(verifies(JSON.parse(JSON.stringify(turned)), whole.signature, pair.publicKey)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('does not hold for another document, another key, or rubbish', () => {
    const whole = signed({ to: ['43'] }, key);
    expect(verifies({ ...whole, to: ['44'] }, whole.signature, pair.publicKey)).toBe(false);
    expect(verifies({ ...whole, more: 1 }, whole.signature, pair.publicKey)).toBe(false);
    expect(verifies(whole, whole.signature, newKeyPair().publicKey)).toBe(false);
    expect(verifies(whole, { key: 'a', value: 'A'.repeat(86) }, pair.publicKey)).toBe(false);
    expect(verifies(whole, whole.signature, 'rubbish')).toBe(false);
    expect(verifies({ ...whole, text: '\ud800' }, whole.signature, pair.publicKey)).toBe(false);
  });

  it('knows the canonical text of JSON values only', () => {
    expect(() => canonicalJson(undefined)).toThrow(TypeError);
    expect(() => canonicalJson(Number.NaN)).toThrow();
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(() => canonicalJson(circle)).toThrow();
  });

  it('a seed of another length is no key', () => {
    expect(() => signingKey('a', 'AAAA')).toThrow(TypeError);
  });
});
