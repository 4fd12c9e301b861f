import type { KeyObject } from 'node:crypto';
import { keyToVerify, type PublicKey } from '../../firmware-protocol/content/signature.ts';
import { type ReadBatch, type RefusedBatch, readBatch, type SentBatch } from './report-batch.ts';

/** Keys ready to verify, some 2 KB each: a region's halls. */
const KEYS_KEPT = 10_000;

/** Who reads batches: this thread, or others beside it. */
export interface BatchReading {
  /** Pages that it gains by having at a time. */
  readonly atOnce: number;
  /** One answer a batch, in their order. */
  read(page: readonly SentBatch[]): Promise<(ReadBatch | RefusedBatch)[]>;
}

/** Reads batches in the thread that calls. */
export class BatchReader implements BatchReading {
  readonly atOnce = 1;
  /** By public key, so that a box that was enrolled anew is not taken for the one before. */
  readonly #keys = new Map<PublicKey, KeyObject>();

  async read(page: readonly SentBatch[]): Promise<(ReadBatch | RefusedBatch)[]> {
    return page.map((sent) => readBatch(sent, this.#keyOf(sent.publicKey)));
  }

  #keyOf(publicKey: PublicKey): KeyObject {
    const key = this.#keys.get(publicKey) ?? keyToVerify(publicKey);
    this.#keys.delete(publicKey);
    this.#keys.set(publicKey, key);
    const [oldest] = this.#keys.keys();
    if (this.#keys.size > KEYS_KEPT && oldest !== undefined) this.#keys.delete(oldest);
    return key;
  }
}
