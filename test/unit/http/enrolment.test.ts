import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newKeyPair } from '../../../firmware-protocol/content/signature.ts';
import {
  crockford,
  EnrolmentAnswer,
  EnrolmentCode,
  fingerprintMatches,
  readCode,
  writeCode,
} from '../../../firmware-protocol/http/enrolment.ts';

const root = (id: string) => ({ id, public: newKeyPair().publicKey });

describe('crockford base 32', () => {
  it('writes five bits a letter from the first bit on', () => {
    expect(crockford(new Uint8Array([0, 0, 0, 0, 0]), 8)).toBe('00000000');
    expect(crockford(new Uint8Array([0xff, 0xff, 0xff, 0xff, 0xff]), 8)).toBe('ZZZZZZZZ');
    expect(crockford(new Uint8Array([0b00001_000, 0b10_00011_0, 0, 0, 0]), 3)).toBe('123');
  });

  it('keeps the order of bytes of one length', () => {
    const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(bytes, bytes, (one, other) => {
        const [first, second] = [crockford(one, 16), crockford(other, 16)];
        expect(Math.sign(Buffer.compare(Buffer.from(first), Buffer.from(second)))).toBe(
          Math.sign(Buffer.compare(Buffer.from(one), Buffer.from(other))),
        );
      }),
    );
  });
});

describe('an enrolment code', () => {
  it('written on paper and typed in brings the secret and the trust', () => {
    const roots = [root('a'), root('b')];
    const secret = crockford(new Uint8Array([1, 2, 3, 4, 5, 6, 7]), 10);
    const read = readCode(EnrolmentCode.parse(writeCode(secret, roots).toLowerCase().replaceAll('-', ' ')));
    expect(read.secret).toBe(secret);
    expect(fingerprintMatches(roots, read.fingerprint)).toBe(true);
    expect(fingerprintMatches([root('a'), root('b')], read.fingerprint)).toBe(false);
  });

  it('of a megabyte is not even looked at', () => {
    expect(EnrolmentCode.safeParse('A'.repeat(1_000_000)).error?.issues[0]?.code).toBe('too_big');
  });
});

describe('the answer to an enrolment', () => {
  const addresses = { broker: 'mqtts://broker:8883', media: 'https://media/media' };
  const pathsOf = (changed: object) =>
    EnrolmentAnswer.pick({ broker: true, media: true })
      .safeParse({ ...addresses, ...changed })
      .error?.issues.map(({ path }) => path.join('.')) ?? [];

  it.each([
    ['mqtt', {}, []],
    ['a broker over HTTP', { broker: 'http://broker' }, ['broker']],
    ['media from a file', { media: 'file:///etc/passwd' }, ['media']],
  ])('names addresses of the right kind: %s', (_what, changed, paths) => {
    expect(pathsOf(changed)).toEqual(paths);
  });
});
