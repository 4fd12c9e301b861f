import { Failure } from '../../firmware-protocol/mqtt/answer.ts';
import { Failed } from '../cli.ts';

/** The server's refusal as the end of a verb. */
export function refusedBy({ code, en, th, faults }: Failure, cause?: unknown): Failed {
  // The server points programs to a member; people see the faults below.
  if (code === 'request-invalid')
    return new Failed({ en: 'the request has faults', th: 'คำขอไม่ถูกต้อง' }, { code, faults, cause });
  return new Failed(
    { en, th },
    { code, faults: faults.filter((fault) => fault.path !== '' || fault.en !== en), cause },
  );
}

/** For an HTTP answer that is not a good one: the server's own words, or its status. */
export async function refusalOf(response: Response): Promise<Failed> {
  const refused = Failure.safeParse(await response.json().catch(() => undefined));
  if (refused.success) return refusedBy(refused.data);
  return new Failed(
    { en: `the server answered ${response.status}`, th: `เซิร์ฟเวอร์ตอบกลับด้วยรหัส ${response.status}` },
    { code: 'not-understood' },
  );
}

/** For a fetch that got no answer at all. */
export function serverUnreachable(server: string, cause: unknown): Failed {
  return new Failed(
    { en: `the server at ${server} cannot be reached`, th: `ติดต่อเซิร์ฟเวอร์ที่ ${server} ไม่ได้` },
    { code: 'unreachable', cause },
  );
}
