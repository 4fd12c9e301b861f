import { z } from 'zod';
import type { Failure } from '../../firmware-protocol/mqtt/answer.ts';
import { TOPICS } from '../../firmware-protocol/mqtt/catalogue.ts';
import { counted } from '../cli/counted.ts';
import { Failed } from '../cli.ts';
import { refusedBy } from './refusal.ts';

/** How a talk with the server over MQTT can end otherwise than by its answer, in the words of the operator. */

export const CONNECTION_LOST = 'connection-lost';

export function refuseTooLarge(bytes: number): void {
  const limit = TOPICS.operatorRequest.maxBytes;
  if (bytes <= limit) return;
  // The broker would cut the line without a word.
  const failure: Failure = {
    code: 'request-too-large',
    en: `the request has ${counted(bytes, 'byte')}; at most ${limit} are taken`,
    th: `คำขอมีขนาด ${bytes} ไบต์ รับได้ไม่เกิน ${limit} ไบต์`,
    faults: [],
  };
  throw refusedBy(failure);
}

export function refusedLogOn(user: string): Failed {
  return new Failed(
    {
      en: `"${user}" was not let in: user name or password is wrong, or too many attempts were made`,
      th: `"${user}" เข้าสู่ระบบไม่ได้: ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง หรือลองผิดหลายครั้งเกินไป`,
    },
    { code: 'not-authenticated' },
  );
}

/** Who logged on may listen to his own answers, of the kind of server that it is. */
export function notInThisSpace(
  { training = false }: { training?: boolean | undefined },
  cause: unknown,
): Failed {
  return new Failed(
    training
      ? {
          en: 'name and password are right, but this is no training server: log on without --training',
          th: 'ชื่อและรหัสผ่านถูกต้อง แต่เซิร์ฟเวอร์นี้ไม่ใช่เซิร์ฟเวอร์ฝึกซ้อม โปรดเข้าสู่ระบบโดยไม่ใส่ --training',
        }
      : {
          en: 'name and password are right, but this seems to be a training server: log on with --training',
          th: 'ชื่อและรหัสผ่านถูกต้อง แต่เซิร์ฟเวอร์นี้น่าจะเป็นเซิร์ฟเวอร์ฝึกซ้อม โปรดเข้าสู่ระบบโดยใส่ --training',
        },
    { code: 'other-space', cause },
  );
}

export function noBroker(broker: string, cause: unknown): Failed {
  return new Failed(
    { en: `the broker at ${broker} cannot be reached`, th: `ติดต่อโบรกเกอร์ที่ ${broker} ไม่ได้` },
    { code: 'unreachable', cause },
  );
}

export function connectionLost(): Failed {
  return new Failed(
    {
      en: 'the connection to the broker was lost; with Mosquitto this also happens when the same account logs on elsewhere',
      th: 'การเชื่อมต่อกับโบรกเกอร์ขาดไป กรณีใช้ Mosquitto อาจเกิดจากบัญชีเดียวกันเข้าสู่ระบบจากที่อื่น',
    },
    { code: CONNECTION_LOST },
  );
}

export function noAnswer(seconds: number): Failed {
  return new Failed(
    {
      en: `the server did not answer within ${seconds} seconds; the broker is there`,
      th: `เซิร์ฟเวอร์ไม่ตอบภายใน ${seconds} วินาที แต่โบรกเกอร์ยังทำงานอยู่`,
    },
    { code: 'no-answer' },
  );
}

export function notUnderstood(cause: z.ZodError): Failed {
  return new Failed(
    {
      en: 'the answer of the server cannot be understood; is it of another version?',
      th: 'อ่านคำตอบของเซิร์ฟเวอร์ไม่ได้ อาจเป็นคนละรุ่นกับโปรแกรมนี้',
    },
    { code: 'not-understood', cause: new Error(z.prettifyError(cause)) },
  );
}
