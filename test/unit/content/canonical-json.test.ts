import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson, canonicalObject } from '../../../firmware-protocol/content/canonical-json.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  // Names that objects of JavaScript keep in an order of their own, or treat as none of theirs.
  fc.constantFrom(
    '10',
    '9',
    '__proto__',
    'toJSON',
    'é',
    '€',
    '\u2028',
    '"\\\b',
    '\ud83d\ude00',
    '\ufb33',
    '\ud83d',
    '\udc00x',
  ),
);
const { anything } = fc.letrec((tie) => ({
  anything: fc.oneof({ depthSize: 'medium' }, tie('leaf'), tie('list'), tie('object')),
  leaf: fc.oneof(
    anyText,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  ),
  list: fc.array(tie('anything'), { maxLength: 6 }),
  object: fc
    .array(fc.tuple(anyText, tie('anything')), { maxLength: 8 })
    .map((members) =>
      JSON.parse(
        `{${members.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`,
      ),
    ),
}));

it('is what another implementation of RFC 8785 writes, and what it refuses, of any JSON', () => {
  const ours = (value: unknown) => textOr(() => canonicalJson(value));
  const theirs = (value: unknown) => textOr(() => canonicalize(value));
  fc.assert(
    fc.property(anything, (value) => {
      const json = JSON.parse(JSON.stringify(value));
      expect(ours(json)).toBe(theirs(json));
      // What came as canonical text, which is written by a shorter way.
      const text = theirs(json);
      if (text !== undefined && text !== 'none') expect(canonicalJson(JSON.parse(text))).toBe(text);
    }),
    { numRuns: 1_000 },
  );
});

it('leaves out what is undefined, as JSON does', () => {
  expect(canonicalJson({ b: undefined, a: [undefined, 1] })).toBe('{"a":[null,1]}');
});

it('of a value that has a JSON form of its own is of that form', () => {
  expect(canonicalJson({ at: new Date(0) })).toBe('{"at":"1970-01-01T00:00:00.000Z"}');
});

it.each([undefined, Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1, Symbol('x'), { a: 1n }, ['\udc00x']])(
  '%o has none',
  (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  },
);

it('of a circle there is none', () => {
  const circle: Record<string, unknown> = {};
  circle.self = [circle];
  expect(() => canonicalJson(circle)).toThrow(RangeError);
});

it('an object of canonical members is canonical', () => {
  const members = { ข: [1, 'ก'], a: { z: 1, b: 2 }, Z: null, '€': 'x', '\u0001': true };
  const texts = Object.fromEntries(
    Object.entries(members).map(([name, value]) => [name, canonicalJson(value)]),
  );
  expect(canonicalObject(texts)).toBe(canonicalJson(members));
});

function textOr(write: () => string | undefined): string | undefined {
  try {
    return write();
  } catch {
    return 'none';
  }
}
