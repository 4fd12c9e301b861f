import type { z } from 'zod';
import { ruleFaultThai } from './rule-wording.ts';

export interface Wording {
  code: string;
  en: string;
  th: string;
}

type Issue = z.core.$ZodIssue;
type Writer<C extends Issue['code']> = (
  issue: Extract<Issue, { code: C }>,
  input: unknown,
) => Wording | undefined;

const TYPES: Record<string, { en: string; th: string }> = {
  string: { en: 'a text', th: 'ข้อความ' },
  number: { en: 'a number', th: 'ตัวเลข' },
  int: { en: 'a whole number', th: 'จำนวนเต็ม' },
  boolean: { en: 'true or false', th: 'ค่า true หรือ false' },
  object: { en: 'an object {…}', th: 'ออบเจกต์ {…}' },
  record: { en: 'an object {…}', th: 'ออบเจกต์ {…}' },
  array: { en: 'a list […]', th: 'รายการ […]' },
  null: { en: 'null', th: 'ค่าว่าง (null)' },
};

const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
};
const nameOf = (type: string) => TYPES[type] ?? { en: type, th: type };

const en = new Intl.NumberFormat('en');
const count = (value: number | bigint): string => en.format(value);

/** A value as it may be shown to the person who typed it: never the whole of a long text. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  // A letter outside the basic plane is two units: 84 of them hold 42 letters of any kind.
  const letters = [...text.slice(0, 84)];
  return letters.length <= 42 && text.length <= 84 ? text : `${letters.slice(0, 40).join('')}…`;
}

function writeType(issue: Extract<Issue, { code: 'invalid_type' }>, input: unknown): Wording {
  if (input === undefined) return { code: 'missing', en: 'this is needed', th: 'ต้องระบุค่านี้' };
  const expected = nameOf(issue.expected);
  // 2.5 where a whole number is asked is a number too: the value says more than its type.
  const whole = issue.expected === 'int' && typeof input === 'number';
  const got = whole ? { en: String(input), th: ` ${input}` } : nameOf(typeOf(input));
  return {
    code: 'wrong-type',
    en: `expected ${expected.en}, got ${got.en}`,
    th: `ต้องเป็น${expected.th} แต่ได้รับ${got.th}`,
  };
}

function writeTooBig(issue: Extract<Issue, { code: 'too_big' }>, input: unknown): Wording {
  const most = count(issue.maximum);
  if (typeof input === 'string') {
    const long = count(input.length);
    return {
      code: 'too-long',
      en: `the text has ${long} characters; at most ${most} are allowed`,
      th: `ข้อความยาว ${long} ตัวอักษร ยาวได้ไม่เกิน ${most} ตัวอักษร`,
    };
  }
  if (Array.isArray(input)) {
    const many = count(input.length);
    return {
      code: 'too-many',
      en: `the list has ${many} items; at most ${most} are allowed`,
      th: `มี ${many} รายการ มีได้ไม่เกิน ${most} รายการ`,
    };
  }
  return {
    code: 'too-big',
    en: `${quoted(input)} is too big; at most ${most}`,
    th: `${quoted(input)} มากเกินไป ต้องไม่เกิน ${most}`,
  };
}

function writeTooSmall(issue: Extract<Issue, { code: 'too_small' }>, input: unknown): Wording {
  const least = count(issue.minimum);
  if (input === '') return { code: 'empty', en: 'the text is empty', th: 'ข้อความว่างเปล่า' };
  if (typeof input === 'string')
    return {
      code: 'too-short',
      en: `the text has ${input.length} characters; at least ${least} are needed`,
      th: `ข้อความยาว ${input.length} ตัวอักษร ต้องยาวอย่างน้อย ${least} ตัวอักษร`,
    };
  if (Array.isArray(input))
    return {
      code: input.length === 0 ? 'empty' : 'too-few',
      en: `the list has ${count(input.length)} items; at least ${least} is needed`,
      th: `มี ${count(input.length)} รายการ ต้องมีอย่างน้อย ${least} รายการ`,
    };
  return {
    code: 'too-small',
    en: `${quoted(input)} is too small; at least ${least}`,
    th: `${quoted(input)} น้อยเกินไป ต้องไม่น้อยกว่า ${least}`,
  };
}

function oneOf(values: readonly unknown[], input: unknown): Wording {
  if (input === undefined) return { code: 'missing', en: 'this is needed', th: 'ต้องระบุค่านี้' };
  const list = values.map((value) => JSON.stringify(value)).join(', ');
  return {
    code: 'not-one-of',
    en: `${quoted(input)} is not one of ${list}`,
    th: `${quoted(input)} ไม่อยู่ในตัวเลือก ${list}`,
  };
}

/** How an address of each kind of the contract begins, by the pattern of its scheme. */
const ADDRESSES: Record<string, string> = {
  '^https?$': 'http:// or https://',
  '^mqtts?$': 'mqtt:// or mqtts://',
  '^postgres(ql)?$': 'postgresql://',
};

function writeAddress(pattern: string | undefined, input: unknown): Wording {
  const begins = ADDRESSES[pattern?.replaceAll('/', '') ?? ''];
  return {
    code: 'bad-address',
    en: `${quoted(input)} is no address${begins === undefined ? '' : ` that begins with ${begins}`}`,
    th: `${quoted(input)} ไม่ใช่ที่อยู่${begins === undefined ? 'ที่ใช้ได้' : `ที่ขึ้นต้นด้วย ${begins.replace(' or ', ' หรือ ')}`}`,
  };
}

function writeFormat(issue: Extract<Issue, { code: 'invalid_format' }>, input: unknown): Wording | undefined {
  if (issue.format === 'url') return writeAddress(issue.pattern, input);
  if (issue.format !== 'datetime') return undefined;
  const example = '2026-11-13T18:30:00+07:00';
  return {
    code: 'bad-time',
    en: `${quoted(input)} is not a time; write it as ${example}`,
    th: `${quoted(input)} ไม่ใช่วันเวลาที่ถูกต้อง ให้เขียนแบบ ${example}`,
  };
}

/** Refinements of the contract whose words hold a part of the input. */
function writeCustom(issue: Extract<Issue, { code: 'custom' }>, input: unknown): Wording | undefined {
  const { part, what } = issue.params ?? {};
  if (typeof part === 'string' && typeof what === 'string')
    return {
      code: 'bad-rule',
      en: `the recurrence rule is wrong: ${part} ${what}`.slice(0, 200),
      th: `กฎการเกิดซ้ำไม่ถูกต้อง: ${part} ${ruleFaultThai(what) ?? what}`.slice(0, 200),
    };
  const [, lamps] = /^.* at most (\d+) lamps( a side)?$/.exec(issue.message) ?? [];
  if (lamps !== undefined)
    return {
      code: 'too-big',
      en: issue.message,
      th: `ป้ายแบบนี้มีได้ไม่เกิน ${lamps} ดวง${/ a side$/.test(issue.message) ? 'ต่อด้าน' : ''}`,
    };
  if (/^entry id .* is used twice$/.test(issue.message))
    return { code: 'used-twice', en: issue.message, th: `รหัสรายการ ${quoted(input)} ซ้ำกัน` };
  return undefined;
}

/** Our own words where zod's are poor; undefined leaves the issue to zod's locales. */
export const WORDING: { [C in Issue['code']]?: Writer<C> } = {
  invalid_type: writeType,
  too_big: writeTooBig,
  too_small: writeTooSmall,
  invalid_format: writeFormat,
  custom: writeCustom,
  invalid_value: (issue, input) => oneOf(issue.values, input),
  invalid_union: (issue, input) =>
    'options' in issue && issue.options !== undefined ? oneOf(issue.options, input) : undefined,
};
