import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PublicKey, verifies } from '../../../firmware-protocol/content/signature.ts';
import { Receipt, signedOf } from '../../../firmware-protocol/mqtt/receipt.ts';
import { readVectors } from './read-vectors.ts';

const RawReceipt = z.looseObject(Receipt.shape);

const vectors = readVectors(
  'receipts.json',
  z.object({
    public: PublicKey,
    single: RawReceipt,
    cases: z.array(z.object({ name: z.string(), document: RawReceipt, verifies: z.boolean() })),
  }),
);

function isSigned(receipt: z.infer<typeof RawReceipt>): boolean {
  const document = signedOf(receipt, receipt.page);
  return document !== undefined && verifies(document, receipt.signature, vectors.public);
}

describe('a receipt that shares its signature', () => {
  it.each(vectors.cases)('$name: verifies = $verifies', ({ document, verifies: expected }) => {
    expect(isSigned(document)).toBe(expected);
  });

  it('and one that has its own', () => {
    expect(isSigned(vectors.single)).toBe(true);
  });
});
