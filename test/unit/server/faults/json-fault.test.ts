import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isServerError } from '../../../../server/errors.ts';
import { jsonFault } from '../../../../server/faults/json-fault.ts';
import { readJson } from '../../../../server/faults/read-json.ts';

describe('broken JSON', () => {
  it.each([
    ['{"to":["4301"],"text":"น้ำท่วม"', 1, 32, 'a comma or the closing bracket', 'the end'],
    ["{'to':1}", 1, 2, 'a key in "…" or }', '"\'to\':1}"'],
    ['{"to":["4301",]}', 1, 15, 'a value', '"]}"'],
    ['{"to" ["4301"]}', 1, 7, 'a colon', '"[\\"4301\\"]}"'],
    [
      '{\n  "to": ["4301"]\n  "text": "x"\n}',
      3,
      3,
      'a comma or the closing bracket',
      '"\\"text\\": \\"x\\""',
    ],
    ['', 1, 1, 'a value', 'the end'],
    ['hello', 1, 1, 'a value', '"hello"'],
    ['{} {}', 1, 4, 'nothing more', '"{}"'],
    ['[1}', 1, 3, 'a comma or the closing bracket', '"}"'],
    ['[01]', 1, 2, 'a value or ]', '"01]"'],
  ])('%s is faulted where it breaks', (text, line, column, expected, found) => {
    expect(jsonFault(text)).toMatchObject({
      path: '',
      code: 'json-broken',
      en: `line ${line}, column ${column}: expected ${expected}, found ${found}`,
      th: expect.stringMatching(`^บรรทัด ${line} ตัวที่ ${column}: ควรเป็น.+ แต่พบ`),
    });
  });

  it('finds a fault at the very character that was broken in', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, seed) => {
        const at = seed % (text.length + 1);
        const broken = `${text.slice(0, at)}\u0001${text.slice(at)}`;
        try {
          JSON.parse(broken);
        } catch {
          expect(jsonFault(broken).code).toBe('json-broken');
        }
      }),
    );
  });

  it('takes no stack for deep nesting', () => {
    expect(jsonFault('['.repeat(256 * 1024)).en).toContain('column 262145: expected a value or ]');
  });

  it('says so when the bytes are not UTF-8', () => {
    const tis620 = Uint8Array.from([0x22, 0xb9, 0xe9, 0xd3, 0x22]);
    expect(() => readJson(tis620)).toThrow(
      expect.objectContaining({
        code: 'json-broken',
        faults: [expect.objectContaining({ code: 'not-utf8' })],
      }),
    );
  });

  it('reads what is JSON, also behind a byte order mark', () => {
    expect(readJson(Buffer.from('\ufeff{"text":"น้ำ"}'))).toEqual({ text: 'น้ำ' });
  });

  it('throws the one error of the server', () => {
    try {
      readJson(Buffer.from('{"to":'));
      expect.unreachable();
    } catch (error) {
      expect(isServerError(error, 'json-broken') && error.failure()).toMatchObject({
        en: 'this is not JSON: line 1, column 7: expected a value, found the end',
        faults: [{ th: 'บรรทัด 1 ตัวที่ 7: ควรเป็นค่า แต่พบจุดสิ้นสุดของข้อมูล' }],
      });
    }
  });
});
