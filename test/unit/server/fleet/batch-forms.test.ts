import { sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../../firmware-protocol/content/canonical-json.ts';
import { hashOf, hashOfText } from '../../../../firmware-protocol/content/report.ts';
import {
  newKeyPair,
  signed,
  signingKey,
  verifiesBytes,
} from '../../../../firmware-protocol/content/signature.ts';
import { verifiesQuickly } from '../../../../server/drivers/ed25519.ts';
import { asItCame, madeCanonical } from '../../../../server/fleet/batch-forms.ts';
import { readBatch } from '../../../../server/fleet/report-batch.ts';

const DEVICE = 'hall-mae';
const { publicKey, seed } = newKeyPair();
const key = signingKey(DEVICE, seed);

/** Reports of events, each with the hash of the one before. */
function chain(details: object[]): object[] {
  const reports: object[] = [];
  for (const detail of details) {
    const prev = reports.length === 0 ? '0'.repeat(64) : hashOf(reports.at(-1) ?? {});
    const event = { type: 'of-tomorrow', ...detail };
    const at = '2026-11-26T08:00:00.000+07:00';
    reports.push({ n: reports.length + 1, prev, at, trust: 'full', boot: 1, event });
  }
  return reports;
}
const batch = (...details: object[]) => signed({ device: DEVICE, reports: chain(details) }, key);
const read = (payload: Uint8Array) =>
  readBatch({ payload, device: DEVICE, publicKey, chain: 1 }, verifiesQuickly);
const utf8 = (text: string) => Buffer.from(text);

describe('a batch as its device wrote it', () => {
  it('is read as its canonical form would be, whatever its reports tell', () => {
    // Escapes are left to the other form.
    const plain = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('\\u'));
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), plain), { minLength: 1, maxLength: 4 }), (details) => {
        const payload = utf8(canonicalJson(batch(...details)));
        const form = asItCame(payload);
        if (payload.includes('\\u')) return;
        expect(form).toEqual(madeCanonical(payload));
        expect(form?.reports.map(({ text }) => hashOfText(text))).toEqual(chain(details).map(hashOf));
      }),
    );
  });

  it('that was changed by a byte on its way is not its word', () => {
    const payload = utf8(canonicalJson(batch({ ข่าว: 'น้ำท่วม' }, { to: [1, { a: '}' }] })));
    const whole = read(payload);
    expect(whole).toMatchObject({ rows: [{ n: 1 }, { n: 2 }] });
    fc.assert(
      fc.property(fc.nat(payload.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = Buffer.from(payload);
        changed[at] = (changed[at] ?? 0) ^ by;
        // Of a signature, the name of its key and two spare bits may change.
        const answer = read(changed);
        if (!('refused' in answer)) expect(answer).toEqual(whole);
        else expect(answer.refused).toMatch(/^(malformed|of another device|not a chain|bad signature)$/);
        if (at < payload.lastIndexOf(',"signature"')) expect(answer).toHaveProperty('refused');
      }),
      { numRuns: 1_000 },
    );
  });

  it('is cut at the reports alone, not at what looks like one inside', () => {
    const inside = { list: [{ z: 1 }, { at: 'noon' }], text: '},{"at":"' };
    const document = batch(inside, { aa: [{}, { at: '' }] }, {});
    const payload = utf8(canonicalJson(document));
    expect(asItCame(payload)).toBeUndefined();
    expect(read(payload)).toMatchObject({
      rows: document.reports.map((report) => ({ hash: hashOf(report) })),
    });
  });

  it('is stored to the letter that was signed', () => {
    const loose = canonicalJson(chain([{}])[0]).replace('"boot":1', '"boot": 1');
    const text = `{"device":"${DEVICE}","reports":[${loose}]`;
    const value = sign(null, utf8(`${text}}`), key.privateKey).toString('base64url');
    const rows = [{ document: loose, hash: hashOfText(loose) }];
    expect(read(utf8(`${text},"signature":{"key":"${DEVICE}","value":"${value}"}}`))).toMatchObject({ rows });
  });
});

describe('any other form', () => {
  it('is held to its canonical JSON', () => {
    const document = batch({ ก: 1 });
    const turned = Object.fromEntries(Object.entries(document).reverse());
    for (const text of [JSON.stringify(turned), JSON.stringify(document, null, 2)]) {
      expect(asItCame(utf8(text))).toBeUndefined();
      expect(read(utf8(text))).toMatchObject({ rows: [{ document: canonicalJson(document.reports[0]) }] });
    }
  });

  it.each([
    ['nothing', ''],
    ['no list', `{"device":"${DEVICE}","reports":[]}`],
    ['a list that is not closed', canonicalJson(batch({})).replace(']', '')],
    ['a signature twice', canonicalJson(batch({})).replace(/\}\}$/, '},"signature":{"key":"x"}}')],
    ['half of a pair', canonicalJson(batch({ a: 'x' })).replace('"x"', '"\\ud800"')],
  ])('%s is malformed', (_what, text) => {
    expect(read(utf8(text))).toEqual({ refused: 'malformed' });
  });
});

describe('who verifies quickly', () => {
  it('says what OpenSSL says, of any bytes, key and signature', () => {
    const other = newKeyPair().publicKey;
    fc.assert(
      fc.property(fc.uint8Array(), fc.boolean(), fc.option(fc.nat(63)), (bytes, isOwn, flipped) => {
        const { value } = signed({ bytes: [...bytes] }, key).signature;
        const raw = Buffer.from(value, 'base64url');
        if (flipped !== null) raw[flipped] = (raw[flipped] ?? 0) ^ 1;
        const signature = { key: DEVICE, value: raw.toString('base64url') };
        const said = utf8(canonicalJson({ bytes: [...bytes] }));
        const answers = [verifiesQuickly, verifiesBytes].map((by) =>
          by(said, signature, isOwn ? publicKey : other),
        );
        expect(answers).toEqual([isOwn && flipped === null, isOwn && flipped === null]);
      }),
    );
  });

  it('throws on what is no key, and takes no signature of another length', () => {
    const { signature } = signed({}, key);
    expect(() => verifiesQuickly(utf8('{}'), signature, 'no key')).toThrow(TypeError);
    expect(verifiesQuickly(utf8('{}'), { ...signature, value: 'AAAA' }, publicKey)).toBe(false);
    expect(verifiesQuickly(utf8('{}'), signature, publicKey)).toBe(true);
  });
});
