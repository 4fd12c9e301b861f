import { expect, test } from 'vitest';
import { CheckRounds } from '../../../../device/health/checks/check-rounds.ts';
import { CHECKS, type Seen } from '../../../../device/health/checks/check-table.ts';
import { WARNINGS } from '../../../../device/health/warning-catalogue.ts';
import { Warnings } from '../../../../device/health/warnings.ts';

const MINUTE_MS = 60_000;
const WELL: Seen = {
  machine: {},
  trust: 'server',
  line: { onlineMs: MINUTE_MS, offlineMs: 0, silentMs: 0 },
  reportsWaiting: 0,
  upMs: 0,
};

function rounds() {
  const told: string[] = [];
  const warnings = new Warnings(
    ({ code, raised, detail }) => void told.push(`${raised ? '+' : '-'}${code}${detail ? ` ${detail}` : ''}`),
  );
  const checks = new CheckRounds(warnings);
  return {
    told,
    checks,
    take: (change: Partial<Seen>, times = 2) => {
      for (let time = 0; time < times; time += 1) checks.take({ ...WELL, ...change });
    },
  };
}

test('a machine that tells nothing of itself is warned of by nothing', () => {
  const { told, checks, take } = rounds();
  take({}, 5);
  expect(told).toEqual([]);
  const unknown = checks.explained().filter(({ result }) => result === 'not-known');
  expect(unknown.length).toBeGreaterThan(10);
});

const BAD: [check: string, seen: Partial<Seen>, code: string, figure: string][] = [
  ['processor', { machine: { load1m: 9, cores: 4 } }, 'box-busy', '2.3 load a core'],
  ['memory', { machine: { memoryAvailableBytes: 20 * 1_024 * 1_024 } }, 'memory-low', '20 MiB available'],
  ['temperature', { machine: { temperatureC: 81 } }, 'box-hot', '81 °C'],
  ['supply', { machine: { isUnderVoltage: true } }, 'under-voltage', 'too weak now'],
  ['throttling', { machine: { isSlowed: true } }, 'box-slowed', 'slowed down'],
  ['disk space', { machine: { diskFreeBytes: 100 * 1_024 * 1_024 } }, 'disk-low', '100 MiB free'],
  ['disk files', { machine: { diskFreeFiles: 3 } }, 'disk-low', '3 files free'],
  ['disk writable', { machine: { isReadOnly: true } }, 'card-failing', 'read-only'],
  ['file system', { machine: { fileSystemErrors: 1 } }, 'card-failing', '1 errors'],
  ['disk wear', { machine: { wearPercent: 90 } }, 'card-worn', '90 % of its life'],
  ['write canary', { machine: { canary: { fault: 'EIO' } } }, 'card-failing', 'EIO'],
  ['write time', { machine: { canary: { ms: 9_000 } } }, 'card-slow', '9000 ms'],
  [
    'descriptors',
    { machine: { descriptors: 900, descriptorLimit: 1_000 } },
    'descriptors-low',
    '90 % of the limit',
  ],
  ['signal', { machine: { wifiDbm: -82 } }, 'signal-weak', '-82 dBm'],
  ['clock', { trust: 'floor', upMs: 31 * MINUTE_MS }, 'clock-unknown', 'floor'],
  [
    'line',
    { line: { onlineMs: 0, offlineMs: 90 * MINUTE_MS, silentMs: 0 } },
    'line-gone',
    '1.5 h without a line',
  ],
  [
    'hearing',
    { line: { onlineMs: 40 * MINUTE_MS, offlineMs: 0, silentMs: 30 * MINUTE_MS } },
    'deaf',
    '30 min without a word',
  ],
  ['reports', { reportsWaiting: 30_000 }, 'reports-waiting', '30000 reports waiting'],
];

test.each(BAD)(
  '%s that is bad twice is a warning with its figure, and cleared when it is well for ten minutes',
  (check, seen, code, figure) => {
    const { told, checks, take } = rounds();
    take(seen, 1);
    expect(told).toEqual([]);
    take(seen, 1);
    expect(told).toEqual([`+${code} ${check}: ${figure}`]);
    const explained = checks.explained().find((each) => each.check === check);
    expect(explained).toMatchObject({ result: 'bad', figure, cause: { th: expect.stringMatching(/[ก-๙]/) } });
    take({}, 9);
    expect(told).toHaveLength(1);
    take({}, 1);
    expect(told.at(-1)).toBe(`-${code}`);
  },
);

test('every check of the table is tried here, and names a warning', () => {
  expect(CHECKS.map(({ id }) => id)).toEqual(BAD.map(([check]) => check));
  for (const { warning } of CHECKS) expect(WARNINGS[warning].number).toBeGreaterThan(100);
});

test('what hovers at its limit is one warning, not many', () => {
  const { told, take } = rounds();
  for (let minute = 0; minute < 60; minute += 1) take({ machine: { temperatureC: minute % 2 ? 81 : 78 } }, 2);
  expect(told).toEqual(['+box-hot temperature: 81 °C']);
});

test('two reasons for one warning are told together, and it is cleared when both are gone', () => {
  const { told, take } = rounds();
  take({ machine: { isReadOnly: true, fileSystemErrors: 4 } });
  take({ machine: { fileSystemErrors: 4 } }, 20);
  expect(told).toEqual(['+card-failing disk writable: read-only; file system: 4 errors']);
  take({ machine: {} }, 10);
  expect(told.at(-1)).toBe('-card-failing');
});
