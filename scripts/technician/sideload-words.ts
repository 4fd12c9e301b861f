import type { SideloadResult } from '../../firmware-protocol/stick/layout.ts';
import { counted } from '../cli/counted.ts';
import type { Words } from '../cli/words.ts';

const REASONS: Readonly<Record<string, Words>> = {
  'strange-name': { en: 'not a name of ours', th: 'ชื่อไฟล์ไม่ถูกต้อง' },
  'no-file': { en: 'not an ordinary file', th: 'ไม่ใช่ไฟล์ธรรมดา' },
  'too-large': { en: 'too large', th: 'ใหญ่เกินไป' },
  unreadable: { en: 'cannot be read: was the stick pulled?', th: 'อ่านไม่ได้ ถอดแฟลชไดรฟ์เร็วไปหรือไม่' },
  'wrong-file': { en: 'not the file that was announced', th: 'ไม่ตรงกับไฟล์ที่ประกาศไว้' },
  'no-room': { en: 'no room on the card of the box', th: 'การ์ดในกล่องไม่มีที่ว่าง' },
  malformed: { en: 'damaged, or not a document of ours', th: 'เสียหาย หรือไม่ใช่เอกสารของระบบ' },
  'unknown-key': { en: 'signed by a key that this hall does not know', th: 'ลงนามด้วยกุญแจที่หอนี้ไม่รู้จัก' },
  'bad-signature': { en: 'the signature is wrong: it was altered', th: 'ลายเซ็นไม่ถูกต้อง เอกสารถูกแก้ไข' },
  older: { en: 'older than what the hall has', th: 'เก่ากว่าที่หอมีอยู่' },
  expired: { en: 'expired', th: 'หมดอายุแล้ว' },
  'clock-unknown': { en: 'the box does not know the time', th: 'กล่องยังไม่ทราบเวลา' },
  'for-another': { en: 'for another hall', th: 'เป็นของหออื่น' },
};

/** What came of a stick, a line each. */
export function sideloadWords(result: SideloadResult): Words[] {
  const { taken, had, not_needed, missing, refused, refused_count, reports_written } = result;
  const { keys, programmes, orders, files, bytes } = taken;
  const mb = (bytes / 1_000_000).toFixed(1);
  const versions = programmes.map(({ area, version }) => `${area} v${version}`).join(', ') || '-';
  const lines: Words[] = [
    {
      en: `taken: programmes ${versions}; orders ${orders.length}; key sets ${keys.length}; files ${files} (${mb} MB)`,
      th: `รับแล้ว: ผังรายการ ${versions} คำสั่ง ${orders.length} ชุดกุญแจ ${keys.length} ไฟล์ ${files} (${mb} MB)`,
    },
    {
      en: `known before ${had}; for other halls or not needed ${not_needed}; still missing ${counted(missing, 'file')}`,
      th: `มีอยู่แล้ว ${had} ของหออื่นหรือไม่ต้องใช้ ${not_needed} ยังขาด ${missing} ไฟล์`,
    },
  ];
  for (const { area, version } of taken.releases)
    lines.push({
      en: `a new version of the program, ${version}, for ${area}: it is installed at a quiet moment`,
      th: `โปรแกรมรุ่นใหม่ ${version} สำหรับ ${area} จะติดตั้งเมื่อไม่มีประกาศ`,
    });
  if (reports_written > 0)
    lines.push({
      en: `reports written to the stick: ${reports_written}; bring them back to the server`,
      th: `เขียนรายงานลงแฟลชไดรฟ์ ${reports_written} ชุด โปรดนำกลับไปที่เซิร์ฟเวอร์`,
    });
  for (const { name, reason } of refused) {
    const why = REASONS[reason] ?? { en: reason, th: reason };
    lines.push({ en: `refused ${name}: ${why.en}`, th: `ไม่รับ ${name}: ${why.th}` });
  }
  const unshown = refused_count - refused.length;
  if (unshown > 0) lines.push({ en: `and ${unshown} more refused`, th: `และไม่รับอีก ${unshown} รายการ` });
  return lines;
}
