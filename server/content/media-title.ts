import { ANNOUNCEMENT_LIMITS } from '../../firmware-protocol/content/announcement.ts';

/**
 * The title of an upload, from its file name: `C:\เสียง\ประกาศ_น้ำท่วม.mp3` -> `ประกาศ น้ำท่วม`. Never empty, NFC (macOS
 * sends NFD), without control characters, cut between letters and never inside a Thai cluster.
 */
export function titleOf(fileName: string): string {
  const name = fileName.split(/[\\/]/).at(-1) ?? '';
  const words = name
    .normalize('NFC')
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}_]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return cut(words, ANNOUNCEMENT_LIMITS.titleChars) || 'ไม่มีชื่อ';
}

function cut(text: string, chars: number): string {
  let kept = '';
  for (const { segment } of new Intl.Segmenter('th', { granularity: 'grapheme' }).segment(text)) {
    if (kept.length + segment.length > chars) break;
    kept += segment;
  }
  return kept;
}
