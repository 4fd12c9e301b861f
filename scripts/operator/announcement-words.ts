import type {
  Announcement,
  AudioPart,
  Chime,
  Page,
  PanelContent,
  TowerContent,
} from '../../firmware-protocol/content/announcement.ts';
import type { Output } from '../../firmware-protocol/content/band.ts';
import { counted } from '../cli/counted.ts';
import type { Lang, Words } from '../cli/words.ts';

const CHIMES: Record<Chime, Words> = {
  ding: { en: 'a ding', th: 'เสียงติ๊งต่อง' },
  attention: { en: 'the attention tone', th: 'เสียงเรียกความสนใจ' },
  alert: { en: 'the alarm tone', th: 'เสียงสัญญาณเตือนภัย' },
  none: { en: 'no tone before it', th: 'ไม่มีเสียงนำ' },
};

/** All that an announcement says on these outputs, a line each: what is heard, then each page with every word of it. */
export function announcementWords(
  { title, agency, tower, panel }: Announcement,
  outputs: readonly Output[],
  lang: Lang,
): string[] {
  const head = {
    en: `title: ${title}${agency === undefined ? '' : ` (${agency})`}`,
    th: `เรื่อง: ${title}${agency === undefined ? '' : ` (${agency})`}`,
  };
  return [
    head[lang],
    ...(tower === undefined || !outputs.includes('tower') ? [] : towerLines(tower, lang)),
    ...(panel === undefined || !outputs.includes('panel') ? [] : panelLines(panel, lang)),
  ];
}

function towerLines({ chime, parts, times }: TowerContent, lang: Lang): string[] {
  const tone = CHIMES[chime];
  const isSaid = parts.some(({ type }) => type === 'media');
  const often = {
    en: isSaid && times > 1 ? `, then ${times} times:` : isSaid ? ', then:' : ' alone',
    th: isSaid && times > 1 ? ` แล้วพูด ${times} รอบ:` : isSaid ? ' แล้ว:' : ' อย่างเดียว',
  };
  const head = { en: `tower: ${tone.en}${often.en}`, th: `เสียง: ${tone.th}${often.th}` };
  return [head[lang], ...parts.map((part) => `  ${partWords(part)[lang]}`)];
}

/** By its hash a person finds a sound in the library, to listen to it. */
function partWords(part: AudioPart): Words {
  const seconds = (part.ms / 1_000).toFixed(1);
  return part.type === 'pause'
    ? { en: `a pause of ${seconds} s`, th: `เว้น ${seconds} วินาที` }
    : { en: `sound of ${seconds} s, ${part.sha256}`, th: `เสียงยาว ${seconds} วินาที ${part.sha256}` };
}

function panelLines({ pages, times }: PanelContent, lang: Lang): string[] {
  const head = {
    en: `sign: ${counted(pages.length, 'page')}${times > 1 ? `, shown ${times} times` : ''}`,
    th: `ป้าย: ${pages.length} หน้า${times > 1 ? ` แสดง ${times} รอบ` : ''}`,
  };
  return [head[lang], ...pages.flatMap((page) => pageLines(page, lang).map((line) => `  ${line}`))];
}

function pageLines({ title, text, hotline, picture, qr }: Page, lang: Lang): string[] {
  const more: (Words | undefined)[] = [
    picture && { en: `picture ${picture.sha256}`, th: `ภาพ ${picture.sha256}` },
    qr === undefined ? undefined : { en: `QR code: ${qr}`, th: `คิวอาร์โค้ด: ${qr}` },
  ];
  return [
    ...(title === undefined ? [] : [`[${title}]`]),
    ...text.split('\n'),
    ...(hotline === undefined ? [] : [hotline]),
    ...more.flatMap((each) => (each === undefined ? [] : [each[lang]])),
  ];
}
