import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the tests of this file opened; closed when they are over, last first. */
const opened: (() => Promise<void>)[] = [];

/** From now on it is closed with what else this file opened. */
export function closeAfterwards(close: () => Promise<void>): void {
  opened.push(close);
}

export async function closeOpened(): Promise<void> {
  for (const close of opened.splice(0).reverse()) await close();
}

/** A folder that is gone after the tests of this file. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-e2e-'));
  closeAfterwards(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}
