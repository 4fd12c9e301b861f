import { beforeEach, expect, test } from 'vitest';
import type { Journal } from '../../../device/ports.ts';
import { REFUSAL_LIMITS, Refusals } from '../../../device/reports/refusals.ts';
import type { ReportEvent } from '../../../firmware-protocol/content/report.ts';
import { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';

const MINUTE = REFUSAL_LIMITS.window_ms;
let clock: VirtualClock;
let told: ReportEvent[];
let refusals: Refusals;
let journal: Journal;

beforeEach(() => {
  clock = new VirtualClock(0);
  told = [];
  journal = {
    record: async (events) => {
      told.push(...events);
    },
  };
  refusals = new Refusals({ journal: { record: (events) => journal.record(events) }, clock, log: silentLog });
});

test('a few refusals have a line each', async () => {
  await refusals.refuse('order-1', 'expired', 'by 3 s');
  await refusals.refuse('order-2', 'expired');
  await refusals.refuse(undefined, 'malformed');
  expect(told).toEqual([
    { type: 'refused', what: 'order-1', reason: 'expired', detail: 'by 3 s', count: 1 },
    { type: 'refused', what: 'order-2', reason: 'expired', count: 1 },
    { type: 'refused', reason: 'malformed', count: 1 },
  ]);
});

test('a flood makes one line a minute, and the counts add up (F31)', async () => {
  let refused = 0;
  for (let second = 0; second < 600; second++) {
    for (let each = 0; each < 10; each++) await refusals.refuse(`order-${refused++}`, 'bad-signature');
    await clock.runTo(second * 1_000);
  }
  await refusals.flush();
  expect(told.length).toBeLessThanOrEqual(REFUSAL_LIMITS.own_lines + 11);
  expect(told.reduce((sum, event) => sum + ('count' in event ? event.count : 0), 0)).toBe(refused);
  const lines = told.length;
  await clock.runTo(3_600_000);
  expect(told).toHaveLength(lines);
});

test('after a quiet minute lines are their own again', async () => {
  for (let each = 0; each < 20; each++) await refusals.refuse('x', 'seen');
  await clock.runTo(3 * MINUTE);
  told.length = 0;
  await refusals.refuse('y', 'seen');
  expect(told).toMatchObject([{ what: 'y', count: 1 }]);
});

test('one reason does not hide another, and long words are cut', async () => {
  for (let each = 0; each < 20; each++) await refusals.refuse('x', 'seen');
  await refusals.refuse('z'.repeat(500), 'too-large', 'd'.repeat(5_000));
  expect(told.at(-1)).toMatchObject({ reason: 'too-large', what: 'z'.repeat(96), detail: 'd'.repeat(400) });
});

test('a journal that cannot write stops nobody', async () => {
  journal = { record: () => Promise.reject(new Error('full')) };
  await expect(refusals.refuse('x', 'seen')).resolves.toBeUndefined();
});
