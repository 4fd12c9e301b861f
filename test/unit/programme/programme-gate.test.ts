import { expect, test } from 'vitest';
import type { Here } from '../../../device/orders/here.ts';
import { examineProgramme } from '../../../device/programme/programme-gate.ts';
import { instantOf } from '../../../firmware-protocol/content/instant.ts';
import { PROGRAMME_LIMITS } from '../../../firmware-protocol/content/programme.ts';
import { signed } from '../../../firmware-protocol/content/signature.ts';
import { DocumentMaker } from '../../contract/ports/documents.ts';

const NOW = Date.parse('2026-11-16T06:00:00+07:00');
const SECOND = 1_000;
const documents = new DocumentMaker();
const here: Here = {
  device: 'nongkhai-sao-lao',
  village: '43010102',
  keys: documents.keys(1).set,
  now: NOW,
  trust: 'server',
  bootNonce: 'nonce',
};

function judge(change: object, floor = 0, at = here) {
  const issued_at = instantOf(NOW);
  const document = {
    ...{ format: 1, area: '43', version: 7, by: 'somchai', entries: [] },
    ...{ issued_at, valid_until: instantOf(NOW + 60 * 86_400 * SECOND), ...change },
  };
  const payload = Buffer.from(JSON.stringify(signed(document, documents.server)));
  return examineProgramme({ payload, area: '43' }, at, () => floor);
}

test('none lives longer than a programme may, wherever in time it stands', () => {
  const last = NOW + PROGRAMME_LIMITS.lifeMs;
  expect(judge({ valid_until: instantOf(last) })).toMatchObject({ version: 7 });
  expect(judge({ valid_until: instantOf(last + SECOND) })).toMatchObject({ refused: 'too-long-lived' });
  expect(judge({ valid_until: '9999-12-31T23:59:59+07:00' })).toMatchObject({
    ...{ what: 'programme/43', refused: 'too-long-lived', detail: '9999-12-31T23:59:59+07:00' },
  });
});

test('one from the future is refused where the time is known', () => {
  const issued_at = instantOf(NOW + 61 * SECOND);
  expect(judge({ issued_at })).toMatchObject({ refused: 'too-early' });
  expect(judge({ issued_at }, 0, { ...here, trust: 'floor' })).toMatchObject({ version: 7 });
});

test('none is older than the floor, and the highest number there is can be read', () => {
  expect(judge({}, 8)).toMatchObject({ refused: 'older', detail: 'version 7, had 8' });
  expect(judge({}, 7)).toMatchObject({ version: 7 });
  expect(judge({ version: Number.MAX_SAFE_INTEGER }, 7)).toMatchObject({ version: Number.MAX_SAFE_INTEGER });
  expect(judge({ version: Number.MAX_SAFE_INTEGER + 1 }, 7)).toMatchObject({ refused: 'malformed' });
});
