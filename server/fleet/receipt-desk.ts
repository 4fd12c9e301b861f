import {
  pageOf,
  RECEIPTS_A_PAGE,
  type Receipt,
  type UnsignedReceipt,
} from '../../firmware-protocol/mqtt/receipt.ts';
import type { Signer } from '../ports.ts';
import { GroupCommit } from './group-commit.ts';

/** While the signer is at one page, the next is on its way to it. */
const PAGES_AT_ONCE = 4;

/** Has receipts signed: those that wait together by one signature, which costs more than all else about them; one alone by itself. */
export class ReceiptDesk {
  readonly #signer: Signer;
  readonly #waiting: GroupCommit<UnsignedReceipt, Receipt>;

  constructor(signer: Signer) {
    this.#signer = signer;
    this.#waiting = new GroupCommit({
      most: RECEIPTS_A_PAGE,
      atOnce: PAGES_AT_ONCE,
      store: (receipts) => this.#signed(receipts),
    });
  }

  /** Rejects `signer-away`, `signer-refused`. */
  sign(receipt: UnsignedReceipt): Promise<Receipt> {
    return this.#waiting.put(receipt);
  }

  async #signed(receipts: UnsignedReceipt[]): Promise<Receipt[]> {
    const [only, ...others] = receipts;
    if (only !== undefined && others.length === 0) return [await this.#signer.sign(only)];
    const { page, places } = pageOf(receipts);
    const { signature } = await this.#signer.sign(page);
    return receipts.map((receipt, at) => ({ ...receipt, page: places[at], signature }));
  }
}
