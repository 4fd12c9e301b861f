import { availableParallelism } from 'node:os';
import { builtProgram } from '../drivers/built-program.ts';
import { verifiesQuickly } from '../drivers/ed25519.ts';
import { ReadingThreads } from '../drivers/reading/reading-threads.ts';
import { BatchReader, type BatchReading } from '../fleet/batch-reader.ts';
import type { Log } from '../ports.ts';

/** More than so many read faster than one database stores. */
const MOST_THREADS = 4;

/** Who reads the reports of halls: threads, as many as there are processors beside the one that this thread needs. */
export function openReading(log: Log, opened: (() => Promise<void>)[]): BatchReading {
  const here = new BatchReader(verifiesQuickly);
  const threads = Math.min(availableParallelism() - 1, MOST_THREADS);
  if (threads === 0) return here;
  const reading = new ReadingThreads({ path: builtProgram('reading-thread.mjs'), threads, here, log });
  opened.push(() => reading.close());
  return reading;
}
