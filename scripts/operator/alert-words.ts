import type { AlertRow } from '../../firmware-protocol/mqtt/alert-requests.ts';
import type { AlertState, Trust } from '../../server/alerts/alert-records.ts';
import { when } from '../cli/when.ts';
import type { Lang, Words } from '../cli/words.ts';

const STATES: Record<AlertState, Words> = {
  refused: { en: 'refused', th: 'ไม่รับ' },
  recorded: { en: 'kept, never sounds', th: 'เก็บไว้ ไม่ออกเสียง' },
  waiting: { en: 'waits for a person', th: 'รอตัดสินใจ' },
  sending: { en: 'is being sent', th: 'กำลังส่ง' },
  live: { en: 'in force', th: 'มีผลอยู่' },
  cancelled: { en: 'cancelled by its sender', th: 'หน่วยงานยกเลิก' },
  replaced: { en: 'replaced by a newer one', th: 'มีฉบับใหม่แทน' },
  expired: { en: 'over', th: 'หมดเวลา' },
  rejected: { en: 'rejected', th: 'ไม่อนุมัติ' },
  done: { en: 'cancelled as its sender asked', th: 'ยกเลิกตามที่หน่วยงานสั่งแล้ว' },
};
const TRUSTS: Record<Trust, Words> = {
  trusted: { en: 'sender known and proven', th: 'รู้จักผู้ส่งและพิสูจน์แล้ว' },
  'unknown-sender': { en: 'sender not known', th: 'ไม่รู้จักผู้ส่ง' },
  unproven: { en: 'sender not proven', th: 'ไม่มีข้อพิสูจน์ว่าเป็นผู้ส่งจริง' },
  'bad-signature': { en: 'signature does not fit', th: 'ลายเซ็นไม่ตรงกับข้อความ' },
  'same-name-other-words': {
    en: 'the number of an earlier one, with other words',
    th: 'เลขเดียวกับฉบับก่อน แต่ข้อความต่างกัน',
  },
};

/** Areas named on one line; `alert show --json` has all of them. */
const NAMED = 8;

export function alertStateWords(state: string): Words {
  return wordsIn(STATES, state);
}

/** Whether its sender is believed, or why not. */
export function trustWords(trust: string): Words {
  return wordsIn(TRUSTS, trust);
}

/** One line of an alert: when it came, how it stands, what it is about, whose it is, whom it reaches. */
export function alertLine(row: AlertRow, lang: Lang): string {
  const { alert, received_at, state, trust, title, sender, to } = row;
  const stands = `${alertStateWords(state)[lang]} (${trustWords(trust)[lang]})`;
  const places = `${to.slice(0, NAMED).join(' ')}${to.length > NAMED ? ' …' : ''}`;
  return `${alert}  ${when(received_at, lang)}  ${stands}  ${title || '-'}  [${sender || '-'}]  ${places}`.trimEnd();
}

/** A code of a newer server stays what it is. */
function wordsIn(table: Readonly<Record<string, Words>>, code: string): Words {
  return (Object.hasOwn(table, code) ? table[code] : undefined) ?? { en: code, th: code };
}
