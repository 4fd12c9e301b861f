import { describe, expect, it } from 'vitest';
import { KeySet, refuseKeySet } from '../../../firmware-protocol/content/key-set.ts';
import { newKeyPair, signatureOf, signingKey } from '../../../firmware-protocol/content/signature.ts';

const pair = (id: string) => {
  const { publicKey, seed } = newKeyPair();
  return { root: { id, public: publicKey }, key: signingKey(id, seed) };
};
const [a, b] = [pair('a'), pair('b')];

const scoped = (id: string) => ({
  id,
  public: a.root.public,
  areas: ['43'],
  uses: ['announce'],
  max_band: 60,
  not_before: '2026-01-01T00:00:00+07:00',
  not_after: '2027-01-01T00:00:00+07:00',
});

function draft(version: number, more: object = {}) {
  const issued_at = '2026-10-01T00:00:00+07:00';
  return {
    format: 1,
    version,
    issued_at,
    threshold: 2,
    roots: [a.root, b.root],
    keys: [scoped('x')],
    ...more,
  };
}

function signedBy(document: object, signers: (typeof a)[]) {
  const raw = { ...document, signatures: signers.map(({ key }) => signatureOf(document, key)) };
  return {
    raw,
    read: () => KeySet.parse(raw),
    faults: () => KeySet.safeParse(raw).error?.issues.map(({ path }) => path.join('.')),
  };
}

describe('a key set', () => {
  it.each([
    ['a threshold that all roots together cannot reach', { threshold: 3 }, 'threshold'],
    ['one key under two root names', { roots: [a.root, { ...a.root, id: 'b' }] }, 'roots'],
    ['two roots of one name', { roots: [a.root, { ...b.root, id: 'a' }] }, 'roots'],
    ['two keys of one name', { keys: [scoped('x'), scoped('x')] }, 'keys'],
    ['a key that may do nothing', { keys: [{ ...scoped('x'), uses: [] }] }, 'keys.0.uses'],
    ['a key above the ladder', { keys: [{ ...scoped('x'), max_band: 91 }] }, 'keys.0.max_band'],
  ])('with %s is refused', (_what, more, path) => {
    expect(signedBy(draft(2, more), [a, b]).faults()).toEqual([path]);
  });

  it('follows only when signed whole, by enough roots, with a higher version', () => {
    const current = signedBy(draft(1), [a, b]).read();
    const follow = (set: ReturnType<typeof signedBy>) => refuseKeySet(set.raw, set.read(), current);
    expect(follow(signedBy(draft(2), [a, b]))).toBeUndefined();
    expect(follow(signedBy(draft(9), [b, a]))).toBeUndefined();
    expect(follow(signedBy(draft(1), [a, b]))).toBe('older');
    expect(follow(signedBy(draft(2), [a]))).toBe('too-few-signatures');
    expect(follow(signedBy(draft(2), [a, a]))).toBe('too-few-signatures');
  });

  it('a root cannot be claimed by name alone', () => {
    const stranger = pair('b');
    const current = signedBy(draft(1), [a, b]).read();
    const next = signedBy(draft(2), [a, stranger]);
    expect(refuseKeySet(next.raw, next.read(), current)).toBe('too-few-signatures');
  });
});
