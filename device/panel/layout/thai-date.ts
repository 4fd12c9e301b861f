import { BANGKOK_OFFSET_MS } from '../../../firmware-protocol/content/instant.ts';

const WEEKDAYS = ['อาทิตย์', 'จันทร์', 'อังคาร', 'พุธ', 'พฤหัสบดี', 'ศุกร์', 'เสาร์'];
const WEEKDAYS_SHORT = ['อา.', 'จ.', 'อ.', 'พ.', 'พฤ.', 'ศ.', 'ส.'];
const MONTHS = [
  'มกราคม',
  'กุมภาพันธ์',
  'มีนาคม',
  'เมษายน',
  'พฤษภาคม',
  'มิถุนายน',
  'กรกฎาคม',
  'สิงหาคม',
  'กันยายน',
  'ตุลาคม',
  'พฤศจิกายน',
  'ธันวาคม',
];
const MONTHS_SHORT = [
  'ม.ค.',
  'ก.พ.',
  'มี.ค.',
  'เม.ย.',
  'พ.ค.',
  'มิ.ย.',
  'ก.ค.',
  'ส.ค.',
  'ก.ย.',
  'ต.ค.',
  'พ.ย.',
  'ธ.ค.',
];
/** The Buddhist era counts from 543 BC. */
const BUDDHIST_ERA_YEARS = 543;

/** The day in Thailand in the Buddhist era, in forms that get shorter: from `วันศุกร์ที่ 13 พฤศจิกายน พ.ศ. 2569` on. */
export function thaiDates(epochMs: number): string[] {
  const local = new Date(epochMs + BANGKOK_OFFSET_MS);
  const [weekday, month, day] = [local.getUTCDay(), local.getUTCMonth(), local.getUTCDate()];
  const year = local.getUTCFullYear() + BUDDHIST_ERA_YEARS;
  const short = `${day} ${MONTHS_SHORT[month]}`;
  return [
    `วัน${WEEKDAYS[weekday]}ที่ ${day} ${MONTHS[month]} พ.ศ. ${year}`,
    `วัน${WEEKDAYS[weekday]}ที่ ${short} ${year}`,
    `${WEEKDAYS_SHORT[weekday]} ${short} ${year}`,
    `${short} ${year}`,
    `${short} ${String(year).slice(-2)}`,
    short,
  ];
}
