import type { HallStory } from './hall-result.ts';
import { table } from './table.ts';

type Lang = 'th' | 'en';

const HEADS: Record<Lang, string[]> = {
  en: ['hall', 'told', 'tower', 'from', 'to', 'peak', 'sign', 'screens', 'page', 'reports stored'],
  th: ['หอ', 'สั่ง', 'เสียง', 'จาก', 'ถึง', 'ยอดเสียง', 'ป้าย', 'จอภาพ', 'ภาพ', 'รายงานที่เก็บแล้ว'],
};

/** How the outcomes read; a word that is not here is shown as it is. */
const WORDS: Record<Lang, Record<string, string>> = {
  en: {},
  th: {
    finished: 'จบครบ',
    interrupted: 'ถูกตัด',
    expired: 'หมดเวลา',
    rejected: 'ทำไม่ได้',
    cancelled: 'ยกเลิก',
    silent: 'เงียบ',
    idle: 'ไม่ได้แสดง',
    yes: 'ใช่',
    no: 'ไม่',
    'board agrees': 'ตรงกับป้าย',
    'board differs': 'ไม่ตรงกับป้าย',
    of: 'จาก',
  },
};

/** Who heard it, from when to when, what the sign showed, and what the server stored of it. */
export function tableOf(stories: HallStory[], lang: Lang): string[] {
  return table([HEADS[lang], ...stories.map((story) => rowOf(story, (word) => WORDS[lang][word] ?? word))]);
}

function rowOf({ result, until, screens }: HallStory, say: (word: string) => string): string[] {
  const { device, targeted, tower, panel, reports } = result;
  const agrees = panel.crc === panel.board_crc ? 'board agrees' : 'board differs';
  return [
    device,
    say(targeted ? 'yes' : 'no'),
    say(tower.outcome),
    timeOfDay(tower.started_at),
    timeOfDay(tower.started_at === null ? null : until),
    tower.peak_dbfs === null ? '-' : `${tower.peak_dbfs.toFixed(1)} dBFS`,
    say(panel.outcome),
    screens === 0 ? '-' : String(screens),
    panel.crc === null ? '-' : `${panel.crc}, ${say(agrees)}`,
    `${reports.stored} ${say('of')} ${reports.sent}`,
  ];
}

/** Instants are written in Thai time (`2026-11-22T06:49:33.892+07:00`). */
function timeOfDay(instant: string | null): string {
  return instant?.slice(11, 23) ?? '-';
}
