import type { Output } from '../../firmware-protocol/content/band.ts';
import { thaiClock } from '../../firmware-protocol/content/thai-clock.ts';
import type { CONFLICT_KINDS } from '../../firmware-protocol/mqtt/programme-requests.ts';

export type ConflictKind = (typeof CONFLICT_KINDS)[number];

/** What is only told; everything else is published when somebody says yes to it. */
export const ONLY_WARNS: readonly ConflictKind[] = ['waits'];
/** To what whoever gave the slot says yes, nobody else. */
export const OF_THE_SLOT: readonly ConflictKind[] = ['outside-slot', 'overruns-slot', 'in-slot'];

interface Said {
  title: string;
  /** Title of the other entry, or the hours of a slot. */
  other: string | undefined;
  output: Output;
}

const WHERE = {
  tower: { en: 'on the tower', th: 'ทางหอกระจายข่าว' },
  panel: { en: 'on the sign', th: 'บนป้าย' },
};

const WORDS: Record<ConflictKind, (said: Said) => { en: string; th: string }> = {
  waits: ({ title, other, output }) => ({
    en: `"${title}" waits ${WHERE[output].en} until "${other}" has ended`,
    th: `"${title}" ต้องรอ${WHERE[output].th}จน "${other}" จบ`,
  }),
  cut: ({ title, other, output }) => ({
    en: `"${title}" is cut ${WHERE[output].en} by "${other}"`,
    th: `"${title}" ถูก "${other}" แทรก${WHERE[output].th}`,
  }),
  loses: ({ title, other, output }) => ({
    en: `"${title}" is not heard or seen ${WHERE[output].en}: "${other}" lasts too long`,
    th: `"${title}" ไม่ได้ออก${WHERE[output].th} เพราะ "${other}" ยาวเกินกว่าที่จะรอได้`,
  }),
  'quiet-hours': ({ title }) => ({
    en: `"${title}" is refused by quiet hours of halls`,
    th: `หอจะไม่ออกเสียง "${title}" เพราะอยู่ในเวลางดใช้เสียง`,
  }),
  'minutes-a-day': ({ title }) => ({
    en: `"${title}" is refused by halls: the minutes of sound of the day are used up`,
    th: `หอจะไม่ออกเสียง "${title}" เพราะใช้เวลาเสียงของวันครบแล้ว`,
  }),
  'outside-slot': ({ title, other }) => ({
    en: `"${title}" lies outside the time that was left for it (${other})`,
    th: `"${title}" อยู่นอกช่วงเวลาที่จัดไว้ให้ (${inHours(other)})`,
  }),
  'overruns-slot': ({ title, other }) => ({
    en: `"${title}" lasts longer than the time that was left for it (${other})`,
    th: `"${title}" ยาวเกินช่วงเวลาที่จัดไว้ให้ (${inHours(other)})`,
  }),
  'in-slot': ({ title, other }) => ({
    en: `"${title}" lies in the time that is left to others (${other})`,
    th: `"${title}" ทับช่วงเวลาที่จัดไว้ให้ผู้อื่น (${inHours(other)})`,
  }),
};

/** `06:00–06:10, 18:00–18:10` -> `06.00–06.10, 18.00–18.10 น.` */
function inHours(hours: string | undefined): string {
  return `${thaiClock(hours ?? '')} น.`;
}

export function conflictWords(kind: ConflictKind, said: Said): { en: string; th: string } {
  return WORDS[kind](said);
}
