import { expect, it } from 'vitest';
import type { ReportEvent } from '../../../firmware-protocol/content/report.ts';
import { evidenceOf, kindOf, reportWords } from '../../../server/console/fleet/hall/report-sentences.ts';

const about = { play: '01JCKZ5V00000000000000000A' } as const;
const tower = {
  frames: 48_000,
  rate_hz: 48_000,
  peak_cdbfs: -240,
  ms: 65_000,
  amplifier: 'on',
  sink: 'alsa',
} as const;
const ended = (more: object): ReportEvent =>
  ({
    type: 'ended',
    ...about,
    output: 'tower',
    outcome: 'finished',
    ended_at: '2026-11-27T10:00:00.000+07:00',
    ...more,
  }) as ReportEvent;

const EVENTS: [event: ReportEvent, kind: string, th: string, en: string][] = [
  [{ type: 'booted', version: '0.1.0', clean: true }, 'other', 'เปิดเครื่อง รุ่น 0.1.0', 'Started, version 0.1.0'],
  [
    { type: 'booted', version: '0.1.0', clean: false },
    'trouble',
    'เปิดเครื่องหลังไฟดับหรือหยุดกะทันหัน รุ่น 0.1.0',
    'Started after a power cut or a sudden stop, version 0.1.0',
  ],
  [
    { type: 'accepted', ...about, kind: 'announce', outputs: ['tower', 'panel'] },
    'play',
    'รับคำสั่งแล้ว: เสียง และ ป้าย',
    'Took an order: tower and sign',
  ],
  [
    { type: 'refused', reason: 'bad-signature', count: 3 },
    'trouble',
    'ปฏิเสธคำสั่ง 3 ครั้ง: ลายเซ็นไม่ถูกต้อง',
    'Refused an order 3 times: the signature is wrong',
  ],
  [
    { type: 'started', ...about, output: 'tower', band: 60, title: 'น้ำท่วม' },
    'play',
    'เริ่มเสียง: น้ำท่วม',
    'Began, tower: น้ำท่วม',
  ],
  [ended({ tower }), 'play', 'เสียง: จบครบ (เครื่องขยายเสียงทำงาน)', 'tower: finished (the amplifier was on)'],
  [
    ended({ outcome: 'rejected', reason: 'no-sound-device' }),
    'trouble',
    'เสียง: ทำไม่ได้ (ไม่มีการ์ดเสียง)',
    'tower: could not (no sound card)',
  ],
  [
    { type: 'warning', code: 'panel-gone', raised: true },
    'trouble',
    'เตือน: สายไปป้ายขาด หรือป้ายไม่ตอบ',
    'Warning: the line to the sign is gone or the sign is silent',
  ],
  [
    { type: 'warning', code: 'of-a-newer-hall', raised: false },
    'trouble',
    'หายแล้ว: of-a-newer-hall',
    'Over: of-a-newer-hall',
  ],
  [
    { type: 'programme', area: '43', version: 7 },
    'other',
    'ได้รับผังรายการของพื้นที่ 43 รุ่น 7',
    'Has the programme of 43, version 7',
  ],
  [
    { type: 'update', phase: 'returned', version: '0.2.0' },
    'other',
    'โปรแกรมรุ่น 0.2.0 ใช้ไม่ได้ กลับไปใช้รุ่นเดิม',
    'Version 0.2.0 did not work; the one before runs',
  ],
  [
    { type: 'dropped', first: 3, last: 9 },
    'trouble',
    'รายงานลำดับ 3 ถึง 9 สูญหายที่หอ',
    'Reports 3 to 9 were lost at the hall',
  ],
];

it.each(EVENTS)('$type is a sentence in both languages', (event, kind, th, en) => {
  expect(kindOf(event)).toBe(kind);
  expect(reportWords({ event }, 'th')).toBe(th);
  expect(reportWords({ event }, 'en')).toBe(en);
});

it('shows what was measured, and names what was not', () => {
  const heard = { heard: 'yes', likeness_pct: 91 } as const;
  expect(evidenceOf({ event: ended({ tower: { ...tower, heard } }) }, 'th')).toEqual([
    'ส่งเสียงออก 1:05 นาที (alsa)',
    'ดังสุด -2.4 dBFS',
    'ไมโครโฟนได้ยินตรงกัน 91%',
  ]);
  const panel = { pages: 2, crc: '9376b1f5', ms: 16_000 };
  const shown = (more: object) =>
    evidenceOf({ event: ended({ output: 'panel', panel: { ...panel, ...more } }) }, 'th').at(-1);
  expect(shown({})).toBe('ภาพ 9376b1f5 ป้ายอ่านกลับไม่ได้');
  expect(shown({ board_crc: '9376b1f5' })).toBe('ภาพ 9376b1f5 บอร์ดยืนยันตรงกัน');
  expect(shown({ board_crc: '00000000' })).toBe('ภาพ 9376b1f5 บอร์ดแสดงไม่ตรง');
});

it('a play of which it is known that nobody heard it says so', () => {
  expect(reportWords({ event: ended({ tower: { ...tower, amplifier: 'failed' } }) }, 'th')).toBe(
    'เสียง: จบครบ (ไม่มีใครได้ยิน)',
  );
});
