import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { newKeyPair } from '../../firmware-protocol/content/signature.ts';
import { DeviceError } from '../errors.ts';
import { Identity, Seed } from '../identity.ts';
import { replaceFile } from './atomic-file.ts';

const ENROLMENT_SEED = 'enrolment-seed';

/** Reads `identity.json`. Rejects `config-invalid` when it is missing or damaged; `context.why` says how to go on. */
export async function loadIdentity(path: string): Promise<Identity> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new DeviceError('config-invalid', { path, why: 'not enrolled yet' }, error);
  }
  const read = Identity.safeParse(jsonOf(text));
  // The parser's own message would quote the file, and the file holds secrets: only the paths are told.
  if (!read.success)
    throw new DeviceError('config-invalid', {
      path,
      why: 'damaged; enrol again',
      at: read.error.issues.map((issue) => issue.path.join('.')),
    });
  return read.data;
}

/** Keeps an identity, readable by its owner only; with it the enrolment is over. */
export async function saveIdentity(path: string, identity: Identity): Promise<void> {
  await replaceFile(path, `${JSON.stringify(identity, undefined, 2)}\n`, 0o600);
  await rm(join(dirname(path), ENROLMENT_SEED), { force: true });
}

/**
 * The seed to enrol with, in the data folder from before the first try until the identity is kept. An answer that was lost on
 * the way, a power cut, a letter of the code that was wrong: what asks again is the same box, and not a second one whose code
 * was used already.
 */
export async function enrolmentSeed(data: string): Promise<string> {
  const path = join(data, ENROLMENT_SEED);
  const kept = Seed.safeParse((await readFile(path, 'utf8').catch(() => '')).trim());
  if (kept.success) return kept.data;
  const { seed } = newKeyPair();
  await replaceFile(path, `${seed}\n`, 0o600);
  return seed;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
