import { EnrolmentCode, typedCode } from '../../../firmware-protocol/http/enrolment.ts';
import {
  type EnrolmentTicket,
  isServer,
  readTicket,
} from '../../../firmware-protocol/http/enrolment-ticket.ts';
import { promptLine } from '../../cli/prompt.ts';
import type { Words } from '../../cli/words.ts';
import { type Cli, Failed, Misused } from '../../cli.ts';

const THAI = /\p{Script=Thai}/u;
const NO_SERVER: Words = {
  en: 'an address begins with http:// or https://',
  th: 'ที่อยู่ต้องขึ้นต้นด้วย http:// หรือ https://',
};

/**
 * Server and code: from the options, or asked for at the terminal. A QR scanner types as a keyboard does, so one question
 * takes both. `before`: the server of another day, where neither option nor QR code names one. Throws Misused for what cannot be one, Failed where nobody answers.
 */
export async function ticketFrom(
  given: { code?: string | undefined; server?: string | undefined; before?: string | undefined },
  isAsked: boolean,
  cli: Cli,
): Promise<EnrolmentTicket> {
  const typed =
    given.code ??
    (await asked(isAsked, cli, {
      en: 'Code of this hall, or scan its QR code',
      th: 'รหัสของหอนี้ หรือสแกนคิวอาร์โค้ด',
      why: (text) => (readTicket(text) || isCode(text) ? undefined : noTicket(text)),
    }));
  const ticket = readTicket(typed);
  if (ticket !== undefined) return { ...ticket, ...(given.server && { server: given.server }) };
  if (!isCode(typed)) throw new Misused(noTicket(typed));
  const server =
    given.server ??
    given.before ??
    (await asked(isAsked, cli, {
      en: 'Address of the server (https://...)',
      th: 'ที่อยู่เซิร์ฟเวอร์ (https://...)',
      why: (text) => (isServer(text) ? undefined : NO_SERVER),
    }));
  if (!isServer(server)) throw new Misused(NO_SERVER);
  return { server, code: typed };
}

/** Why a text is no ticket: how many letters lack is what somebody who types them wants to know. */
export function noTicket(text: string): Words {
  const letters = typedCode(text);
  const strange = [...letters].find((letter) => !/[0-9A-Z]/.test(letter) || letter === 'U');
  const en = 'neither a code of 20 letters and digits nor the text of its QR code';
  const th = 'ไม่ใช่รหัส 20 ตัว และไม่ใช่ข้อความจากคิวอาร์โค้ด';
  if (strange !== undefined && THAI.test(strange))
    return { en: `${en}: the keyboard is at Thai`, th: `${th}: แป้นพิมพ์เป็นภาษาไทย ให้สลับเป็นภาษาอังกฤษ` };
  if (strange !== undefined) return { en: `${en}: ${strange}`, th: `${th}: ${strange}` };
  return { en: `${en}: these are ${letters.length}`, th: `${th}: พิมพ์มา ${letters.length} ตัว` };
}

/** The name on the idle page; what is written already, or nothing, where nobody is asked. */
export async function placeFrom(
  given: string | undefined,
  written: unknown,
  isAsked: boolean,
  cli: Cli,
): Promise<string> {
  const known = given ?? (typeof written === 'string' && written !== '' ? written : undefined);
  if (known !== undefined || !isAsked) return known ?? '';
  return await asked(isAsked, cli, {
    en: 'Name of the village, for the sign (may stay empty)',
    th: 'ชื่อหมู่บ้าน สำหรับแสดงบนป้าย (เว้นว่างได้)',
    why: (text) => (text.length <= 120 ? undefined : { en: 'at most 120 letters', th: 'ไม่เกิน 120 ตัว' }),
  });
}

interface Question extends Words {
  why: (text: string) => Words | undefined;
}

async function asked(isAsked: boolean, cli: Cli, question: Question): Promise<string> {
  if (!isAsked)
    throw new Misused({
      en: 'nobody to ask: --code and --server are needed (or --code with the text of the QR code)',
      th: 'ไม่มีผู้ตอบคำถาม ต้องระบุ --code และ --server (หรือ --code เป็นข้อความจากคิวอาร์โค้ด)',
    });
  const said = await promptLine(cli.text(question), (text) => {
    const why = question.why(text.trim());
    return why && cli.text(why);
  });
  if (said === undefined) throw new Failed({ en: 'ended by you', th: 'ยกเลิกแล้ว' }, { code: 'interrupted' });
  return said.trim();
}

function isCode(text: string): boolean {
  return EnrolmentCode.safeParse(text).success;
}
