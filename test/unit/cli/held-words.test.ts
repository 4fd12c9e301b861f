import { expect, it } from 'vitest';
import { HeldRow } from '../../../firmware-protocol/mqtt/people-requests.ts';
import { heldWords, standingWords } from '../../../scripts/operator/held-words.ts';

const SOUND = 'a'.repeat(64);
const WAITING = HeldRow.parse({
  order: '01JCKZ5V00000000000000000A',
  by: 'somchai',
  why: 'ระดับน้ำที่สถานีเกินตลิ่ง',
  needs: ['alert', 'wide'],
  sha256: 'c'.repeat(64),
  document: {
    kind: 'alert',
    to: ['43', '41'],
    outputs: ['tower', 'panel'],
    announcement: {
      title: 'น้ำท่วมฉับพลัน',
      tower: { chime: 'alert', parts: [{ type: 'media', sha256: SOUND, bytes: 10, ms: 12_300 }], times: 2 },
      panel: { pages: [{ text: 'น้ำท่วมฉับพลัน\nขึ้นที่สูง', hotline: 'สายด่วน 1784', qr: 'tel:1784' }] },
    },
  },
  lives_s: 900,
  asked_at: '2026-11-13T18:30:00+07:00',
  until: '2026-11-13T19:00:00+07:00',
  state: 'waiting',
});

it('what waits is read as sentences: who, why, where, every word', () => {
  const { th, en } = heldWords(WAITING);
  expect(th.split('\n')).toEqual([
    expect.stringMatching(/^01JCKZ5V00000000000000000A {2}รออนุมัติ ภายใน 13 พ\.ย\. 2569 19\.00 น\.$/),
    expect.stringMatching(/^ {2}ขอโดย somchai เมื่อ 13 พ\.ย\. 2569 18\.30 น\.$/),
    '  ต้องมีผู้อนุมัติคนที่สอง: เป็นการเตือนภัยถึงชีวิต และกว้างกว่าหนึ่งอำเภอ',
    '  เหตุผล: ระดับน้ำที่สถานีเกินตลิ่ง',
    '  ถึง: 43 41',
    '  เริ่มทันที รอหอที่ติดต่อไม่ได้ 15 นาที',
    '  เรื่อง: น้ำท่วมฉับพลัน',
    '  เสียง: เสียงสัญญาณเตือนภัย แล้วพูด 2 รอบ:',
    `    เสียงยาว 12.3 วินาที ${SOUND}`,
    '  ป้าย: 1 หน้า',
    '    น้ำท่วมฉับพลัน',
    '    ขึ้นที่สูง',
    '    สายด่วน 1784',
    '    คิวอาร์โค้ด: tel:1784',
    `  sha256: ${'c'.repeat(64)}`,
  ]);
  expect(en).toContain('waits, until 13 Nov 2026, 19:00\n  asked for by somchai, 13 Nov 2026, 18:30\n');
  expect(`${th}${en}`).not.toMatch(/[{}]/);
});

it('an output that is not asked for is not told', () => {
  const { en } = heldWords({ ...WAITING, document: { ...WAITING.document, outputs: ['panel'] } });
  expect(en).toContain('sign: 1 page');
  expect(en).not.toContain('tower:');
});

it('when an entry of a programme comes is said in words', () => {
  const entry = { id: 'news', title: 'ข่าว', starts: '2026-11-16T06:30:00', band: 40, outputs: [] };
  const programme = {
    area: '43',
    based_on: 3,
    added: [{ ...entry, rule: 'FREQ=WEEKLY;BYDAY=MO,WE' }],
    changed: [],
    removed: [],
  };
  expect(heldWords({ ...WAITING, programme }).th).toContain(
    '+ เพิ่ม  news  ข่าว  [40]  ทุกวันจันทร์และพุธ เวลา 06.30 น.',
  );
});

it('what was decided says by whom, and why not', () => {
  const decided = { ...WAITING, state: 'refused', decided_by: 'malee', reason: 'ผิดหมู่บ้าน' } as const;
  expect(standingWords(decided)).toEqual({
    en: 'refused by malee: ผิดหมู่บ้าน',
    th: 'ไม่อนุมัติ โดย malee: ผิดหมู่บ้าน',
  });
});

it('what could not be sent says why in words, as far as there are any', () => {
  const failed = { ...WAITING, state: 'failed', decided_by: 'malee', reason: 'nobody-there' } as const;
  expect(standingWords(failed)).toEqual({
    en: 'could not be sent; approved by malee: no device is enrolled in 43 41',
    th: 'ส่งไม่ได้ ทั้งที่อนุมัติแล้ว โดย malee: ยังไม่มีหอที่ลงทะเบียนไว้ใน 43 41',
  });
  expect(standingWords({ ...failed, reason: 'signer-refused' }).th).toMatch(/: signer-refused$/);
});

it('a document of a newer server is shown as it came', () => {
  const document = { kind: 'sing', announcement: { song: 'ลำ' } };
  expect(heldWords({ ...WAITING, document }).th).toContain('{"song":"ลำ"}');
});
