import { z } from 'zod';
import { Sha256 } from '../content/announcement.ts';
import { DeviceId } from '../content/area.ts';
import { canonicalJson } from '../content/canonical-json.ts';
import { rootBy, treeOf } from '../content/hash-tree.ts';
import { Signature } from '../content/signature.ts';

/** Receipts under one signature at most: signing then costs each next to nothing, and the path, six hashes, fits its row. */
export const RECEIPTS_A_PAGE = 64;

/** Where a receipt stands among those that were signed together, and its path to the root (content/hash-tree.ts). */
export const ReceiptPlace = z.object({
  at: z
    .int()
    .min(0)
    .max(RECEIPTS_A_PAGE - 1),
  of: z.int().min(2).max(RECEIPTS_A_PAGE),
  path: z.array(Sha256).min(1).max(Math.log2(RECEIPTS_A_PAGE)),
});
export type ReceiptPlace = z.infer<typeof ReceiptPlace>;

/**
 * The server has stored every report up to `up_to`; only then may the device forget them. Signed (use `receipt`): by itself, or, where it
 * has a place on a page, by the signature of that.
 */
export const Receipt = z.object({
  device: DeviceId,
  up_to: z.int().min(0),
  /** `hashOf` report `up_to`: a receipt for another chain is refused. */
  hash: Sha256,
  page: ReceiptPlace.optional(),
  signature: Signature,
});
export type Receipt = z.infer<typeof Receipt>;
export type UnsignedReceipt = Omit<Receipt, 'page' | 'signature'>;

/** What is signed of several receipts that wait together. Never sent: each hall finds the root by the path of its own. */
export const ReceiptPage = z.object({
  /** How many. */
  receipts: z.int().min(2).max(RECEIPTS_A_PAGE),
  root: Sha256,
  signature: Signature,
});
export type ReceiptPage = z.infer<typeof ReceiptPage>;

/** What is to be signed for these, 2 to RECEIPTS_A_PAGE of them, and where each then stands. */
export function pageOf(receipts: readonly UnsignedReceipt[]): {
  page: Omit<ReceiptPage, 'signature'>;
  places: ReceiptPlace[];
} {
  const { root, paths } = treeOf(receipts.map((receipt) => canonicalJson(receipt)));
  const of = receipts.length;
  return { page: { receipts: of, root }, places: paths.map((path, at) => ({ at, of, path })) };
}

/**
 * The document that the signature of a receipt, as it came, is over: the receipt, or the page that its path leads to. Undefined where the path
 * leads nowhere.
 */
export function signedOf(
  raw: Record<string, unknown>,
  place: ReceiptPlace | undefined,
): Record<string, unknown> | undefined {
  if (place === undefined) return raw;
  const { page: _place, signature: _signature, ...receipt } = raw;
  const root = rootBy(canonicalJson(receipt), place);
  return root === undefined ? undefined : { receipts: place.of, root };
}
