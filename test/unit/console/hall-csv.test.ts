import { expect, it } from 'vitest';
import type { HallRow } from '../../../firmware-protocol/mqtt/hall-requests.ts';
import { FLEET_WORDS, type FleetWord } from '../../../server/console/fleet/fleet-words.ts';
import { csvHead, csvRow } from '../../../server/console/fleet/hall-csv.ts';

const say = (word: FleetWord) => FLEET_WORDS.th[word];
const names = new Map([
  ['43', 'จังหวัดหนองคาย'],
  ['4301', 'อำเภอเมืองหนองคาย'],
]);
const nameOf = (area: string) => names.get(area);
const cellsOf = (row: HallRow) => {
  const cells = csvRow(row, nameOf, say, 'th');
  return Object.fromEntries(csvHead(say).map((head, at) => [head, cells[at]]));
};

it('says of a hall what the screen says, with the places by name or by code', () => {
  expect(
    cellsOf({
      device: 'hall-1',
      village: '43010102',
      name: 'บ้านป่าสัก',
      presence: 'offline',
      seen_at: '2026-11-27T09:00:00.000+07:00',
      trust: 'floor',
      version: '0.1.0',
      outputs: { tower: { works: false } },
      warnings: ['amplifier-failed', 'card-worn'],
    }),
  ).toEqual({
    หอ: 'บ้านป่าสัก',
    รหัสหอ: 'hall-1',
    รหัสหมู่บ้าน: '43010102',
    ตำบล: '430101',
    อำเภอ: 'อำเภอเมืองหนองคาย',
    จังหวัด: 'จังหวัดหนองคาย',
    สถานะ: 'ขาดการติดต่อ',
    ติดต่อล่าสุด: '27 พ.ย. 2569 09.00 น.',
    เสียง: 'ขัดข้อง',
    ป้าย: 'ไม่มี',
    เวลา: 'ไม่แน่นอน',
    คำเตือน: 'amplifier-failed card-worn',
    กำลังออกอากาศ: '',
    รุ่นโปรแกรม: '0.1.0',
  });
});

it('says nothing of what a hall never told', () => {
  const cells = cellsOf({ device: 'hall-2', village: '43010103', name: 'บ้านใหม่', outputs: {}, warnings: [] });
  expect(cells).toMatchObject({ สถานะ: 'ยังไม่เคยติดต่อ', ติดต่อล่าสุด: '', เสียง: '', ป้าย: '', เวลา: '' });
});
