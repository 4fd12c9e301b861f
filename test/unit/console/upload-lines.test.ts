import { expect, test } from 'vitest';
import { endIn, shareIn } from '../../../server/console/media/upload.ts';
import { Refused, Unreachable } from '../../../server/console/wire/failure.ts';

const MEDIA = {
  sha256: 'a'.repeat(64),
  bytes: 1,
  ms: 2_000,
  title: 'ข่าวเช้า',
  loudness_clufs: -1_600,
};
const FAILURE = { code: 'upload-not-sound', en: 'no sound', th: 'ไม่ใช่เสียง', faults: [] };
const lines = (...values: unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');

test('how far it is, is what the last whole line says', () => {
  expect(shareIn('')).toBeUndefined();
  expect(shareIn(`${lines({ progress: 0.1 }, { progress: 0.42 })}{"progr`)).toBe(0.42);
});

test.each([
  ['prepared sound', lines({ progress: 1 }, { media: MEDIA }), MEDIA],
  ['a prepared picture', lines({ ...MEDIA, width: 1 }), { ...MEDIA, width: 1 }],
])('it ends with %s', (_what, text, end) => {
  expect(endIn(text)).toEqual(end);
});

test.each([
  ['after its first line', lines({ progress: 0.5 }, { error: FAILURE })],
  ['before it', lines(FAILURE)],
])('a refusal %s is told in its words', (_what, text) => {
  const end = endIn(text);
  expect(end).toBeInstanceOf(Refused);
  expect(end).toMatchObject({ failure: FAILURE });
});

test('what was cut is no end', () => {
  expect(endIn(lines({ progress: 0.5 }))).toBeInstanceOf(Unreachable);
  expect(endIn('<html>')).toBeInstanceOf(Unreachable);
});
