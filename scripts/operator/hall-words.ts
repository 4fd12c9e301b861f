import { OUTPUTS } from '../../firmware-protocol/content/band.ts';
import { OUTPUT_WORDS } from '../../firmware-protocol/mqtt/play-words.ts';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import type { Lang, Words } from '../cli/words.ts';
import { columnsOf } from '../virtual-village/table.ts';
import { warningWords } from './warning-words.ts';

const PRESENCE: Record<'online' | 'offline' | 'never', Words> = {
  online: { en: 'online', th: 'ออนไลน์' },
  offline: { en: 'offline', th: 'ออฟไลน์' },
  never: { en: 'never seen', th: 'ยังไม่เคยติดต่อ' },
};
/** The longest of them, without marks above and below. */
const PRESENCE_COLUMNS = 12;
const IDLE: Words = { en: 'idle', th: 'ว่าง' };
const COPIED: Words = {
  en: 'TWO BOXES UNDER THIS NAME: a card was copied; enrol the second anew',
  th: 'มีกล่องสองกล่องใช้ชื่อนี้: การ์ดถูกคัดลอก ให้ลงทะเบียนกล่องที่สองใหม่',
};
const FAULT: Words = { en: 'FAULT', th: 'ขัดข้อง' };

/** One line on a hall: where, who, there or not, what each output does, and its warnings by number. */
export function hallWords(hall: AnswerTo<'devices'>['devices'][number], lang: Lang): string {
  const { village, device, name, presence, state, copied_since } = hall;
  const outputs = OUTPUTS.flatMap((output) => {
    const now = state?.outputs[output];
    if (now === undefined) return [];
    return [`${OUTPUT_WORDS[output][lang]}: ${now.works ? (now.title ?? IDLE[lang]) : FAULT[lang]}`];
  });
  const copied = copied_since === undefined ? [] : [`! ${COPIED[lang]}`];
  const warnings = (state?.warnings ?? []).map((code) => `! ${warningWords(code)[lang]}`);
  const presenceWord = PRESENCE[presence?.state ?? 'never'][lang];
  const there = presenceWord + ' '.repeat(Math.max(0, PRESENCE_COLUMNS - columnsOf(presenceWord)));
  return [village, device.padEnd(16), there, name, ...outputs, ...copied, ...warnings].join('  ');
}
