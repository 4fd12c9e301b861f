import { expect, test } from 'vitest';
import { afterReload, IDLE, type Sending, withoutProof } from '../../../server/console/push/sending.ts';

const push = { to: ['4301'], text: 'ก', order: '01JCKZ5V00000000000000000A' };

test.each([
  ['had not gone, it did not go', { name: 'counting', push, until: 5 }, IDLE],
  ['had gone, it may have arrived', { name: 'sending', push }, { name: 'unanswered', push }],
  ['was not known, it is not known', { name: 'unanswered', push }, { name: 'unanswered', push }],
  ['was nothing, it is nothing', IDLE, IDLE],
] as [string, Sending, Sending][])('after a reload: what %s', (_what, kept, then) => {
  expect(afterReload(kept)).toEqual(then);
});

test('what is sent again is the same, but for the proof that was used', () => {
  expect(withoutProof({ ...push, proof: 'q7Zk' })).toEqual(push);
});
