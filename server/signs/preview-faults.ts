import type { Fault } from '../../firmware-protocol/mqtt/answer.ts';
import type { PreviewedPage } from './sign-painter.ts';

/** What is left out or spoilt, in the words of the people who read it; `{what}` are the letters or the words. */
const WORDS = {
  unshown: {
    code: 'letters-unshown',
    en: 'no sign can show: {what}; they appear as ?',
    th: 'ป้ายแสดงอักษรนี้ไม่ได้: {what} จะขึ้นเป็นเครื่องหมาย ?',
  },
  ornaments: {
    code: 'ornaments-left-out',
    en: 'left out, signs show words: {what}',
    th: 'สัญลักษณ์นี้จะไม่แสดงบนป้าย: {what}',
  },
  cut: {
    code: 'words-cut',
    en: 'wider than this sign, cut in the middle: {what}',
    th: 'คำยาวกว่าป้าย จะถูกตัดกลางคำ: {what}',
  },
} as const;

const LEFT_OUT: Readonly<Record<string, { en: string; th: string }>> = {
  'qr-unfit': {
    en: 'this sign is too small for the QR code, which is left out',
    th: 'ป้ายนี้เล็กเกินกว่าจะแสดงคิวอาร์โค้ด จึงจะแสดงเฉพาะข้อความ',
  },
  'picture-undecodable': {
    en: 'the picture cannot be shown; the words come without it',
    th: 'แสดงภาพนี้ไม่ได้ จะแสดงเฉพาะข้อความ',
  },
  'media-unreachable': {
    en: 'the server has lost the file of the picture: upload it again',
    th: 'เซิร์ฟเวอร์ไม่มีไฟล์ภาพนี้แล้ว โปรดส่งภาพใหม่',
  },
};
const UNKNOWN = {
  en: 'this cannot be shown; the words come without it',
  th: 'แสดงส่วนนี้ไม่ได้ จะแสดงเฉพาะข้อความ',
};

/** The faults of a page; `path` is where the page stands in the request, with its dot. */
export function previewFaults({ leftOut, words }: PreviewedPage, path: string): Fault[] {
  return [
    ...leftOut.map(({ part, reason }) => ({
      path: `${path}${part}`,
      code: reason,
      ...(LEFT_OUT[reason] ?? UNKNOWN),
    })),
    ...words.map(({ kind, what }) => {
      const { code, en, th } = WORDS[kind];
      const named = what.join(kind === 'cut' ? ', ' : ' ');
      return { path: `${path}text`, code, en: en.replace('{what}', named), th: th.replace('{what}', named) };
    }),
  ];
}
