import { readFile } from 'node:fs/promises';
import { DeviceError } from '../errors.ts';
import { Identity } from '../identity.ts';
import { replaceFile } from './atomic-file.ts';

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

/** Keeps an identity, readable by its owner only. */
export async function saveIdentity(path: string, identity: Identity): Promise<void> {
  await replaceFile(path, `${JSON.stringify(identity, undefined, 2)}\n`, 0o600);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
