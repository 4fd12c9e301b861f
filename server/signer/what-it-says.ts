import type { z } from 'zod';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { Claimed } from '../../firmware-protocol/content/key-set.ts';
import { isPlayOrder, Order, UNSIGNED } from '../../firmware-protocol/content/order.ts';
import { claimsOfProgramme, Programme } from '../../firmware-protocol/content/programme.ts';
import { TimeAnswer } from '../../firmware-protocol/mqtt/messages.ts';
import { Receipt, ReceiptPage } from '../../firmware-protocol/mqtt/receipt.ts';

type Reading = (document: object, now: number) => Claimed | undefined;

/** Each kind of document that is ever signed here, and what it asks of its key: as the halls read it. What somebody waits for stands first, then what comes most. */
const READINGS: readonly Reading[] = [
  read(Order, (order) => ({
    use: order.kind,
    band: isPlayOrder(order) ? order.band : 0,
    to: order.to,
    at: order.issued_at,
  })),
  // To a device of ours by its name: which village it stands in is for nobody to abuse.
  read(Receipt.omit({ page: true }).strict(), receiptNow),
  read(ReceiptPage.strict(), receiptNow),
  read(TimeAnswer.strict(), (_answer, now) => ({ use: 'time', band: 0, to: [], at: instantOf(now) })),
  read(Programme, claimsOfProgramme),
];

function receiptNow(_receipt: object, now: number): Claimed {
  return { use: 'receipt', band: 0, to: [], at: instantOf(now) };
}

/** What an unsigned document asks of the key that signs it; undefined = it is nothing that is signed here. */
export function claimsOf(document: object, now: number): Claimed | undefined {
  for (const reading of READINGS) {
    const claims = reading(document, now);
    if (claims !== undefined) return claims;
  }
  return undefined;
}

function read<T>(schema: z.ZodType<T>, claims: (document: T, now: number) => Claimed): Reading {
  return (document, now) => {
    const read = schema.safeParse({ ...document, signature: UNSIGNED });
    return read.success ? claims(read.data, now) : undefined;
  };
}
