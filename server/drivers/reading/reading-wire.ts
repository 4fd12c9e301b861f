import type { ReadBatch, RefusedBatch, SentBatch } from '../../fleet/report-batch.ts';

/** Between the server and a thread that reads for it; both are of one build. A page of batches, their bytes behind one another. */
export interface AskedPage {
  id: number;
  bytes: Uint8Array<ArrayBuffer>;
  batches: (Omit<SentBatch, 'payload'> & { from: number; to: number })[];
}

export interface ReadPage {
  id: number;
  /** Undefined: something in it cannot be read, not even as nonsense. */
  read: (ReadBatch | RefusedBatch)[] | undefined;
}

/** One copy of what came, which then moves to the other thread: a payload may stand in a chunk of the wire with many others. */
export function askedPage(id: number, page: readonly SentBatch[]): AskedPage {
  const bytes = new Uint8Array(page.reduce((sum, { payload }) => sum + payload.length, 0));
  let to = 0;
  const batches = page.map(({ payload, ...about }) => {
    const from = to;
    bytes.set(payload, from);
    to += payload.length;
    return { ...about, from, to };
  });
  return { id, bytes, batches };
}

export function batchesOf({ bytes, batches }: AskedPage): SentBatch[] {
  return batches.map(({ from, to, ...about }) => ({ ...about, payload: bytes.subarray(from, to) }));
}
