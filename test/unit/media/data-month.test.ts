import { beforeEach, expect, test, vi } from 'vitest';
import { DataMonth } from '../../../device/media/data-month.ts';
import { DAY, HOUR, MINUTE } from '../../../scripts/virtual-world/world.ts';
import { need } from './needs.ts';

const MB = 1_000_000;
const NOON = Date.parse('2026-11-30T12:00:00+07:00');
let now: number;
let isTimeKnown: boolean;
let facts: Map<string, string>;
const warnings = { raise: vi.fn(), clear: vi.fn() };

beforeEach(() => {
  now = NOON;
  isTimeKnown = true;
  facts = new Map();
  warnings.raise.mockClear();
  warnings.clear.mockClear();
});

async function open(limitBytes: number | undefined): Promise<DataMonth> {
  const month = new DataMonth({
    store: {
      fact: async (name) => facts.get(name),
      commit: async ({ facts: changed = {} }) => {
        for (const [name, value] of Object.entries(changed)) facts.set(name, value);
      },
    },
    clock: { wall: () => now },
    isTimeKnown: () => isTimeKnown,
    ...{ limitBytes, warnings, failed: () => {} },
  });
  await month.load();
  return month;
}

/** Of one MB, needed so long from now. */
function file(in_ms: number, why?: 'alert') {
  return { ...need(MB, 0, why), dueMs: now + in_ms };
}

test('what came is counted over restarts', async () => {
  const first = await open(10 * MB);
  first.arrived(3 * MB);
  first.arrived(1_234);
  first.write();
  const second = await open(10 * MB);
  expect(second.bytes).toBe(3 * MB + 1_234);
  second.arrived(MB);
  expect(facts.get('media-month')).toBe(`2026-11 ${3 * MB + 1_234}`);
});

test("beyond the month's data only what plays within a day is fetched, and alerts; it is told", async () => {
  const month = await open(10 * MB);
  month.arrived(9.5 * MB);
  expect(month.allows(file(2 * DAY))).toBe(false);
  expect(month.allows(file(23 * HOUR))).toBe(true);
  expect(month.allows(file(2 * DAY, 'alert'))).toBe(true);
  expect(warnings.raise).toHaveBeenCalledWith('media-data', '2026-11: 9.5 of 10.0 MB');
});

test('a new month begins at midnight in Thailand', async () => {
  const month = await open(10 * MB);
  month.arrived(9.5 * MB);
  now = Date.parse('2026-11-30T23:59:59+07:00');
  expect(month.allows(file(2 * DAY))).toBe(false);
  now = Date.parse('2026-12-01T00:00:00+07:00');
  expect(month.allows(file(2 * DAY))).toBe(true);
  expect(month.bytes).toBe(0);
  expect(warnings.clear).toHaveBeenCalledWith('media-data');
});

test('a clock that is not known begins no month', async () => {
  const month = await open(10 * MB);
  month.arrived(9.5 * MB);
  isTimeKnown = false;
  now += 40 * DAY;
  expect(month.bytes).toBe(9.5 * MB);
  isTimeKnown = true;
  now = NOON + MINUTE;
  expect(month.bytes).toBe(9.5 * MB);
});

test('without a limit everything may come', async () => {
  const month = await open(undefined);
  month.arrived(1e12);
  expect(month.allows(file(20 * DAY))).toBe(true);
});
