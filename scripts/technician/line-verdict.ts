import type { Words } from '../cli/words.ts';
import type { DirectionFigures, LineFigures } from './line-measurement.ts';

export type Verdict = 'good' | 'slow' | 'noisy' | 'dead' | 'unknown';

/** A USB adapter that collects bytes for 16 ms before it passes them on, as FTDI's do (latency timer). */
const LATE_MS = 12;

export function verdictOf({ there, back, roundTripMs }: LineFigures): Verdict {
  if (roundTripMs === undefined || isDead(there) || isDead(back)) return 'dead';
  if (there.lost > 0 || back.lost > 0) return 'noisy';
  if (there.frames === 0 || back.frames === 0) return 'unknown';
  return roundTripMs.p50 > LATE_MS ? 'slow' : 'good';
}

function isDead({ frames, lost }: DirectionFigures): boolean {
  return frames > 0 && lost === frames;
}

const WHAT_TO_DO: Record<Verdict, Words> = {
  good: { en: 'good: nothing was lost', th: 'ดี: ไม่มีข้อมูลสูญหาย' },
  slow: {
    en: 'nothing was lost, but each answer comes late: set the latency timer of the USB adapter to 1 ms (/sys/bus/usb-serial/devices/ttyUSB0/latency_timer)',
    th: 'ไม่มีข้อมูลสูญหาย แต่คำตอบมาช้า ให้ตั้ง latency timer ของตัวแปลง USB เป็น 1 ms (/sys/bus/usb-serial/devices/ttyUSB0/latency_timer)',
  },
  noisy: {
    en: 'noisy: shorten the cable, join the grounds of both ends, keep it away from mains and loudspeaker wires, use RS-485 beyond 10 m; or a lower rate. Pages arrive all the same, later',
    th: 'มีสัญญาณรบกวน: ใช้สายให้สั้นลง ต่อกราวด์สองฝั่งถึงกัน แยกสายจากไฟบ้านและสายลำโพง เกิน 10 เมตรให้ใช้ RS-485 หรือลดความเร็ว ภาพยังไปถึงแต่ช้าลง',
  },
  unknown: { en: 'ended too early to say', th: 'หยุดก่อนวัดครบ ยังบอกไม่ได้' },
  dead: {
    en: 'dead: nothing comes through. Is the board powered, are send and receive crossed over, is the rate right?',
    th: 'ใช้ไม่ได้: ไม่มีข้อมูลผ่าน บอร์ดมีไฟหรือไม่ สายส่งกับสายรับสลับกันหรือไม่ ความเร็วถูกหรือไม่',
  },
};

export function verdictWords(verdict: Verdict): Words {
  return WHAT_TO_DO[verdict];
}

const INTERESTING = 1e-12;

/** The figures as a person reads them, a line each. */
export function figureWords({ rate, roundTripMs, there, back }: LineFigures): Words[] {
  const at = rate === undefined ? { en: 'TCP', th: 'TCP' } : { en: `${rate} baud`, th: `${rate} บอด` };
  const trip =
    roundTripMs === undefined
      ? { en: 'no round trip', th: 'ไม่มีคำตอบกลับ' }
      : {
          en: `round trip ${ms(roundTripMs.p50)} (p99 ${ms(roundTripMs.p99)}, worst ${ms(roundTripMs.worst)})`,
          th: `ไปกลับ ${ms(roundTripMs.p50)} (p99 ${ms(roundTripMs.p99)} ช้าสุด ${ms(roundTripMs.worst)})`,
        };
  return [
    { en: `${at.en}: ${trip.en}`, th: `${at.th}: ${trip.th}` },
    { en: `  to the board ${direction(there, 'en')}`, th: `  ไปบอร์ด ${direction(there, 'th')}` },
    { en: `  from the board ${direction(back, 'en')}`, th: `  จากบอร์ด ${direction(back, 'th')}` },
  ];
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

function direction(
  { frames, lost, bitErrorRate, goodputBytesPerSecond }: DirectionFigures,
  lang: 'en' | 'th',
): string {
  const flow = goodputBytesPerSecond === undefined ? [] : [`${Math.round(goodputBytesPerSecond)} B/s`];
  const oneIn = bitErrorRate > INTERESTING ? Math.round(1 / bitErrorRate) : undefined;
  const words = {
    en: [`${lost} of ${frames} frames lost`, ...(oneIn ? [`one bit in ${oneIn} turned over`] : [])],
    th: [`เฟรมหาย ${lost} จาก ${frames}`, ...(oneIn ? [`ผิดหนึ่งบิตในทุก ${oneIn} บิต`] : [])],
  };
  return [...words[lang], ...flow].join(', ');
}
