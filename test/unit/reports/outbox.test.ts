import { beforeEach, describe, expect, test } from 'vitest';
import { OUTBOX_TIMES } from '../../../device/reports/outbox.ts';
import {
  newKeyPair,
  publicKeyOf,
  signingKey,
  verifies,
} from '../../../firmware-protocol/content/signature.ts';
import type { Receipt } from '../../../firmware-protocol/mqtt/receipt.ts';
import { settled } from '../../../scripts/virtual-world/virtual-clock.ts';
import { OutboxStage } from './outbox-stage.ts';

let stage: OutboxStage;
beforeEach(() => {
  stage = new OutboxStage();
});

async function online(): Promise<void> {
  stage.outbox.connected();
  await settled();
}

test('nothing is sent without a line; with it one signed batch of what waits', async () => {
  stage.record(3);
  await settled();
  expect(stage.sent).toEqual([]);
  await online();
  expect(stage.numbersSent()).toEqual([[1, 2, 3]]);
  const [batch] = stage.sent;
  expect(batch && verifies(batch, batch.signature, publicKeyOf(stage.key))).toBe(true);
});

test('what happens within a moment goes as one batch', async () => {
  await online();
  stage.record(1);
  await stage.clock.runTo(OUTBOX_TIMES.gather_ms / 2);
  stage.record(2);
  expect(stage.sent).toEqual([]);
  await stage.clock.runTo(OUTBOX_TIMES.gather_ms);
  expect(stage.numbersSent()).toEqual([[1, 2, 3]]);
});

test('one batch is under way at a time; the receipt forgets it and brings the next', async () => {
  stage.record(250);
  await online();
  stage.record(1);
  await settled();
  expect(stage.numbersSent().map((numbers) => numbers.length)).toEqual([200]);
  await stage.receipt(200);
  await settled();
  expect(stage.held[0]).toBe(201);
  expect(stage.numbersSent()[1]?.[0]).toBe(201);
  expect(stage.numbersSent()[1]).toHaveLength(51);
});

test('a PUBACK forgets nothing: without a receipt the batch is sent again, ever more rarely (F16)', async () => {
  stage.record(1);
  await online();
  await stage.clock.runTo(17_000);
  expect(stage.sent).toHaveLength(2);
  await stage.clock.runTo(30 * 60_000);
  expect(stage.sent.length).toBeLessThan(20);
  expect(stage.held).toEqual([1]);
  expect(stage.warned).toEqual([]);
});

test('a PUBACK that never comes holds nothing up once the receipt is there (F16)', async () => {
  stage.lineSilent = true;
  stage.record(1);
  await online();
  stage.record(1);
  await stage.receipt(1);
  await settled();
  expect(stage.numbersSent()).toEqual([[1], [2]]);
});

test('a receipt that comes twice changes nothing (F17)', async () => {
  stage.record(2);
  await online();
  const hash = stage.hashOf(1);
  await stage.receipt(1, { hash });
  await stage.receipt(1, { hash });
  expect(stage.held).toEqual([2]);
  expect(stage.warned).toEqual([]);
});

test('a receipt that shares its signature with others counts', async () => {
  stage.record(3);
  await online();
  await stage.receiptOfPage(2);
  expect(stage.held).toEqual([3]);
  expect(stage.warned).toEqual([]);
});

describe('a receipt is refused, warned of, and forgets nothing when', () => {
  const stranger = signingKey('server', newKeyPair().seed);
  const cases: [string, () => Promise<void>][] = [
    ['its signature is not of the key it names', () => stage.receipt(2, { key: stranger })],
    ['its key is unknown', () => stage.receipt(2, { key: signingKey('other', newKeyPair().seed) })],
    ['it is for another device', () => stage.receipt(2, { device: 'hall-2' })],
    ['it names another hash', () => stage.receipt(2, { hash: 'a'.repeat(64) })],
    ['it is for a number that was never given', () => stage.receipt(99, { hash: 'a'.repeat(64) })],
    [
      'it is for more than its page says',
      () => stage.receiptOfPage(1, (receipt) => ({ ...receipt, up_to: 3 })),
    ],
    ['it is for another chain than its page says', () => forgedPage({ hash: stage.hashOf(2), up_to: 2 })],
    ['its page is not the one that was signed', () => stage.receiptOfPage(3, onAnotherPage)],
    ['it was taken out of its page', () => stage.receiptOfPage(3, ({ page: _, ...receipt }) => receipt)],
    ['its place has no path', () => forgedPage({ page: { at: 0, of: 5, path: [] } })],
    ['its place is behind its page', () => forgedPage({ page: { at: 5, of: 5, path: ['a'.repeat(64)] } })],
    ['it is no JSON', () => stage.outbox.receipt(Buffer.from('{'))],
    ['it has another shape', () => stage.outbox.receipt(Buffer.from('{"device":"hall-1"}'))],
  ];
  const forgedPage = (change: object) => stage.receiptOfPage(1, (receipt) => ({ ...receipt, ...change }));
  const onAnotherPage = ({ page, ...receipt }: Receipt) => ({
    ...receipt,
    page: page && { ...page, path: [...page.path.slice(1), 'c'.repeat(64)] },
  });
  test.each(cases)('%s', async (_name, send) => {
    stage.record(3);
    await online();
    await send();
    expect(stage.held).toEqual([1, 2, 3]);
    expect(stage.warned).toMatchObject([{ code: 'receipt-forged', raised: true }]);
    await stage.receipt(3);
    expect(stage.held).toEqual([]);
    expect(stage.warned).toHaveLength(1);
    await stage.clock.runTo(stage.clock.monotonic() + OUTBOX_TIMES.forged_ms);
    stage.record(1);
    await stage.receipt(4);
    expect(stage.warned.at(-1)).toMatchObject({ code: 'receipt-forged', raised: false });
  });
});

test('a batch ends at a gap, and the rest follows', async () => {
  stage.record(4);
  stage.drop(2);
  await online();
  expect(stage.numbersSent()).toEqual([[1]]);
  await stage.receipt(1);
  await settled();
  expect(stage.numbersSent()[1]).toEqual([3, 4]);
});

test('on a new line what was under way goes out at once', async () => {
  stage.record(1);
  await online();
  stage.outbox.disconnected();
  stage.record(1);
  await settled();
  expect(stage.sent).toHaveLength(1);
  await online();
  expect(stage.numbersSent()[1]).toEqual([1, 2]);
});

test('a line that refuses is tried again later', async () => {
  stage.lineError = new Error('gone');
  stage.record(1);
  await online();
  stage.lineError = undefined;
  await stage.clock.runTo(20_000);
  expect(stage.numbersSent()).toEqual([[1]]);
});
