import { expect, test } from 'vitest';
import {
  afterFailure,
  afterReload,
  IDLE,
  type Sending,
  withoutProof,
} from '../../../server/console/push/sending.ts';
import { Refused, Unreachable } from '../../../server/console/wire/failure.ts';

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

const refused = (code: string) => new Refused({ code, en: '-', th: '-', faults: [] } as never);

test.each([
  ['nobody answered may be stored, and keeps its id', new Unreachable(), { name: 'unanswered', push }],
  ['the database cannot say may be stored, too', refused('database-down'), { name: 'unanswered', push }],
  ['was refused is begun anew', refused('area-of-another'), IDLE],
] as [string, Error, Sending][])('after a failure: what %s', (_what, failed, then) => {
  expect(afterFailure({ ...push, proof: 'q7Zk' } as typeof push, failed)).toEqual(then);
});
