import { expect, it } from 'vitest';
import { openGate } from './gate.ts';

it.each([
  [
    'half a surrogate pair',
    'refuse',
    '{"order":"01JCKZ5V00000000000000000A","reason":"\\ud800"}',
    'reason',
    'not-text',
  ],
  ['a NUL', 'enrol', '{"device":"new-1","village":"43010101","name":"a\\u0000"}', 'name', 'not-text'],
  ['half a pair in a name', 'push', '{"to":["4301"],"\\udfff":1}', '', 'not-text'],
  [
    'a thousand levels',
    'import',
    `{"batch":{"a":${'['.repeat(1_000)}${']'.repeat(1_000)}}}`,
    'batch.a[0][0]',
    'too-deep',
  ],
  ['half a pair in a report', 'import', '{"batch":{"a":["\\ud800"]}}', 'batch.a[0]', 'not-text'],
])('refuses what could not be written down: %s, and says where', async (_what, what, payload, path, code) => {
  const gate = openGate();
  const answer = await gate.ask('admin', what, payload);
  expect(answer).toMatchObject({
    status: 'error',
    error: { code: 'request-invalid', faults: [{ code }] },
  });
  const [fault] = answer.status === 'error' ? answer.error.faults : [];
  expect(fault?.path.startsWith(path)).toBe(true);
  expect(fault?.th).toMatch(/[ก-๙]/);
  expect(gate.logged).toEqual([]);
});
