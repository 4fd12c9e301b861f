import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { EnrolmentFile } from '../enrolment/kept-question.ts';
import { DeviceError } from '../errors.ts';
import { BegunEnrolment, Identity } from '../identity.ts';
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

/** Keeps an identity, readable by its owner only; with it the enrolment is over. */
export async function saveIdentity(path: string, identity: Identity): Promise<void> {
  await replaceFile(path, `${JSON.stringify(identity, undefined, 2)}\n`, 0o600);
  await enrolmentFile(dirname(path)).drop();
}

/** `enrolment.json` of a data folder, for its owner only. One that is damaged is none. */
export function enrolmentFile(data: string): EnrolmentFile {
  const path = enrolmentPath(data);
  return {
    read: async () => BegunEnrolment.safeParse(jsonOf(await readFile(path, 'utf8').catch(() => ''))).data,
    keep: (begun) => replaceFile(path, `${JSON.stringify(begun, undefined, 2)}\n`, 0o600),
    drop: () => rm(path, { force: true }),
  };
}

export function enrolmentPath(data: string): string {
  return join(data, 'enrolment.json');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
