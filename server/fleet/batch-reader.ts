import {
  type ReadBatch,
  type RefusedBatch,
  readBatch,
  type SentBatch,
  type VerifiesBytes,
} from './report-batch.ts';

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
  readonly #verifies: VerifiesBytes;

  constructor(verifies: VerifiesBytes) {
    this.#verifies = verifies;
  }

  async read(page: readonly SentBatch[]): Promise<(ReadBatch | RefusedBatch)[]> {
    return page.map((sent) => readBatch(sent, this.#verifies));
  }
}
