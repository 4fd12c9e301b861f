import type { Words } from '../cli/words.ts';
import type { ShownPattern } from './test-sign.ts';

/** One look at the sign. A sweep lights each column, or row, in turn. */
export interface LampTestStep {
  pattern: ShownPattern;
  sweep?: 'width' | 'height';
  lookFor: Words;
}

/** Colours first, which find what is dead; then what is stuck; then lines, which find wires joined or crossed. */
export const LAMP_TEST_STEPS: readonly LampTestStep[] = [
  {
    pattern: 'red',
    lookFor: {
      en: 'all red: look for dark lamps, dark modules, another colour',
      th: 'แดงทั้งป้าย: มองหาดวงที่ดับ โมดูลที่ดับ หรือสีอื่น',
    },
  },
  {
    pattern: 'green',
    lookFor: { en: 'all green: the same', th: 'เขียวทั้งป้าย: มองหาเช่นเดียวกัน' },
  },
  { pattern: 'blue', lookFor: { en: 'all blue: the same', th: 'น้ำเงินทั้งป้าย: มองหาเช่นเดียวกัน' } },
  {
    pattern: 'white',
    lookFor: {
      en: 'all white: look for modules that are dimmer or tinted, and for flicker (a weak supply)',
      th: 'ขาวทั้งป้าย: มองหาโมดูลที่หรี่กว่า สีเพี้ยน หรือกะพริบ (ไฟเลี้ยงอ่อน)',
    },
  },
  {
    pattern: 'dark',
    lookFor: { en: 'all dark: look for lamps that stay lit', th: 'ดับทั้งป้าย: มองหาดวงที่ยังติดค้าง' },
  },
  {
    pattern: 'checker',
    lookFor: {
      en: 'every second lamp: look for neighbours that light together',
      th: 'ติดเว้นดวง: มองหาดวงติดกันที่ติดพร้อมกัน',
    },
  },
  {
    pattern: 'checker-inverse',
    lookFor: { en: 'the other lamps: the same', th: 'สลับดวง: มองหาเช่นเดียวกัน' },
  },
  {
    pattern: 'column',
    sweep: 'width',
    lookFor: {
      en: 'one column runs from left to right: look for jumps, gaps, two columns at once',
      th: 'คอลัมน์เดียววิ่งจากซ้ายไปขวา: มองหาการกระโดด ช่องว่าง หรือติดสองคอลัมน์พร้อมกัน',
    },
  },
  {
    pattern: 'row',
    sweep: 'height',
    lookFor: {
      en: 'one row runs from top to bottom: the same',
      th: 'แถวเดียววิ่งจากบนลงล่าง: มองหาเช่นเดียวกัน',
    },
  },
];
