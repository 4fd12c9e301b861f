import { rootSignatures } from '../../firmware-protocol/content/key-set.ts';
import { publicKeyOf, signingKey } from '../../firmware-protocol/content/signature.ts';
import {
  EnrolmentAnswer,
  type EnrolmentRequest,
  EnrolmentRoots,
  fingerprintMatches,
  readCode,
} from '../../firmware-protocol/http/enrolment.ts';
import { DeviceError } from '../errors.ts';
import { type BegunEnrolment, EnrolmentErrand, type Identity } from '../identity.ts';

/** The server as a box finds it that has no credential yet. Both reject `enrolment-failed`. */
export interface EnrolmentDoor {
  /** The root keys, as JSON; undefined = a server that does not know the question. */
  roots: () => Promise<unknown>;
  /** Brings the request and its JSON answer back. */
  enrol: (request: EnrolmentRequest) => Promise<unknown>;
}

/** What was typed, as an errand. Throws DeviceError `enrolment-failed`. */
export function errandOf(typed: {
  code: string;
  server: string;
  device?: string | undefined;
}): EnrolmentErrand {
  const errand = EnrolmentErrand.safeParse(typed);
  if (errand.success) return errand.data;
  const why = 'the code has 20 letters and digits, an address begins with http:// or https://';
  throw new DeviceError('enrolment-failed', {
    why,
    why_th: 'รหัสมี 20 ตัว และที่อยู่ขึ้นต้นด้วย http:// หรือ https://',
  });
}

/**
 * Makes a device of a one-time code: the server's credential for the key of this seed, and the key set that the code vouches
 * for. What the box can find out by itself comes first: before the server was held against the code it hears no secret, and nothing
 * is replaced. Nothing is stored here. Rejects with DeviceError `enrolment-failed`; `context.why` tells the technician.
 */
export async function enrol(begun: BegunEnrolment, door: EnrolmentDoor): Promise<Identity> {
  const { code, seed, password, device: wanted } = begun;
  const { secret, fingerprint } = readCode(code);
  await refuseOtherServer(await door.roots(), fingerprint);
  const request = { secret, public: publicKeyOf(signingKey('this-box', seed)), password };
  const raw = await door.enrol({ ...request, ...(wanted && { device: wanted }) });
  const answer = EnrolmentAnswer.safeParse(raw);
  if (!answer.success) throw noServerOfOurs();
  const { keys, ...credential } = answer.data;
  // An older server does not know the question.
  if (wanted !== undefined && credential.device !== wanted)
    throw failed(
      `the code is for another hall: ${credential.device}`,
      `รหัสนี้เป็นของหออื่น: ${credential.device}`,
    );
  // The code came by hand, the key set by wire: who stands in between cannot make the two agree.
  if (!fingerprintMatches(keys.roots, fingerprint)) throw otherServer();
  const signedByRoots = rootSignatures(rawKeys(raw), keys.signatures, keys.roots);
  if (signedByRoots < keys.threshold)
    throw failed('the key set is not signed by its roots', 'ชุดกุญแจไม่ได้ลงนามด้วยกุญแจหลัก');
  return { format: 1, ...credential, seed, keys };
}

async function refuseOtherServer(raw: unknown, fingerprint: string): Promise<void> {
  if (raw === undefined) return;
  const told = EnrolmentRoots.safeParse(raw);
  if (!told.success) throw noServerOfOurs();
  if (!fingerprintMatches(told.data.roots, fingerprint)) throw otherServer();
}

/** Signatures are over the JSON as it came, with members that this version does not know. */
function rawKeys(answer: unknown): object {
  const keys = typeof answer === 'object' && answer !== null && 'keys' in answer ? answer.keys : undefined;
  return typeof keys === 'object' && keys !== null ? keys : {};
}

function noServerOfOurs(): DeviceError {
  return failed('the answer is not that of a prakat server', 'สิ่งที่ตอบมาไม่ใช่เซิร์ฟเวอร์ของ prakat');
}

function otherServer(): DeviceError {
  return failed(
    'the last ten letters of the code do not belong to this server: a slip of the pen, or not the server that made the code',
    'สิบตัวท้ายของรหัสไม่ตรงกับเซิร์ฟเวอร์นี้ อาจพิมพ์ผิด หรือไม่ใช่เซิร์ฟเวอร์ที่ออกรหัส',
  );
}

function failed(why: string, why_th: string): DeviceError {
  return new DeviceError('enrolment-failed', { why, why_th });
}
