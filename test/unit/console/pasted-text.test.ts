import { expect, test } from 'vitest';
import { plainPaste } from '../../../server/console/house/pasted-text.ts';

test.each([
  ['a name of a chat', 'คุณ\u2068สมชาย\u2069 แจ้งว่า', 'คุณสมชาย แจ้งว่า'],
  ['what turns the letters round', 'อพยพ\u202e4301', 'อพยพ4301'],
  ['cells of a table', 'บ้าน\t120 หลัง\r\nน้ำ', 'บ้าน 120 หลัง\nน้ำ'],
  ['line breaks of a word processor', 'หนึ่ง\u2028สอง', 'หนึ่ง\nสอง'],
  ['words that are parted, and emoji', 'น้ำ\u200bท่วม 👨‍👩‍👧', 'น้ำ\u200bท่วม 👨‍👩‍👧'],
])('%s is pasted without what nobody sees', (_what, copied, pasted) => {
  expect(plainPaste(copied)).toBe(pasted);
});
