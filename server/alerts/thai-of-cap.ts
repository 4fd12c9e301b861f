import type { CapInfo } from './cap-schema.ts';

/** What agencies that write no Thai mean, in the words of a Thai announcer. */

/** Events as agencies word them, the more exact first. Whole words: `training` is no rain, `industrial` no dust, a `firearm` no fire. */
const EVENTS: readonly [RegExp, string][] = [
  [/\b(?:cyber|online|scam|fraud|phishing|malware|computer)/i, 'ภัยออนไลน์'],
  [/\babduct|\bamber alert|\bmissing child/i, 'เหตุลักพาตัวเด็ก'],
  // A statement that there is none is about what it says first.
  [/(?<!\bno )\btsunami/i, 'คลื่นสึนามิ'],
  [/\bearthquake/i, 'แผ่นดินไหว'],
  [/\bvolcan/i, 'ภูเขาไฟปะทุ'],
  [/\bflash flood/i, 'น้ำท่วมฉับพลัน'],
  [/\bdam\b/i, 'เหตุเกี่ยวกับเขื่อนหรืออ่างเก็บน้ำ'],
  [/\bflood/i, 'น้ำท่วม'],
  [/\b(?:land|mud) ?slide|\bdebris flow/i, 'ดินโคลนถล่ม'],
  [/\bthunder ?storm/i, 'พายุฝนฟ้าคะนอง'],
  [/\b(?:dust|sand) ?storm/i, 'พายุฝุ่น'],
  [/\b(?:typhoon|cyclone|tropical storm|tropical depression|hurricane)/i, 'พายุหมุนเขตร้อน'],
  [/\bstorm surge/i, 'คลื่นพายุซัดฝั่ง'],
  [/storm\b|\bwinds?\b|\bgale|\btornado/i, 'พายุลมแรง'],
  [/\b(?:heavy )?rain(?:s|fall)?\b/i, 'ฝนตกหนัก'],
  [/\b(?:extreme |excessive )?heat\b|\bheat ?wave/i, 'อากาศร้อนจัด'],
  [/\bcold\b|\bfrost\b/i, 'อากาศหนาวจัด'],
  [/\bdrought/i, 'ภัยแล้ง'],
  [/\bpm ?2\.?5|\bair (?:quality|pollution)/i, 'ฝุ่นละอองขนาดเล็กเกินมาตรฐาน'],
  [/\b(?:dust|smoke|haze)\b/i, 'หมอกควันและฝุ่นละออง'],
  [/\b(?:bush|grass|wild|forest) ?fire/i, 'ไฟป่า'],
  [/\bfire weather|\bfire danger/i, 'อากาศแห้ง เสี่ยงเกิดไฟป่า'],
  [/\bfires?\b/i, 'ไฟไหม้'],
  [/\bchemical|\btoxic|\bgas leak|\bradio(?:activ|logic)|\bnuclear/i, 'สารอันตรายรั่วไหล'],
  [/\bdisease|\bepidemic|\boutbreak|\bvirus|\binfluenza|\bdengue|\brabies|\bcholera/i, 'โรคระบาด'],
];
const CATEGORIES: Record<CapInfo['category'][number], string> = {
  Geo: 'ธรณีพิบัติภัย',
  Met: 'สภาพอากาศเลวร้าย',
  Safety: 'เหตุอันตรายต่อประชาชน',
  Security: 'เหตุด้านความมั่นคง',
  Rescue: 'ปฏิบัติการค้นหาและกู้ภัย',
  Fire: 'ไฟไหม้',
  Health: 'ภัยสุขภาพ',
  Env: 'ภัยด้านสิ่งแวดล้อม',
  Transport: 'เหตุขัดข้องด้านการเดินทาง',
  Infra: 'ระบบสาธารณูปโภคขัดข้อง',
  CBRNE: 'สารอันตราย',
  Other: 'เหตุฉุกเฉิน',
};
const RESPONSES: Record<CapInfo['responseType'][number], string> = {
  Shelter: 'ขอให้หลบอยู่ในที่ปลอดภัย',
  Evacuate: 'ขอให้อพยพไปยังที่ปลอดภัย',
  Prepare: 'ขอให้เตรียมพร้อมรับสถานการณ์',
  Execute: 'ขอให้ปฏิบัติตามแผนที่ซักซ้อมไว้',
  Avoid: 'ขอให้อยู่ห่างจากพื้นที่อันตราย',
  Monitor: 'ขอให้ติดตามข่าวสารอย่างใกล้ชิด',
  // CAP 3.2.2: not to be used in public warnings; what it asks of people is to listen on.
  Assess: 'ขอให้ติดตามข่าวสารอย่างใกล้ชิด',
  // Said in the title.
  AllClear: '',
  None: '',
};
const SEVERITIES: Record<CapInfo['severity'], string> = {
  Extreme: 'ระดับรุนแรงที่สุด',
  Severe: 'ระดับรุนแรงมาก',
  Moderate: 'ระดับปานกลาง',
  Minor: 'ระดับเล็กน้อย',
  Unknown: '',
};
const LISTEN_ON = 'โปรดติดตามประกาศของทางราชการ';

export interface ThaiOfCap {
  /** Of a sign. */
  title: string;
  /** What it is about, to be said. */
  subject: string;
  /** Sentence by sentence; without places. */
  said: string[];
}

/** The lists of CAP are closed, so this says nothing that the alert does not. */
export function thaiOfCap({ event, category, responseType, severity }: CapInfo): ThaiOfCap {
  const [first = 'Other'] = category;
  const what = EVENTS.find(([name]) => name.test(event))?.[1] ?? CATEGORIES[first];
  const asked = [...new Set(responseType.map((each) => RESPONSES[each]))].filter((each) => each !== '');
  if (responseType.includes('AllClear')) {
    const over = `สถานการณ์${what}คลี่คลายแล้ว`;
    return { title: over, subject: over, said: asked };
  }
  const isToListen = responseType.some((each) => each === 'Monitor' || each === 'Assess');
  const said = [SEVERITIES[severity], ...asked, ...(isToListen ? [] : [LISTEN_ON])];
  // A watch says that it may come, a warning that it is there or near.
  const isWatch = /\b(?:watch|outlook)\b/i.test(event);
  return {
    title: `${isWatch ? 'เฝ้าระวัง' : 'เตือนภัย'} ${what}`,
    subject: `${isWatch ? 'เฝ้าระวัง' : ''}${what}`,
    said: said.filter((each) => each !== ''),
  };
}
