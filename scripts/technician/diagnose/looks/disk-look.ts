import { access, constants } from 'node:fs/promises';
import { lookAtChecks } from '../check-step.ts';
import { errorCode } from '../error-code.ts';
import { type Finding, found, plain, type StepId } from '../finding.ts';
import type { Visit } from '../visit.ts';

const STEPS_OF_DISK = ['disk-room', 'disk-write', 'disk-owner', 'disk-errors', 'disk-age'] as const;
const NEEDS_SUDO: ReadonlySet<StepId> = new Set<StepId>(['disk-write', 'disk-owner']);

/** The card that holds the data of the hall. What this user may not look into is no fault of the card. */
export async function* lookAtDisk(visit: Visit): AsyncGenerator<Finding> {
  const folder = visit.config.data;
  const why = visit.running === undefined ? await refusal(folder) : undefined;
  if (why === 'ENOENT') {
    yield* STEPS_OF_DISK.map((step) => notThere(step, folder));
    return;
  }
  for (const step of STEPS_OF_DISK)
    yield why === 'EACCES' && NEEDS_SUDO.has(step) ? notAllowed(step) : await lookAtChecks(visit, step);
}

async function refusal(folder: string): Promise<string | undefined> {
  return await access(folder, constants.W_OK | constants.X_OK).then(
    () => undefined,
    (error: unknown) => errorCode(error),
  );
}

function notThere(step: StepId, folder: string): Finding {
  return found(step, 'not-known', {
    figure: plain(folder),
    cause: {
      en: 'the folder of the hall is not there: the agent never ran here',
      th: 'ไม่มีโฟลเดอร์ของหอ: โปรแกรมยังไม่เคยทำงานในกล่องนี้',
    },
    remedy: { en: 'set the box up: sudo prakat device setup', th: 'ติดตั้งกล่อง: sudo prakat device setup' },
  });
}

function notAllowed(step: StepId): Finding {
  return found(step, 'not-known', {
    figure: plain('EACCES'),
    cause: { en: 'this user may not look into the folder of the hall', th: 'ผู้ใช้นี้ไม่มีสิทธิ์เข้าโฟลเดอร์ของหอ' },
    remedy: { en: 'run it with sudo', th: 'ใช้ sudo' },
  });
}
