import { expect, test } from 'vitest';
import { clockWords, exactSpanWords, spanWords, timeWords } from '../../../server/console/time/thai-time.ts';

const AT = '2026-11-26T20:40:53Z';
const LATER = '2026-11-26T20:55:10Z';

test('the time of day is written as offices write it, in each language by its own ways', () => {
  expect(timeWords(AT, 'time', 'th')).toBe('03.40 น.');
  expect(timeWords(AT, 'time', 'en')).toBe('03:40');
  expect(timeWords(AT, 'moment', 'th')).toBe('27 พ.ย. 2569 03.40 น.');
  expect(timeWords(AT, 'moment', 'en')).toBe('27 Nov 2026, 03:40');
  expect(timeWords(AT, 'clock', 'th')).toBe('03:40:53');
});

test('from one time to another it is said once what they are', () => {
  expect(spanWords(AT, LATER, 'th')).toBe('03.40–03.55 น.');
  expect(spanWords(AT, LATER, 'en')).toBe('03:40–03:55');
  expect(spanWords(AT, AT, 'th')).toBe('03.40 น.');
});

test('seconds are told where there are some', () => {
  const from = '2026-11-27T06:30:00+07:00';
  expect(exactSpanWords(from, '2026-11-27T06:45:00+07:00', 'th')).toBe('06.30–06.45 น.');
  expect(exactSpanWords(from, '2026-11-27T06:30:25+07:00', 'th')).toBe('06:30:00–06:30:25');
  expect(exactSpanWords(from, from, 'th')).toBe('06.30 น.');
});

test('what a field or the wire holds reads the same', () => {
  expect(clockWords('21:00', 'th')).toBe('21.00');
  expect(clockWords('21:00', 'en')).toBe('21:00');
});
