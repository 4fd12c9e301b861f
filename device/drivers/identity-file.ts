import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { newKeyPair } from '../../firmware-protocol/content/signature.ts';
import { DeviceError } from '../errors.ts';
import { BegunEnrolment, type EnrolmentErrand, Identity } from '../identity.ts';
import { replaceFile } from './atomic-file.ts';

const PASSWORD_BYTES = 32;

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
  await giveUpEnrolment(dirname(path));
}

/**
 * The enrolment that this errand begins, in the data folder before the first try. What is there already goes on with its key and
 * password, whatever of the code was mistyped the last time: what asks again is the same box, and not a second one whose code was
 * used already.
 */
export async function beginEnrolment(data: string, errand: EnrolmentErrand): Promise<BegunEnrolment> {
  const before = await begunEnrolment(data);
  const password = before?.password ?? randomBytes(PASSWORD_BYTES).toString('base64url');
  const begun = { format: 1 as const, seed: before?.seed ?? newKeyPair().seed, password, ...errand };
  await replaceFile(enrolmentPath(data), `${JSON.stringify(begun, undefined, 2)}\n`, 0o600);
  return begun;
}

/** One that was begun and has not ended; undefined = none was, or its file is damaged. */
export async function begunEnrolment(data: string): Promise<BegunEnrolment | undefined> {
  const text = await readFile(enrolmentPath(data), 'utf8').catch(() => '');
  return BegunEnrolment.safeParse(jsonOf(text)).data;
}

/** The server will never answer it: nothing is worth keeping of it. */
export async function giveUpEnrolment(data: string): Promise<void> {
  await rm(enrolmentPath(data), { force: true });
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
