import { join } from 'node:path';
import type { DeviceConfig } from '../config.ts';
import { httpEnrolment } from '../drivers/http-enrolment.ts';
import { enrolmentFile, loadIdentity, saveIdentity } from '../drivers/identity-file.ts';
import { errandOf } from '../enrolment/enrol.ts';
import { enrolKeeping } from '../enrolment/kept-question.ts';
import { DeviceError, isDeviceError } from '../errors.ts';
import type { Identity } from '../identity.ts';

/** The identity on the disk; or a new one, where there is none and a code to make it with. */
export async function knownIdentity({ data, code, server }: DeviceConfig): Promise<Identity> {
  const path = join(data, 'identity.json');
  try {
    return await loadIdentity(path);
  } catch (error) {
    if (!isDeviceError(error, 'config-invalid') || code === undefined) throw error;
    if (server === undefined)
      throw new DeviceError('config-invalid', { why: 'a code needs a server' }, error);
    const file = enrolmentFile(data);
    const errand = errandOf({ code, server });
    const identity = await enrolKeeping(errand, file, httpEnrolment(server)).catch((refused: unknown) => {
      if (!isDeviceError(refused)) throw refused;
      // Whether this is a new hall or a damaged file decides what the technician does next.
      throw new DeviceError(refused.code, { ...refused.context, identity: error.context.why }, refused);
    });
    await saveIdentity(path, identity);
    return identity;
  }
}
