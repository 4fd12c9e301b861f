import { expect, it } from 'vitest';
import { hashOf } from '../../../../firmware-protocol/content/report.ts';
import { newKeyPair, signed, signingKey } from '../../../../firmware-protocol/content/signature.ts';
import { enrolledHall } from '../../../../scripts/bench/enrolled-hall.ts';
import { verifiesQuickly } from '../../../../server/drivers/ed25519.ts';
import { readBatch } from '../../../../server/fleet/report-batch.ts';

const { publicKey, seed } = newKeyPair();
const DEVICE = enrolledHall('hall-mae', '43010101', { publicKey });
const report = (detail: string) => ({
  n: 1,
  prev: '0'.repeat(64),
  at: '2026-11-26T08:00:00.000+07:00',
  trust: 'full',
  boot: 1,
  event: { type: 'of-tomorrow', ข่าว: detail, ü: [1, { z: null, a: '"\\' }] },
});
const bytesOf = (document: object) => Buffer.from(JSON.stringify(document));
const sent = (payload: Uint8Array) => ({ payload, device: DEVICE.id, publicKey, chain: 1 });
const read = (document: object) => readBatch(sent(bytesOf(document)), verifiesQuickly);
const signedBatch = (more: object = {}) =>
  signed({ reports: [report('น้ำท่วม')], device: 'hall-mae', ...more }, signingKey('hall-mae', seed));

it('a batch is held to what its device signed, with members that only a newer server knows', () => {
  const batch = signedBatch({ Z: 'ก', a: { ข: 1, ก: 2 } });
  const [only] = batch.reports;
  const answer = read(batch);
  expect(answer).toMatchObject({ prev: only?.prev, rows: [{ n: 1, hash: hashOf(only ?? {}) }], answers: [] });
  expect('rows' in answer && JSON.parse(answer.rows[0]?.document ?? '')).toEqual(only);
  expect(read({ ...batch, Z: 'ข' })).toEqual({ refused: 'bad signature' });
  expect(read({ ...batch, reports: [report('แห้ง')] })).toEqual({ refused: 'bad signature' });
});

it('what has no canonical form is refused as malformed', () => {
  const text = JSON.stringify(signedBatch()).replace('น้ำท่วม', '\\ud800');
  expect(readBatch(sent(Buffer.from(text)), verifiesQuickly)).toEqual({ refused: 'malformed' });
});
