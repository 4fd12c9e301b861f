import type { EndedEvent, PlayId, ReportEvent } from '../../firmware-protocol/content/report.ts';
import { WARNINGS } from '../../firmware-protocol/content/warnings/warning-catalogue.ts';
import type { WarningRow } from '../../firmware-protocol/content/warnings/warning-row.ts';
import type { LocalAnswerOf } from '../../firmware-protocol/local/verbs.ts';
import {
  OUTCOME_WORDS,
  OUTPUT_WORDS,
  REASON_WORDS,
  REFUSAL_WORDS,
} from '../../firmware-protocol/mqtt/play-words.ts';

/** How the page at the hall says it: Thai, for who lives there. */

type Verdict = LocalAnswerOf<'next'>['plan'][number]['verdict'];

export const VERDICTS_TH: Record<Verdict, string> = {
  plays: 'ออกตามเวลา',
  waits: 'รอรายการอื่นก่อน',
  cut: 'ถูกรายการสำคัญกว่าแทรก',
  loses: 'ไม่ได้ออก มีรายการอื่นแทน',
};

/** What was turned away, by the head of its name in the report: `programme/43`; an order has its id. */
const REFUSED_TH: Record<string, string> = {
  programme: 'ผังรายการ',
  keys: 'ชุดกุญแจ',
  release: 'โปรแกรมรุ่นใหม่',
};

/** The title of what is on air or was, by its play. */
export type Titles = (play: PlayId) => string | undefined;

/** One line for each kind of event that means something to a resident; undefined = nothing that he would ask for. */
export function eventTh(event: ReportEvent, titleOf: Titles): string | undefined {
  switch (event.type) {
    case 'booted':
      return event.clean ? 'เปิดเครื่อง' : 'เปิดเครื่องหลังไฟดับหรือหยุดกะทันหัน';
    case 'started':
      return `เริ่ม${OUTPUT_WORDS[event.output].th}: ${event.title}`;
    case 'ended':
      return endedTh(event, titleOf(event.play));
    case 'refused':
      return `ปฏิเสธ${REFUSED_TH[event.what?.split('/')[0] ?? ''] ?? 'คำสั่ง'} ${event.count > 1 ? `${event.count} ครั้ง ` : ''}(${REFUSAL_WORDS[event.reason].th})`;
    case 'programme':
      return `ได้รับผังรายการใหม่ของพื้นที่ ${event.area}`;
    case 'warning':
      return `${event.raised ? 'เตือน' : 'หายแล้ว'}: ${warningRow(event.code)?.th.says ?? event.code}`;
    default:
      return undefined;
  }
}

function endedTh({ output, outcome, reason }: EndedEvent, title: string | undefined): string {
  const why = reason === undefined ? '' : ` (${REASON_WORDS[reason]?.th ?? reason})`;
  const which = title === undefined ? '' : ` ${title}`;
  return `${OUTPUT_WORDS[output].th}${which}: ${OUTCOME_WORDS[outcome].th}${why}`;
}

/** A code of another version has no row here. */
export function warningRow(code: string): WarningRow | undefined {
  return Object.entries(WARNINGS).find(([each]) => each === code)?.[1];
}
