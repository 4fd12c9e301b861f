import { SCREEN_DOUBTS } from '../../firmware-protocol/mqtt/screen-doubts.ts';
import type { Screen } from '../../firmware-protocol/mqtt/sign-screen.ts';
import { when } from '../cli/when.ts';
import type { Lang, Words } from '../cli/words.ts';

/** What a picture of a sign is, since when, how it is known and what is not: a line each. */
export function wordsOfScreen(screen: Screen, lang: Lang): string[] {
  const { face, unknown } = screen;
  const words = [
    whatItIs(screen),
    howItIsKnown(screen, lang),
    ...unknown.flatMap((code) => doubtOf(code) ?? []),
  ];
  return [`${face.width}x${face.height} ${face.depth}`, ...words.map((each) => each[lang])];
}

function whatItIs({ of, running }: Screen): Words {
  const runs = running === undefined ? { en: '', th: '' } : { en: ', running', th: ' เป็นข้อความวิ่ง' };
  if (of.type === 'idle') return { en: `the time and the village${runs.en}`, th: `เวลาและชื่อหมู่บ้าน${runs.th}` };
  const { title, page, pages, screen, screens } = of;
  return {
    en: `${title}: page ${page} of ${pages}, screen ${screen} of ${screens}${runs.en}`,
    th: `${title}: หน้า ${page} จาก ${pages} จอ ${screen} จาก ${screens}${runs.th}`,
  };
}

function howItIsKnown({ known, since, confirmed_at }: Screen, lang: Lang): Words {
  const from = when(since, lang);
  if (known === 'sent' || confirmed_at === undefined)
    return { en: `sent to the sign ${from}`, th: `ส่งไปยังป้ายเมื่อ ${from}` };
  return {
    en: `stands since ${from}; the board confirmed it ${when(confirmed_at, lang)}`,
    th: `แสดงตั้งแต่ ${from} บอร์ดยืนยันเมื่อ ${when(confirmed_at, lang)}`,
  };
}

/** Undefined = a newer code than this program knows. */
function doubtOf(code: string): Words | undefined {
  const doubts: Readonly<Record<string, Words>> = SCREEN_DOUBTS;
  const said = Object.hasOwn(doubts, code) ? doubts[code] : undefined;
  return said && { en: `! ${said.en}`, th: `! ${said.th}` };
}
