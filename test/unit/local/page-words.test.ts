import { expect, it } from 'vitest';
import { eventTh } from '../../../device/local/page-words.ts';

const play = '01JZ0000000000000000000000';
const titleOf = (asked: string) => (asked === play ? 'ข่าวเช้า' : undefined);
const untitled = () => undefined;
const ended_at = '2026-11-13T09:00:00.000+07:00';

it('says why something was cut or refused in words of the people who live there', () => {
  const cut = {
    type: 'ended',
    play,
    ended_at,
    output: 'tower',
    outcome: 'interrupted',
    reason: 'power-lost',
  } as const;
  expect(eventTh(cut, titleOf)).toBe('เสียง ข่าวเช้า: ถูกตัดกลางคัน (ไฟดับ)');
  const refused = { type: 'refused', what: 'order', reason: 'bad-signature', count: 3 } as const;
  expect(eventTh(refused, untitled)).toBe('ปฏิเสธคำสั่ง 3 ครั้ง (ลายเซ็นไม่ถูกต้อง)');
});

it('leaves a reason of another version as its code', () => {
  const cut = {
    type: 'ended',
    play,
    ended_at,
    output: 'panel',
    outcome: 'cancelled',
    reason: 'of-next-year',
  } as const;
  expect(eventTh(cut, untitled)).toBe('ป้าย: ถูกยกเลิก (of-next-year)');
});

it('says what was refused: an order, a programme, keys', () => {
  const refused = { type: 'refused', reason: 'older', count: 1 } as const;
  const words = (what?: string) => eventTh({ ...refused, ...(what && { what }) }, untitled);
  expect(words('programme/43')).toBe('ปฏิเสธผังรายการ (เก่ากว่าที่หอมีอยู่)');
  expect(words('keys')).toBe('ปฏิเสธชุดกุญแจ (เก่ากว่าที่หอมีอยู่)');
  expect(words(play)).toBe('ปฏิเสธคำสั่ง (เก่ากว่าที่หอมีอยู่)');
  expect(words()).toBe('ปฏิเสธคำสั่ง (เก่ากว่าที่หอมีอยู่)');
});
