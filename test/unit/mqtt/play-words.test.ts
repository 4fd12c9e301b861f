import { expect, test } from 'vitest';
import { DEVICE_ERRORS } from '../../../device/errors.ts';
import { REASON_WORDS } from '../../../firmware-protocol/mqtt/play-words.ts';

/** None of these can be why a play ended: they are of the box itself, its line, its stick, its updates. */
const NEVER_OF_A_PLAY = new Set([
  ...[
    'config-invalid',
    'folder-held',
    'folder-of-another',
    'enrolment-failed',
    'update-corrupt',
    'stick-unreadable',
  ],
  ...['bus-refused', 'bus-unreachable', 'bus-lost'],
]);
/** Of the arbiter, the restart and the laws, beside the codes of what fails. */
const OWN = [
  ...[
    'stopped',
    'pre-empted',
    'overrun',
    'closed',
    'power-lost',
    'late',
    'expired',
    'withdrawn',
    'queue-full',
  ],
  ...['performer-hung', 'not-understood', 'internal', 'no-tower', 'no-panel', 'quiet-hours', 'minutes-used'],
];

test('whatever ended a play is said in words, in both languages', () => {
  const codes = Object.keys(DEVICE_ERRORS).filter((code) => !NEVER_OF_A_PLAY.has(code));
  expect([...OWN, ...codes].filter((code) => REASON_WORDS[code] === undefined)).toEqual([]);
  for (const { en, th } of Object.values(REASON_WORDS)) {
    expect(en).not.toMatch(/[ก-๙]/);
    expect(th).toMatch(/[ก-๙]/);
  }
});
