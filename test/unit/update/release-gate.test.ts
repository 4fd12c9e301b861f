import { expect, test } from 'vitest';
import type { Here } from '../../../device/orders/here.ts';
import { examineRelease, RELEASE_CHECKS } from '../../../device/update/release-gate.ts';
import { instantOf } from '../../../firmware-protocol/content/instant.ts';
import type { Release } from '../../../firmware-protocol/content/release.ts';
import { bytesOf, key, keySet, NOW, release, SERVER_KEY, VILLAGE } from './releases.ts';

/** F43: what no good release is, and that each of these has its own word. */

const here: Here = {
  device: 'nongkhai-sao-lao',
  village: VILLAGE,
  keys: keySet(),
  now: NOW,
  trust: 'server',
  bootNonce: 'nonce',
};
const judge = (document: object, area = '43', held?: Release, floor = '0.1.0', at = here) =>
  examineRelease({ payload: bytesOf(document), area }, at, { floor, held });

test('a good one is taken, of each of the areas of the hall', () => {
  for (const area of ['th', '43', '4301', '430101', VILLAGE])
    expect(judge(release({ area }), area)).toMatchObject({ version: '0.2.0' });
});

test('a key that we do not know, one that may not, and one that did not sign it', () => {
  expect(judge(release({}, key('stranger')))).toMatchObject({ refused: 'unknown-key' });
  expect(judge(release({}, SERVER_KEY))).toMatchObject({ refused: 'wrong-use', what: 'release/43' });
  expect(judge({ ...release(), share: 99 })).toMatchObject({ refused: 'bad-signature' });
  expect(judge({ ...release(), signature: { ...release().signature, key: 'server-1' } })).toMatchObject({
    refused: 'bad-signature',
  });
});

test('a key of another province, and a release for another place', () => {
  const elsewhere = { ...here, keys: keySet(['41']) };
  expect(judge(release(), '43', undefined, '0.1.0', elsewhere)).toMatchObject({ refused: 'outside-area' });
  expect(judge(release({ area: '41' }), '41')).toMatchObject({ refused: 'for-another' });
  expect(judge(release({ area: '43' }), 'th')).toMatchObject({ refused: 'for-another', detail: '43' });
});

test('an older version, and an older document of the same area', () => {
  expect(judge(release(), '43', undefined, '0.3.0')).toMatchObject({ refused: 'older' });
  const held = release({ issued_at: instantOf(NOW - 60_000) });
  expect(judge(release(), '43', held)).toMatchObject({ refused: 'older' });
});

test('a withdrawal of what runs already is taken', () => {
  expect(judge(release({ share: 0 }), '43', undefined, '0.3.0')).toMatchObject({ share: 0 });
});

test('one from the future, one in a later format, one with a member that must be understood', () => {
  expect(judge(release({ issued_at: instantOf(NOW + 3_600_000) }))).toMatchObject({ refused: 'too-early' });
  expect(judge({ ...release(), format: 2 })).toMatchObject({ refused: 'not-understood' });
  expect(judge({ ...release(), crit: ['dance'] })).toMatchObject({ refused: 'not-understood' });
});

test('bytes that are no release', () => {
  for (const bytes of ['', '[]', '{"format":1}', 'ประกาศ', '\u0000'.repeat(20_000)])
    expect(
      examineRelease({ payload: Buffer.from(bytes), area: '43' }, here, { floor: '0.1.0', held: undefined }),
    ).toMatchObject({ refused: bytes.length > 16_384 ? 'too-large' : 'malformed' });
});

test('the signature is looked at before anything that the document says', () => {
  expect(Object.keys(RELEASE_CHECKS)[0]).toBe('signed by a key we trust');
});
