import { beforeEach, expect, it } from 'vitest';
import {
  newKeyPair,
  publicKeyOf,
  signed,
  signingKey,
  verifies,
} from '../../../../firmware-protocol/content/signature.ts';
import { HALL_TOPICS } from '../../../../firmware-protocol/mqtt/hall-topics.ts';
import { RECEIPTS_A_PAGE, Receipt, signedOf } from '../../../../firmware-protocol/mqtt/receipt.ts';
import { ServerError } from '../../../../server/errors.ts';
import { ReceiptDesk } from '../../../../server/fleet/receipt-desk.ts';

const key = signingKey('k'.repeat(64), newKeyPair().seed);
const receiptFor = (at: number) => ({ device: `hall-${at}`, up_to: at + 1, hash: 'a'.repeat(64) });

let asked: object[];
let desk: ReceiptDesk;
let refuse: ServerError | undefined;

beforeEach(() => {
  asked = [];
  refuse = undefined;
  const sign = async <T extends object>(document: T) => {
    asked.push(document);
    if (refuse !== undefined) throw refuse;
    return signed(document, key);
  };
  desk = new ReceiptDesk({ sign });
});

const signAll = (count: number) =>
  Promise.all(Array.from({ length: count }, (_, at) => desk.sign(receiptFor(at))));

function isGood(receipt: Receipt): boolean {
  const raw = JSON.parse(JSON.stringify(receipt));
  const document = signedOf(raw, Receipt.parse(raw).page);
  return document !== undefined && verifies(document, receipt.signature, publicKeyOf(key));
}

it('one alone is signed by itself, as it always was', async () => {
  const receipt = await desk.sign(receiptFor(0));
  expect(receipt).toEqual(signed(receiptFor(0), key));
});

it.each([2, 3, RECEIPTS_A_PAGE, 3 * RECEIPTS_A_PAGE + 1])(
  '%i that wait together take a signature a page, and each is good by itself',
  async (count) => {
    const receipts = await signAll(count);
    expect(asked).toHaveLength(Math.ceil(count / RECEIPTS_A_PAGE));
    expect(receipts.map(({ device, up_to, hash }) => ({ device, up_to, hash }))).toEqual(
      receipts.map((_, at) => receiptFor(at)),
    );
    expect(receipts.filter((receipt) => !isGood(receipt))).toEqual([]);
  },
);

it('the longest fits its topic', async () => {
  const longest = Array.from({ length: RECEIPTS_A_PAGE }, (_, at) =>
    desk.sign({ device: `hall-${at}`.padEnd(64, 'x'), up_to: Number.MAX_SAFE_INTEGER, hash: 'a'.repeat(64) }),
  );
  const sizes = (await Promise.all(longest)).map((receipt) => JSON.stringify(receipt).length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(HALL_TOPICS.receipt.maxBytes);
});

it('a signer that is away is asked once for a page, not again for each of it', async () => {
  refuse = new ServerError('signer-away');
  const outcomes = await Promise.allSettled(Array.from({ length: 9 }, (_, at) => desk.sign(receiptFor(at))));
  expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
  expect(asked).toHaveLength(1);
});
