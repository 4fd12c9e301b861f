import { expect, it } from 'vitest';
import { ServerError } from '../../../server/errors.ts';

it.each([
  ['outside-area', 'อยู่นอกเขตของกุญแจ'],
  ['a reason of a newer program', 'a reason of a newer program'],
])('why no key may sign, %s, is Thai in the Thai sentence where there is a word for it', (why, thai) => {
  expect(new ServerError('signer-refused', { context: { why } }).failure().th).toBe(
    `ไม่มีกุญแจลงนามของเซิร์ฟเวอร์นี้ที่ลงนามเอกสารนี้ได้: ${thai}`,
  );
});
