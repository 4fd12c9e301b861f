import { ANNOUNCEMENT_LIMITS } from '../../firmware-protocol/content/announcement.ts';
import { isSound } from './alert-facts.ts';
import type { CapAlert, CapInfo } from './cap-schema.ts';

/** What a village is told of an alert, before there is sound of it. */
export interface AlertWords {
  title: string;
  /** For the sign. */
  text: string;
  hotline: string | undefined;
  /** For the tower, in one piece. */
  speech: string;
  agency: string;
  /** BCP 47. */
  language: string;
  /** Sound that the alert brings along, Base64. */
  sound: { base64: string; name: string } | undefined;
  /** The sender says that the danger is over. */
  isAllClear: boolean;
}

/** In Thai: the agency's own words, else what its closed lists say, put into a sentence. */
export function wordsFor(alert: CapAlert, infos: readonly CapInfo[]): AlertWords {
  const info = infos.find(({ language }) => /^th\b/i.test(language)) ?? infos[0];
  if (info === undefined) throw new Error('an alert without infos says nothing');
  const isThai = /^th\b/i.test(info.language);
  const own = isThai ? thaiWords(info) : translated(info);
  const agency = plain(info.senderName ?? alert.source ?? alert.sender).slice(
    0,
    ANNOUNCEMENT_LIMITS.titleChars,
  );
  const title = cut(own.title, ANNOUNCEMENT_LIMITS.titleChars);
  const text = cut(own.text, ANNOUNCEMENT_LIMITS.pageChars);
  return {
    title,
    text,
    hotline: hotlineIn(info.contact),
    speech: cut(
      `ประกาศเตือนภัยจาก${agency} ${title} ${text.replaceAll('\n', ' ')}`,
      ANNOUNCEMENT_LIMITS.pageChars,
    ),
    agency,
    language: 'th',
    sound: soundIn(infos, isThai ? info : undefined),
    isAllClear: info.responseType.includes('AllClear'),
  };
}

function thaiWords({ headline, event, description, instruction }: CapInfo): { title: string; text: string } {
  const title = plain(headline ?? '') || plain(event);
  const said = [description, instruction].map((each) => plain(each ?? '')).filter((each) => each !== '');
  return { title, text: said.join('\n') || title };
}

/** Names of events as agencies word them, the more exact first. */
const EVENTS: readonly [RegExp, string][] = [
  [/tsunami/i, 'คลื่นสึนามิ'],
  [/earthquake/i, 'แผ่นดินไหว'],
  [/flash flood/i, 'น้ำท่วมฉับพลัน'],
  [/flood/i, 'น้ำท่วม'],
  [/land ?slide|mud ?slide/i, 'ดินถล่ม'],
  [/thunder ?storm/i, 'พายุฝนฟ้าคะนอง'],
  [/typhoon|cyclone|tropical storm|hurricane/i, 'พายุหมุนเขตร้อน'],
  [/storm|wind|tornado/i, 'ลมพายุ'],
  [/rain/i, 'ฝนตกหนัก'],
  [/heat/i, 'อากาศร้อนจัด'],
  [/cold|frost/i, 'อากาศหนาวจัด'],
  [/drought/i, 'ภัยแล้ง'],
  [/dust|smoke|haze|air quality|pm ?2/i, 'ฝุ่นควันเกินมาตรฐาน'],
  [/fire/i, 'ไฟไหม้'],
  [/chemical|toxic|gas leak|radio(?:activ|logic)/i, 'สารอันตรายรั่วไหล'],
  [/disease|epidemic|outbreak|virus/i, 'โรคระบาด'],
  [/dam\b/i, 'เขื่อนหรืออ่างเก็บน้ำ'],
];
const CATEGORY_WORDS: Record<CapInfo['category'][number], string> = {
  Geo: 'ภัยทางธรณีวิทยา',
  Met: 'สภาพอากาศอันตราย',
  Safety: 'ความปลอดภัยสาธารณะ',
  Security: 'เหตุด้านความมั่นคง',
  Rescue: 'การค้นหาและกู้ภัย',
  Fire: 'ไฟไหม้',
  Health: 'ภัยด้านสุขภาพ',
  Env: 'มลพิษและสิ่งแวดล้อม',
  Transport: 'เหตุด้านการคมนาคม',
  Infra: 'ระบบสาธารณูปโภคขัดข้อง',
  CBRNE: 'สารอันตราย',
  Other: 'ภัย',
};
const RESPONSE_WORDS: Record<CapInfo['responseType'][number], string> = {
  Shelter: 'ให้หลบอยู่ในที่ปลอดภัย',
  Evacuate: 'ให้อพยพออกจากพื้นที่ไปยังที่ปลอดภัย',
  Prepare: 'ให้เตรียมพร้อม',
  Execute: 'ให้ปฏิบัติตามแผนที่ซักซ้อมไว้',
  Avoid: 'ให้หลีกเลี่ยงพื้นที่นี้',
  Monitor: 'ให้ติดตามข่าวสารอย่างใกล้ชิด',
  Assess: 'ให้ติดตามข่าวสารและประเมินสถานการณ์',
  AllClear: 'สถานการณ์คลี่คลายแล้ว',
  None: '',
};
const SEVERITY_WORDS: Record<CapInfo['severity'], string> = {
  Extreme: 'รุนแรงมากที่สุด',
  Severe: 'รุนแรงมาก',
  Moderate: 'รุนแรงปานกลาง',
  Minor: 'รุนแรงเล็กน้อย',
  Unknown: '',
};

/** The lists of CAP are closed, so this says nothing that the alert does not. */
function translated(info: CapInfo): { title: string; text: string } {
  const [category = 'Other'] = info.category;
  const what = EVENTS.find(([name]) => name.test(info.event))?.[1] ?? CATEGORY_WORDS[category];
  const isOver = info.responseType.includes('AllClear');
  const places = [...new Set(info.area.map(({ areaDesc }) => plain(areaDesc)))].filter((each) => each !== '');
  const said = [
    isOver ? '' : SEVERITY_WORDS[info.severity] && `ระดับความรุนแรง: ${SEVERITY_WORDS[info.severity]}`,
    places.length > 0 ? `พื้นที่: ${cut(places.join(', '), 300)}` : '',
    ...info.responseType.map((response) => RESPONSE_WORDS[response]),
    'โปรดติดตามประกาศของทางราชการ',
  ];
  const title = isOver ? `สถานการณ์คลี่คลาย: ${what}` : `เตือนภัย: ${what}`;
  return { title, text: [...new Set(said)].filter((each) => each !== '').join('\n') };
}

/** One line of text: agencies write HTML, control characters and line breaks as they like. */
function plain(text: string): string {
  return text
    .replace(/<[a-z/][^<>]{0,200}>/gi, ' ')
    .replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
    .trim();
}

/** Never inside a cluster of Thai marks. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter('th', { granularity: 'grapheme' }).segment(text)) {
    if (kept.length + segment.length >= most) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** A contact that is a number to call; others are addresses for offices. */
function hotlineIn(contact: string | undefined): string | undefined {
  const text = plain(contact ?? '');
  return /\d{3}/.test(text) && !text.includes('@') && text.length <= ANNOUNCEMENT_LIMITS.hotlineChars
    ? text
    : undefined;
}

/** Of the Thai info where there is one: a village is not told in English what a voice can say in Thai. */
function soundIn(infos: readonly CapInfo[], thai: CapInfo | undefined): AlertWords['sound'] {
  const resources = (thai === undefined ? infos : [thai]).flatMap(({ resource }) => resource);
  const found = resources.find(
    ({ mimeType, derefUri }) => isSound(mimeType) && (derefUri ?? '').trim() !== '',
  );
  return found && { base64: found.derefUri ?? '', name: plain(found.resourceDesc).slice(0, 80) || 'CAP' };
}
