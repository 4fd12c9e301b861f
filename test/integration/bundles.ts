import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The programs as they are delivered, in dist/; one test file at a time makes them anew, where a source is newer. */
export async function bundles(): Promise<void> {
  await promisify(execFile)('bash', ['-c', 'source scripts/setup/ready.sh && need_bundles']);
}
