import { httpEnrolment } from '../../../device/drivers/http-enrolment.ts';
import { enrolmentFile, enrolmentPath } from '../../../device/drivers/identity-file.ts';
import { errandOf } from '../../../device/enrolment/enrol.ts';
import { type EnrolmentFile, enrolKeeping } from '../../../device/enrolment/kept-question.ts';
import { isDeviceError } from '../../../device/errors.ts';
import type { Identity } from '../../../device/identity.ts';
import type { EnrolmentTicket } from '../../../firmware-protocol/http/enrolment-ticket.ts';
import { causesOf } from '../../cli/causes.ts';
import type { Words } from '../../cli/words.ts';
import { Failed } from '../../cli.ts';
import { deviceFailure } from '../../operator/device-failure.ts';
import { type agentOwner, handOver } from './box-service.ts';

/** The box of this data folder, and whose files its agent's are. */
interface Box {
  data: string;
  owner: ReturnType<typeof agentOwner>;
}

/**
 * The identity that a ticket gives to the box; `wanted`: the device that it is to become. Rejects with Failed: `server-away` where
 * nothing of ours answered, `answer-lost` where the code was said and no answer came; the code is as good for this box as before.
 * Else what the server, or the fingerprint of the code, says.
 */
export async function enrolBox(
  { code, server }: EnrolmentTicket,
  { data, owner }: Box,
  wanted?: string,
): Promise<Identity> {
  const errand = errandOf({ code, server, device: wanted });
  const said = { code: false };
  const file = enrolmentFile(data);
  const keep: EnrolmentFile['keep'] = async (begun) => {
    await file.keep(begun);
    // The agent finishes it where we do not live to do it.
    await handOver([enrolmentPath(data)], owner);
    said.code = true;
  };
  try {
    return await enrolKeeping(errand, { ...file, keep }, httpEnrolment(server));
  } catch (error) {
    // A refusal has no cause: it is the server's own word.
    if (!isDeviceError(error, 'enrolment-failed') || error.cause === undefined) throw deviceFailure(error);
    const why = causesOf(error.cause);
    throw said.code
      ? new Failed(answerLost(server, why), { code: 'answer-lost' })
      : new Failed(serverAway(server, why), { code: 'server-away' });
  }
}

function serverAway(server: string, why: string): Words {
  return {
    en: `no prakat server answers at ${server} (${why}); mend the line or the address and run this again, the code is still good`,
    th: `ไม่มีเซิร์ฟเวอร์ตอบที่ ${server} (${why}) แก้สายหรือที่อยู่แล้วสั่งใหม่ รหัสเดิมยังใช้ได้`,
  };
}

function answerLost(server: string, why: string): Words {
  return {
    en: `the line broke before ${server} answered (${why}): whether it took this box is not known. Run this again with the same code; it is still good for this box`,
    th: `สายขาดก่อนที่ ${server} จะตอบ (${why}) จึงไม่ทราบว่าลงทะเบียนสำเร็จหรือไม่ ให้สั่งใหม่ด้วยรหัสเดิม รหัสยังใช้กับกล่องนี้ได้`,
  };
}
