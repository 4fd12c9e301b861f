import type { FrameBody } from '../../firmware-protocol/serial/catalogue.ts';
import { crcHex } from '../../firmware-protocol/serial/crc32.ts';
import { FIRST_RATE } from '../../firmware-protocol/serial/line.ts';
import type { Words } from '../cli/words.ts';

/** One row of what a board says of itself: a head, and what stands beside it in either language. */
export type BoardRow = [head: Words, says: string | Words];

const SHOWING: Record<FrameBody<'status'>['showing'], Words> = {
  page: { en: 'the page of the host', th: 'หน้าที่ระบบส่งมา' },
  fallback: { en: 'its own page, because nobody spoke to it', th: 'หน้าสำรองของป้ายเอง เพราะไม่มีใครส่งข้อมูล' },
  pattern: { en: 'a test pattern', th: 'ภาพทดสอบ' },
};

export function welcomeRows(facts: FrameBody<'welcome'>): BoardRow[] {
  const { width, height, rates, encodings, fitted } = facts;
  const size = width === 0 ? { en: 'no display', th: 'ไม่มีป้าย' } : `${width}x${height} ${facts.depth}`;
  return [
    [{ en: 'board', th: 'บอร์ด' }, facts.board],
    [{ en: 'firmware', th: 'เฟิร์มแวร์' }, `${facts.firmware} (1.${facts.minor})`],
    [{ en: 'sign', th: 'ป้าย' }, size],
    [{ en: 'can', th: 'ความสามารถ' }, fitted.join(', ') || '-'],
    [{ en: 'reads', th: 'รูปแบบพิกเซล' }, encodings.join(', ')],
    [{ en: 'rates', th: 'ความเร็วสาย' }, [FIRST_RATE, ...rates].join(', ')],
    [
      { en: 'takes', th: 'รับได้' },
      {
        en: `${facts.maxBody} bytes a frame, ${facts.window} in flight, ${facts.slots} pages kept, a strip of ${facts.stripPixels} pixels`,
        th: `เฟรมละ ${facts.maxBody} ไบต์ พร้อมกัน ${facts.window} เฟรม เก็บ ${facts.slots} หน้า แถบเลื่อน ${facts.stripPixels} พิกเซล`,
      },
    ],
  ];
}

export function statusRows(status: FrameBody<'status'>): BoardRow[] {
  const dark = status.lamps === 'dark';
  return [
    [{ en: 'shows', th: 'กำลังแสดง' }, SHOWING[status.showing]],
    [{ en: 'page', th: 'หน้า' }, crcHex(status.shown)],
    [
      { en: 'lamps', th: 'ดวงไฟ' },
      {
        en: `${dark ? 'dark' : 'lit'}, brightness ${status.brightness} of 255`,
        th: `${dark ? 'ดับ' : 'ติด'} ความสว่าง ${status.brightness} จาก 255`,
      },
    ],
    [
      { en: 'since power-up', th: 'ตั้งแต่เปิดเครื่อง' },
      {
        en: `${status.uptimeSeconds} s, ${status.pages} pages shown, ${status.discarded} damaged frames`,
        th: `${status.uptimeSeconds} วินาที แสดง ${status.pages} หน้า เฟรมเสีย ${status.discarded}`,
      },
    ],
    [{ en: 'when nobody speaks', th: 'เมื่อไม่มีใครส่งข้อมูล' }, fallbackWords(status)],
  ];
}

function fallbackWords({ fallback, afterSeconds }: FrameBody<'status'>): Words {
  if (fallback === 0 || afterSeconds === 0) return { en: 'keeps the last page', th: 'คงหน้าล่าสุดไว้' };
  return {
    en: `its own page ${crcHex(fallback)} after ${afterSeconds} s`,
    th: `แสดงหน้าสำรอง ${crcHex(fallback)} หลังเงียบไป ${afterSeconds} วินาที`,
  };
}

export function measureRows({ known, temperature, light, supply }: FrameBody<'measure'>): BoardRow[] {
  const rows: Record<(typeof known)[number], BoardRow> = {
    temperature: [{ en: 'temperature', th: 'อุณหภูมิ' }, `${(temperature / 10).toFixed(1)} °C`],
    light: [{ en: 'light', th: 'แสงรอบข้าง' }, `${light} lux`],
    supply: [{ en: 'supply', th: 'แรงดันไฟเลี้ยง' }, `${(supply / 1_000).toFixed(2)} V`],
  };
  return known.map((name) => rows[name]);
}

/** Numbers of the modules that do not work, from 1, row by row from the top left. */
export function faultyModules({ columns, rows, faults }: FrameBody<'module-faults'>): number[] {
  return Array.from({ length: columns * rows }, (_unused, module) => module)
    .filter((module) => ((faults[module >> 3] ?? 0) >> (module & 7)) & 1)
    .map((module) => module + 1);
}

export function moduleRows(told: FrameBody<'module-faults'>): BoardRow[] {
  const broken = faultyModules(told);
  const all = `${told.columns}x${told.rows}`;
  return [
    [
      { en: 'modules', th: 'โมดูล' },
      broken.length === 0
        ? { en: `${all}, all work`, th: `${all} ใช้ได้ทั้งหมด` }
        : {
            en: `${all}, broken: ${broken.join(', ')} (from 1, row by row from the top left)`,
            th: `${all} เสีย: ${broken.join(', ')} (นับจาก 1 ทีละแถวจากซ้ายบน)`,
          },
    ],
  ];
}

const POWER = {
  on: { en: 'on', th: 'เปิด' },
  off: { en: 'off', th: 'ปิด' },
  unknown: { en: 'not sensed', th: 'วัดไม่ได้' },
};

export function amplifierRows(state: FrameBody<'amplifier-state'>): BoardRow[] {
  const [told, sensed] = [POWER[state.commanded], POWER[state.sensed]];
  return [
    [
      { en: 'amplifier', th: 'เครื่องขยายเสียง' },
      {
        en: `told ${told.en}, power ${sensed.en}, switched off by its limit ${state.limitTrips} times`,
        th: `สั่ง${told.th} ไฟจริง${sensed.th} ตัดเองเพราะครบเวลา ${state.limitTrips} ครั้ง`,
      },
    ],
  ];
}

export function amplifierMeasureRows(measured: FrameBody<'amplifier-measure'>): BoardRow[] {
  const figures: Record<(typeof measured.known)[number], string> = {
    level: `${(measured.level / 100).toFixed(1)} dB`,
    current: `${measured.current} mA`,
    temperature: `${(measured.temperature / 10).toFixed(1)} °C`,
    supply: `${(measured.supply / 1_000).toFixed(2)} V`,
  };
  const known = measured.known.map((name) => figures[name]).join(', ');
  const faults = measured.faults.join(', ');
  return [
    [{ en: 'amplifier measures', th: 'ค่าที่วัดจากเครื่องขยาย' }, known || '-'],
    ...(faults === '' ? [] : [[{ en: 'amplifier faults', th: 'เครื่องขยายขัดข้อง' }, faults] as BoardRow]),
  ];
}
