import type { TemplateRecord } from './template-records.ts';

const HOUR_S = 3_600;

interface Text {
  id: string;
  title: string;
  /** For the sign: short, what to do first. */
  sign: string;
  /** For the tower, in full sentences. */
  say: string;
  hotline: string;
  hours: number;
}

/**
 * What a village is told at once, in the words of the leaflets of the Department of Disaster Prevention and Mitigation: the danger, then what to
 * do. They name no place, so that none of them can be wrong where it is heard; offices write their own over them.
 */
const TEXTS: readonly Text[] = [
  {
    id: 'flash-flood',
    title: 'น้ำป่าไหลหลาก',
    sign: 'น้ำป่าไหลหลาก\nขึ้นที่สูงทันที ห้ามลุยน้ำเชี่ยว',
    say: 'ประกาศเตือนภัย น้ำป่าไหลหลาก ขอให้ออกจากริมน้ำและที่ลุ่มต่ำ ขึ้นที่สูงทันที ห้ามเดินหรือขับรถลุยน้ำเชี่ยว',
    hotline: 'ปภ. 1784',
    hours: 3,
  },
  {
    id: 'flood',
    title: 'น้ำท่วม',
    sign: 'ระดับน้ำสูงขึ้น\nยกของขึ้นที่สูง ตัดไฟจุดที่น้ำถึง เตรียมอพยพ',
    say: 'ประกาศเตือนภัย ระดับน้ำกำลังสูงขึ้น ขอให้ยกของขึ้นที่สูง ตัดไฟฟ้าในจุดที่น้ำอาจท่วมถึง และเตรียมพร้อมอพยพเมื่อได้รับแจ้ง',
    hotline: 'ปภ. 1784',
    hours: 12,
  },
  {
    id: 'storm',
    title: 'พายุฝนฟ้าคะนอง ลมกระโชกแรง',
    sign: 'พายุฝน ลมกระโชกแรง\nอยู่ในอาคารที่แข็งแรง ห่างต้นไม้ใหญ่และป้าย',
    say: 'ประกาศเตือนภัย พายุฝนฟ้าคะนองและลมกระโชกแรง ขอให้อยู่ในอาคารที่แข็งแรง อยู่ห่างจากต้นไม้ใหญ่ ป้ายโฆษณา และเสาไฟฟ้า',
    hotline: 'ปภ. 1784',
    hours: 3,
  },
  {
    id: 'landslide',
    title: 'ดินถล่ม',
    sign: 'เสี่ยงดินถล่ม\nออกจากเชิงเขาและริมลำห้วยทันที',
    say: 'ประกาศเตือนภัย เสี่ยงดินถล่ม หากน้ำเปลี่ยนเป็นสีขุ่นแดง หรือได้ยินเสียงดังจากภูเขา ขอให้ออกจากเชิงเขาและริมลำห้วย ไปยังที่ปลอดภัยทันที',
    hotline: 'ปภ. 1784',
    hours: 6,
  },
  {
    id: 'fire',
    title: 'เพลิงไหม้',
    sign: 'เกิดเพลิงไหม้\nออกจากพื้นที่ เปิดทางให้รถดับเพลิง',
    say: 'ประกาศเตือนภัย เกิดเพลิงไหม้ ขอให้ออกจากพื้นที่ เปิดทางให้รถดับเพลิง หากมีควันให้ก้มตัวต่ำ และใช้ผ้าชุบน้ำปิดจมูก',
    hotline: 'ดับเพลิง 199',
    hours: 2,
  },
  {
    id: 'chemical',
    title: 'สารเคมีรั่วไหล',
    sign: 'สารเคมีรั่วไหล\nอยู่ในอาคาร ปิดประตูหน้าต่าง ห้ามจุดไฟ',
    say: 'ประกาศเตือนภัย สารเคมีรั่วไหล ขอให้อยู่ในอาคาร ปิดประตูหน้าต่างและเครื่องปรับอากาศ ห้ามจุดไฟ หากเจ้าหน้าที่ให้อพยพ ให้ไปทางเหนือลม',
    hotline: 'คพ. 1650',
    hours: 3,
  },
  {
    id: 'tsunami',
    title: 'สึนามิ',
    sign: 'เตือนภัยสึนามิ\nออกจากชายฝั่ง ขึ้นที่สูงทันที',
    say: 'ประกาศเตือนภัยสึนามิ ขอให้ออกจากชายฝั่งและปากแม่น้ำ ขึ้นที่สูงทันที ห้ามกลับลงมาจนกว่าเจ้าหน้าที่จะประกาศว่าปลอดภัย',
    hotline: 'ศภช. 192',
    hours: 3,
  },
  {
    id: 'earthquake',
    title: 'แผ่นดินไหว',
    sign: 'แผ่นดินไหว\nออกจากอาคารที่แตกร้าว ระวังแผ่นดินไหวตาม',
    say: 'ประกาศเตือนภัย เกิดแผ่นดินไหว ขอให้ออกจากอาคารที่แตกร้าว ห้ามใช้ลิฟต์ อยู่ในที่โล่ง ห่างจากเสาไฟฟ้าและป้าย และระวังแผ่นดินไหวตาม',
    hotline: 'ปภ. 1784',
    hours: 2,
  },
  {
    id: 'evacuate',
    title: 'อพยพ',
    sign: 'อพยพทันที\nไปจุดรวมพลของหมู่บ้าน',
    say: 'ประกาศ ขอให้ทุกคนอพยพไปยังจุดรวมพลของหมู่บ้านทันที นำยาประจำตัวและเอกสารสำคัญไปด้วย ปิดไฟและแก๊ส ช่วยพาเด็ก ผู้สูงอายุ และผู้ป่วยออกมาก่อน',
    hotline: 'ปภ. 1784',
    hours: 3,
  },
];

/** Alerts all of them: a second person, and the top of the ladder. */
export const EMERGENCY_TEXTS: readonly TemplateRecord[] = TEXTS.map(
  ({ id, title, sign, say, hotline, hours }) => ({
    area: 'th',
    id,
    use: 'emergency',
    title,
    push: {
      ...{ title, text: sign, say, hotline, chime: 'alert', times: 3, kind: 'alert' },
      expires_in_s: hours * HOUR_S,
    },
    by: 'prakat',
    changedAt: null,
  }),
);
