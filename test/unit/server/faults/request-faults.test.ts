import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { Fault } from '../../../../firmware-protocol/mqtt/answer.ts';
import { ProgrammeRequest } from '../../../../firmware-protocol/mqtt/programme-requests.ts';
import { PushRequest } from '../../../../firmware-protocol/mqtt/push-request.ts';
import { REQUESTS } from '../../../../firmware-protocol/mqtt/requests.ts';
import { isServerError } from '../../../../server/errors.ts';
import { readDocument } from '../../../../server/faults/read-document.ts';
import { SCHEMA_MESSAGES } from '../../../../server/faults/schema-messages.ts';
import { MAX_FAULTS } from '../../../../server/faults/zod-faults.ts';
import { processorWatch } from '../../processor-time.ts';
import { messages } from './schema-messages.ts';

function faultsIn(schema: z.ZodType, value: unknown): Fault[] {
  try {
    readDocument(schema, value);
  } catch (error) {
    if (isServerError(error, 'request-invalid')) return error.faults;
    throw error;
  }
  return [];
}
const faultsOfPush = (push: unknown) => faultsIn(PushRequest, push);
const said = { to: ['4301'], text: 'น้ำท่วม โปรดระวัง' };

describe('faults of a request', () => {
  it('finds none in a good one', () => {
    expect(faultsOfPush(said)).toEqual([]);
  });

  it('says how long a text was and how long it may be', () => {
    expect(faultsOfPush({ ...said, text: 'น'.repeat(100_000) })).toEqual([
      {
        path: 'text',
        code: 'too-long',
        en: 'the text has 100,000 characters; at most 2,000 are allowed',
        th: 'ข้อความยาว 100,000 ตัวอักษร ยาวได้ไม่เกิน 2,000 ตัวอักษร',
      },
    ]);
  });

  it.each([
    ['no target', { text: 'x' }, 'to', 'missing', 'this is needed', 'ต้องระบุค่านี้'],
    [
      'a text for a list',
      { ...said, to: '4301' },
      'to',
      'wrong-type',
      'expected a list […], got a text',
      'ต้องเป็นรายการ […] แต่ได้รับข้อความ',
    ],
    [
      'a number in the list',
      { ...said, to: [4301] },
      'to[0]',
      'wrong-type',
      'expected a text, got a number',
      'ต้องเป็นข้อความ แต่ได้รับตัวเลข',
    ],
    [
      'nobody',
      { ...said, to: [] },
      'to',
      'empty',
      'the list has 0 items; at least 1 is needed',
      'มี 0 รายการ ต้องมีอย่างน้อย 1 รายการ',
    ],
    [
      'half a repeat',
      { ...said, times: 1.5 },
      'times',
      'wrong-type',
      'expected a whole number, got 1.5',
      'ต้องเป็นจำนวนเต็ม แต่ได้รับ 1.5',
    ],
    [
      'too many repeats',
      { ...said, times: 99 },
      'times',
      'too-big',
      '99 is too big; at most 10',
      '99 มากเกินไป ต้องไม่เกิน 10',
    ],
    ['an empty text', { ...said, text: '' }, 'text', 'empty', 'the text is empty', 'ข้อความว่างเปล่า'],
    [
      'another chime',
      { ...said, chime: 'dong' },
      'chime',
      'not-one-of',
      '"dong" is not one of "ding", "attention", "alert", "none"',
      '"dong" ไม่อยู่ในตัวเลือก "ding", "attention", "alert", "none"',
    ],
    [
      'a time in words',
      { ...said, start_at: 'พรุ่งนี้' },
      'start_at',
      'bad-time',
      '"พรุ่งนี้" is not a time; write it as 2026-11-13T18:30:00+07:00',
      '"พรุ่งนี้" ไม่ใช่วันเวลาที่ถูกต้อง ให้เขียนแบบ 2026-11-13T18:30:00+07:00',
    ],
    [
      'nothing to say',
      { to: ['43'] },
      '',
      'says-nothing',
      'give text, say, media or several; or one announcement',
      'ให้ระบุ text, say, media อย่างใดอย่างหนึ่งหรือหลายอย่าง หรือระบุ announcement เพียงอย่างเดียว',
    ],
    [
      'no document',
      null,
      '',
      'wrong-type',
      'expected an object {…}, got null',
      'ต้องเป็นออบเจกต์ {…} แต่ได้รับค่าว่าง (null)',
    ],
    [
      'a list',
      [],
      '',
      'wrong-type',
      'expected an object {…}, got a list […]',
      'ต้องเป็นออบเจกต์ {…} แต่ได้รับรายการ […]',
    ],
  ])('%s', (_what, push, path, code, en, th) => {
    expect(faultsOfPush(push)).toEqual([{ path, code, en, th }]);
  });

  it('shows which target of many is no area', () => {
    expect(faultsOfPush({ ...said, to: ['43', 'หนองคาย', '430'] })).toEqual([
      expect.objectContaining({
        path: 'to[1]',
        code: 'bad-area',
        en: expect.stringContaining('"หนองคาย": a target is'),
      }),
      expect.objectContaining({
        path: 'to[2]',
        code: 'bad-area',
        th: expect.stringContaining('"430": ปลายทางต้องเป็น'),
      }),
    ]);
  });

  it('names the key that was meant', () => {
    expect(faultsOfPush({ ...said, txet: 'x', chimme: 'ding', xyzzy: 1 })).toEqual([
      {
        path: 'txet',
        code: 'unknown-key',
        en: '"txet" is not known here; did you mean "text"?',
        th: 'ไม่รู้จัก "txet" หมายถึง "text" ใช่หรือไม่',
      },
      expect.objectContaining({ path: 'chimme', en: expect.stringContaining('"chime"?') }),
      expect.objectContaining({ path: 'xyzzy', en: expect.stringContaining('known are: to, title, text,') }),
    ]);
  });

  it('finds a stray key deep inside, which the contract itself would drop', () => {
    const announcement = {
      title: 'ประกาศ',
      panel: { pages: [{ text: 'หนึ่ง' }, { text: 'สอง', second: 5 }] },
      tower: { parts: [{ type: 'pause', ms: 10, msec: 1 }] },
    };
    expect(faultsOfPush({ to: ['43'], announcement }).map(({ path, en }) => [path, en])).toEqual([
      ['announcement.panel.pages[1].second', '"second" is not known here; did you mean "seconds"?'],
      ['announcement.tower.parts[0].msec', '"msec" is not known here; did you mean "ms"?'],
    ]);
  });

  it('names the letter that nobody sees, and where it stands', () => {
    expect(faultsOfPush({ to: ['43'], title: 'น้ำท่วม\u202e!', text: 'หนึ่ง\nสอง\u200e' })).toEqual([
      {
        path: 'title',
        code: 'control-character',
        en: 'character 8 is U+202E: no control characters',
        th: 'อักขระตัวที่ 8 คือ U+202E: ห้ามมีอักขระควบคุม',
      },
      {
        path: 'text',
        code: 'control-character',
        en: 'character 10 is U+200E: no control characters but line breaks',
        th: 'อักขระตัวที่ 10 คือ U+200E: ห้ามมีอักขระควบคุม ยกเว้นการขึ้นบรรทัดใหม่',
      },
    ]);
  });

  it('says where in a long form the text is too long', () => {
    const pages = [{ text: 'x' }, { text: 'x' }, { text: 'ก'.repeat(2_001) }];
    expect(faultsOfPush({ to: ['43'], announcement: { title: 'x', panel: { pages } } })).toEqual([
      expect.objectContaining({ path: 'announcement.panel.pages[2].text', code: 'too-long' }),
    ]);
  });

  it('names the kinds of a part that is of none', () => {
    const tower = { parts: [{ type: 'url', url: 'http://x/' }] };
    expect(faultsOfPush({ to: ['43'], announcement: { title: 'x', tower } })).toContainEqual(
      expect.objectContaining({
        path: 'announcement.tower.parts[0].type',
        en: '"url" is not one of "media", "pause"',
      }),
    );
  });

  it('asks for a local time where a programme wants one', () => {
    const entries = [
      { id: 'a', starts: '2026-11-13T18:30:00Z', band: 40, announcement: { title: 'x', tower: {} } },
    ];
    expect(faultsIn(ProgrammeRequest, { area: '43', entries })).toEqual([
      expect.objectContaining({
        path: 'entries[0].starts',
        en: '"2026-11-13T18:30:00Z": a local time is "2026-11-13T18:30:00", without an offset',
      }),
    ]);
  });

  const entry = { starts: '2026-11-13T18:30:00', band: 40, announcement: { title: 'x', tower: {} } };

  it.each([
    'FREQ=DAYLY',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=DAILY;BYHOUR=25',
    'FREQ=MONTHLY;BYMONTHDAY=32',
    'FREQ=WEEKLY;BYDAY=XX',
    'FREQ=DAILY;UNTIL=soon',
    'FREQ=DAILY;WHEN=1',
    'FREQ=DAILY;FREQ=DAILY',
    'FREQ=',
    'COUNT=1',
    'FREQ=DAILY;COUNT=1;UNTIL=20270101',
    'FREQ=DAILY;BYDAY=2MO',
    'FREQ=WEEKLY;BYMONTHDAY=1',
    'FREQ=DAILY;BYSETPOS=1',
    'FREQ=MINUTELY;BYSECOND=1,2',
    'FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=1',
  ])('says in both languages what is wrong with the rule %s', (rule) => {
    const [fault, ...more] = faultsIn(ProgrammeRequest, {
      area: '43',
      entries: [{ ...entry, id: 'a', rule }],
    });
    expect(more).toEqual([]);
    expect(fault).toMatchObject({ path: 'entries[0].rule', code: 'bad-rule' });
    expect(fault?.th).toMatch(/^กฎการเกิดซ้ำไม่ถูกต้อง: [A-Z]* .*[ก-๙]/);
  });

  it('is short, however much is wrong, and never shows the whole of what was sent', () => {
    const faults = faultsOfPush({ ...said, to: Array.from({ length: 256 }, () => 'x'.repeat(1_000)) });
    expect(faults).toHaveLength(MAX_FAULTS);
    expect(JSON.stringify(faults).length).toBeLessThan(12_000);
  });

  it.each([
    [
      'stray keys',
      PushRequest,
      Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`txet${n}`, 1])),
    ],
    [
      'wrong times',
      ProgrammeRequest,
      {
        area: '43',
        entries: Array.from({ length: 500 }, (_, n) => ({
          ...entry,
          id: `e${n}`,
          except: Array(200).fill(1),
        })),
      },
    ],
  ])('%s by the hundred thousand keep nobody waiting', (_what, schema, document) => {
    const tookMs = processorWatch();
    expect(faultsIn(schema, document)).toHaveLength(MAX_FAULTS);
    expect(tookMs()).toBeLessThan(1_500);
  });

  it.each(['__proto__', 'constructor', 'toString'])('a key %s is a stray key like any other', (key) => {
    const push = JSON.parse(`{"to":["43"],"text":"x","${key}":{"a":1}}`);
    expect(faultsOfPush(push)).toEqual([expect.objectContaining({ path: key, code: 'unknown-key' })]);
  });
});

describe('the words of the contract', () => {
  it.each(Object.entries(REQUESTS))('of a %s all have a Thai side', (_name, row) => {
    expect(messages(row.request).filter((message) => SCHEMA_MESSAGES[message] === undefined)).toEqual([]);
  });

  it('are found at all', () => {
    expect(messages(PushRequest)).toContain('a target is an area code, "device/<id>" or "group/<id>"');
  });

  it('every Thai side is Thai', () => {
    for (const { th } of Object.values(SCHEMA_MESSAGES)) expect(th).toMatch(/[ก-๙]/);
  });
});
