import { parentPort } from 'node:worker_threads';
import { BatchReader } from '../../fleet/batch-reader.ts';
import { verifiesQuickly } from '../ed25519.ts';
import { type AskedPage, batchesOf, type ReadPage } from './reading-wire.ts';

/** A thread of the server that reads batches of reports and holds them to their signatures (reading-threads.ts). */
const reader = new BatchReader(verifiesQuickly);

async function answered(page: AskedPage): Promise<void> {
  const read = await reader.read(batchesOf(page)).catch(() => undefined);
  const answer: ReadPage = { id: page.id, read };
  parentPort?.postMessage(answer);
}

parentPort?.on('message', answered);
