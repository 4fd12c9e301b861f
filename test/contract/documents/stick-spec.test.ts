import { expect, it } from 'vitest';
import { STICK, STICK_REFUSALS } from '../../../firmware-protocol/stick/layout.ts';
import { readMarkdown } from './markdown.ts';

const spec = readMarkdown('stick/SPEC.md');

it('stick/SPEC.md says what the table says', () => {
  expect(spec.table('file')).toEqual(
    Object.values(STICK).map(({ path, from, maxBytes, says }) => [path, from, String(maxBytes), says]),
  );
});

it('each refusal', () => {
  const [, refusals = ''] = spec.text.split('## 3. Refusals');
  for (const reason of STICK_REFUSALS) expect(refusals).toContain(`\`${reason}\``);
});

it.each([
  ['programmes', '4301.json', true],
  ['programmes', 'th.json', true],
  ['programmes', '430.json', false],
  ['programmes', '../4301.json', false],
  ['orders', '01JCKZ5V00000000000000000A.json', true],
  ['media', 'ab'.repeat(32), true],
  ['media', 'ab'.repeat(32).toUpperCase(), false],
] as const)('%s/%s is one of ours: %s', (kind, name, expected) => {
  expect(STICK[kind].name.test(name)).toBe(expected);
});
