import type { Output } from '../../firmware-protocol/content/band.ts';
import type { ClockTrust, Outcome, ReportEvent } from '../../firmware-protocol/content/report.ts';
import { WARNINGS } from '../../firmware-protocol/content/warnings/warning-catalogue.ts';
import type { WarningRow } from '../../firmware-protocol/content/warnings/warning-row.ts';
import type { LocalAnswerOf } from '../../firmware-protocol/local/verbs.ts';

/** How the page at the hall says it: Thai, for who lives there. */

export const OUTPUTS_TH: Record<Output, string> = { tower: 'เสียง', panel: 'ป้าย' };

export const TRUST_TH: Record<ClockTrust, string> = {
  none: 'ยังไม่ทราบเวลา ผังรายการยังไม่เล่น',
  floor: 'ยังไม่มีใครยืนยันเวลา ผังรายการยังไม่เล่น',
  server: 'เวลาตรงกับเซิร์ฟเวอร์',
  full: 'เวลาตรง ยืนยันสองแหล่ง',
};

export const OUTCOMES_TH: Record<Outcome, string> = {
  finished: 'จบครบ',
  interrupted: 'ถูกตัดกลางคัน',
  expired: 'เลยเวลา',
  rejected: 'ทำไม่ได้',
  cancelled: 'ถูกยกเลิก',
};

type Verdict = LocalAnswerOf<'next'>['plan'][number]['verdict'];

export const VERDICTS_TH: Record<Verdict, string> = {
  plays: 'ออกตามเวลา',
  waits: 'รอรายการอื่นก่อน',
  cut: 'ถูกรายการสำคัญกว่าแทรก',
  loses: 'ไม่ได้ออก มีรายการอื่นแทน',
};

/** One line for each kind of event that means something to a resident; undefined = nothing that he would ask for. */
export function eventTh(event: ReportEvent): string | undefined {
  switch (event.type) {
    case 'booted':
      return event.clean ? 'เปิดเครื่อง' : 'เปิดเครื่องหลังไฟดับหรือหยุดกะทันหัน';
    case 'started':
      return `เริ่ม${OUTPUTS_TH[event.output]}: ${event.title}`;
    case 'ended':
      return `${OUTPUTS_TH[event.output]}: ${OUTCOMES_TH[event.outcome]}${event.reason ? ` (${event.reason})` : ''}`;
    case 'refused':
      return `ปฏิเสธคำสั่ง ${event.count > 1 ? `${event.count} ครั้ง ` : ''}(${event.reason})`;
    case 'programme':
      return `ได้รับผังรายการใหม่ของพื้นที่ ${event.area}`;
    case 'warning':
      return `${event.raised ? 'เตือน' : 'หายแล้ว'}: ${warningRow(event.code)?.th.says ?? event.code}`;
    default:
      return undefined;
  }
}

/** A code of another version has no row here. */
export function warningRow(code: string): WarningRow | undefined {
  return Object.entries(WARNINGS).find(([each]) => each === code)?.[1];
}
