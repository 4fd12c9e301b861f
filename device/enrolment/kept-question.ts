import { randomBytes } from 'node:crypto';
import { newKeyPair } from '../../firmware-protocol/content/signature.ts';
import { isDeviceError } from '../errors.ts';
import type { BegunEnrolment, EnrolmentErrand, Identity } from '../identity.ts';
import { type EnrolmentDoor, enrol } from './enrol.ts';

/** Where an enrolment is kept from the moment at which its code is said until its answer is kept. */
export interface EnrolmentFile {
  read: () => Promise<BegunEnrolment | undefined>;
  keep: (begun: BegunEnrolment) => Promise<void>;
  drop: () => Promise<void>;
}

const PASSWORD_BYTES = 32;

/**
 * Enrols for an errand, with the question on the disk before the server hears it. What was asked before and not answered goes on with
 * its key and password: what asks again is the same box, and not a second one whose code was used already. A code that was not said,
 * or that the server refused, changes nothing of what is kept. Rejects as `enrol`.
 */
export async function enrolKeeping(
  errand: EnrolmentErrand,
  file: EnrolmentFile,
  door: EnrolmentDoor,
): Promise<Identity> {
  const before = await file.read();
  const password = before?.password ?? randomBytes(PASSWORD_BYTES).toString('base64url');
  const begun = { format: 1 as const, seed: before?.seed ?? newKeyPair().seed, password, ...errand };
  const ask: EnrolmentDoor['enrol'] = async (request) => {
    await file.keep(begun);
    return await door.enrol(request);
  };
  try {
    return await enrol(begun, { roots: door.roots, enrol: ask });
  } catch (error) {
    if (wasRefused(error)) await (before === undefined ? file.drop() : file.keep(before));
    throw error;
  }
}

/** The server's own word, after which it has taken nothing. */
function wasRefused(error: unknown): boolean {
  return isDeviceError(error, 'enrolment-failed') && error.context.refusal !== undefined;
}
