import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';

const FOLDER = join(import.meta.dirname, '../../../firmware-protocol/vectors');

/** A vector file of the contract; one that lost a member fails here, not as a test that tests nothing. */
export function readVectors<T>(name: string, form: z.ZodType<T>): T {
  return form.parse(JSON.parse(readFileSync(join(FOLDER, name), 'utf8')));
}
