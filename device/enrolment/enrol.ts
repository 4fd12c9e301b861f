import type { DeviceId } from '../../firmware-protocol/content/area.ts';
import { rootSignatures } from '../../firmware-protocol/content/key-set.ts';
import { publicKeyOf, signingKey } from '../../firmware-protocol/content/signature.ts';
import {
  EnrolmentAnswer,
  EnrolmentCode,
  type EnrolmentRequest,
  fingerprintMatches,
  readCode,
} from '../../firmware-protocol/http/enrolment.ts';
import { DeviceError } from '../errors.ts';
import type { Identity } from '../identity.ts';

/** Brings the request to the server and its JSON answer back; rejects `enrolment-failed`. */
export type EnrolmentExchange = (request: EnrolmentRequest) => Promise<unknown>;

/**
 * Makes a device of a one-time code: the server's credential for the key of this seed, and the key set that the code vouches
 * for. Who asks again asks with the same seed: the server may have answered the first time, and the code is then good for this
 * key alone. `wanted`: the device that this box is to become. Nothing is stored here. Rejects with DeviceError
 * `enrolment-failed`; `context.why` tells the technician.
 */
export async function enrol(
  typed: string,
  exchange: EnrolmentExchange,
  seed: string,
  wanted?: DeviceId,
): Promise<Identity> {
  const code = EnrolmentCode.safeParse(typed);
  if (!code.success) throw failed('the code has 20 letters and digits', 'รหัสมี 20 ตัว');
  const { secret, fingerprint } = readCode(code.data);
  const request = { secret, public: publicKeyOf(signingKey('this-box', seed)) };
  const raw = await exchange({ ...request, ...(wanted && { device: wanted }) });
  const answer = EnrolmentAnswer.safeParse(raw);
  if (!answer.success)
    throw failed('the answer is not that of a prakat server', 'สิ่งที่ตอบมาไม่ใช่เซิร์ฟเวอร์ของ prakat');
  const { keys, ...credential } = answer.data;
  // An older server does not know the question.
  if (wanted !== undefined && credential.device !== wanted)
    throw failed(
      `the code is for another hall: ${credential.device}`,
      `รหัสนี้เป็นของหออื่น: ${credential.device}`,
    );
  // The code came by hand, the key set by wire: who stands in between cannot make the two agree.
  if (!fingerprintMatches(keys.roots, fingerprint))
    throw failed(
      'the last ten letters of the code do not belong to this server: a slip of the pen, or not the server that made the code',
      'สิบตัวท้ายของรหัสไม่ตรงกับเซิร์ฟเวอร์นี้ อาจพิมพ์ผิด หรือไม่ใช่เซิร์ฟเวอร์ที่ออกรหัส',
    );
  const signedByRoots = rootSignatures(rawKeys(raw), keys.signatures, keys.roots);
  if (signedByRoots < keys.threshold)
    throw failed('the key set is not signed by its roots', 'ชุดกุญแจไม่ได้ลงนามด้วยกุญแจหลัก');
  return { format: 1, ...credential, seed, keys };
}

/** Signatures are over the JSON as it came, with members that this version does not know. */
function rawKeys(answer: unknown): object {
  const keys = typeof answer === 'object' && answer !== null && 'keys' in answer ? answer.keys : undefined;
  return typeof keys === 'object' && keys !== null ? keys : {};
}

function failed(why: string, why_th: string): DeviceError {
  return new DeviceError('enrolment-failed', { why, why_th });
}
