import { httpEnrolment } from '../../../device/drivers/http-enrolment.ts';
import { enrolmentSeed } from '../../../device/drivers/identity-file.ts';
import { enrol } from '../../../device/enrolment/enrol.ts';
import { isDeviceError } from '../../../device/errors.ts';
import type { Identity } from '../../../device/identity.ts';
import type { EnrolmentTicket } from '../../../firmware-protocol/http/enrolment-ticket.ts';
import { causesOf } from '../../cli/causes.ts';
import { Failed } from '../../cli.ts';
import { deviceFailure } from '../../operator/device-failure.ts';

/**
 * The identity that a ticket gives to the box of this data folder; `wanted`: the device that it is to become. Rejects with
 * Failed: `server-away` where nothing of ours answered, and the code is as good for this box as before; else what the server, or
 * the fingerprint of the code, says.
 */
export async function enrolBox(
  { code, server }: EnrolmentTicket,
  data: string,
  wanted?: string,
): Promise<Identity> {
  const seed = await enrolmentSeed(data);
  try {
    return await enrol(code, httpEnrolment(server), seed, wanted);
  } catch (error) {
    // A refusal has no cause: it is the server's own word.
    if (!isDeviceError(error, 'enrolment-failed') || error.cause === undefined) throw deviceFailure(error);
    const why = causesOf(error.cause);
    throw new Failed(
      {
        en: `no prakat server answers at ${server} (${why}); mend the line or the address and run this again, the code is still good`,
        th: `ไม่มีเซิร์ฟเวอร์ตอบที่ ${server} (${why}) แก้สายหรือที่อยู่แล้วสั่งใหม่ รหัสเดิมยังใช้ได้`,
      },
      { code: 'server-away' },
    );
  }
}
