import { expect, test } from 'vitest';
import type { HallSeen, PartsSeen, Seen } from '../../../../device/health/checks/check.ts';
import { CheckRounds } from '../../../../device/health/checks/check-rounds.ts';
import { CHECKS } from '../../../../device/health/checks/check-table.ts';
import { Warnings } from '../../../../device/health/warnings.ts';
import {
  WARNINGS,
  type WarningCode,
} from '../../../../firmware-protocol/content/warnings/warning-catalogue.ts';

const MINUTE_MS = 60_000;
const HALL: HallSeen = {
  trust: 'server',
  line: { onlineMs: MINUTE_MS, offlineMs: 0, silentMs: 0 },
  reportsWaiting: 0,
  upMs: 0,
};
const WELL: Seen = { machine: {}, hall: HALL };
const hall = (change: Partial<HallSeen>): Partial<Seen> => ({ hall: { ...HALL, ...change } });
const line = (change: Partial<HallSeen['line']>) => hall({ line: { ...HALL.line, ...change } });

function rounds() {
  const told: string[] = [];
  const warnings = new Warnings(
    ({ code, raised, detail }) => void told.push(`${raised ? '+' : '-'}${code}${detail ? ` ${detail}` : ''}`),
  );
  const checks = new CheckRounds(warnings);
  return {
    told,
    checks,
    warnings,
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
  [
    ...(['supply before', { machine: { wasUnderVoltage: true } }] as const),
    ...(['under-voltage-before', 'was too weak since the start'] as const),
  ],
  ['throttling', { machine: { isSlowed: true } }, 'box-slowed', 'slowed down'],
  ['disk space', { machine: { diskFreeBytes: 100 * 1_024 * 1_024 } }, 'disk-low', '0.1 GiB free'],
  ['disk files', { machine: { diskFreeFiles: 3 } }, 'disk-low', '3 files free'],
  ['disk full', { machine: { canary: { fault: 'ENOSPC' } } }, 'disk-low', 'ENOSPC'],
  ['disk writable', { machine: { isReadOnly: true } }, 'card-read-only', 'read-only'],
  ['write canary', { machine: { canary: { fault: 'EIO' } } }, 'card-failing', 'EIO'],
  ['disk owner', { machine: { canary: { fault: 'EACCES' } } }, 'files-of-another', 'EACCES'],
  [
    ...(['disk strays', { machine: { strays: { count: 2, first: 'store/hall.db' } } }] as const),
    ...(['files-of-another', '2 files: store/hall.db'] as const),
  ],
  ['write time', { machine: { canary: { ms: 9_000 } } }, 'card-slow', '9000 ms'],
  ['file system', { machine: { fileSystemErrors: 1 } }, 'card-failing', '1 errors'],
  ['disk wear', { machine: { wearPercent: 90 } }, 'card-worn', '90 % of its life'],
  ['disk spares', { machine: { sparesUsedPercent: 80 } }, 'card-worn', '80 % of its spare blocks'],
  ['disk written', { machine: { writtenTimes: 412 } }, 'card-worn', '412 times its size written'],
  ['signal', { machine: { wifiDbm: -82 } }, 'signal-weak', '-82 dBm'],
  [
    ...([
      'mobile signal',
      { machine: { mobile: { percent: 12, technology: 'lte', state: 'connected' } } },
    ] as const),
    ...(['mobile-weak', '12 %, lte, connected'] as const),
  ],
  ['clock', hall({ trust: 'floor', upMs: 31 * MINUTE_MS }), 'clock-unknown', 'floor'],
  ['line', line({ onlineMs: 0, offlineMs: 90 * MINUTE_MS }), 'line-gone', '1.5 h without a line'],
  [
    ...(['hearing', line({ onlineMs: 40 * MINUTE_MS, silentMs: 30 * MINUTE_MS })] as const),
    ...(['deaf', '30 min without a word'] as const),
  ],
  ['round trip', line({ tripMs: 4_200 }), 'line-slow', '4200 ms'],
  ['reports', hall({ reportsWaiting: 30_000 }), 'reports-waiting', '30000 reports waiting'],
  ['oldest report', hall({ oldestReportMs: 30 * 60 * MINUTE_MS }), 'reports-waiting', '30 h old'],
  [
    ...(['descriptors', { machine: { descriptors: 900, descriptorLimit: 1_000 } }] as const),
    ...(['descriptors-low', '90 % of the files that may be open'] as const),
  ],
  ['own memory', hall({ grownBytes: 90 * 1_024 * 1_024 }), 'memory-grows', '90 MiB grown'],
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

test('every check that raises a warning is tried here, and says its figure and limit in Thai as well', () => {
  expect(CHECKS.filter(({ isOwners }) => !isOwners).map(({ id }) => id)).toEqual(BAD.map(([check]) => check));
  for (const [, seen] of BAD)
    for (const { look } of CHECKS) {
      const found = look({ ...WELL, ...seen }, false);
      if (found !== undefined && /[a-z]{4}/.test(found.limit.en)) expect(found.limit.th).toMatch(/[ก-๙]/);
    }
});

const PARTS: PartsSeen = {
  tower: { works: true },
  panel: { works: true },
  sign: { temperature_c: 41, supply_v: 5.1 },
  amplifier: { on: false, on_s: 0, current_ma: 20 },
  inputs: [
    { name: 'relay', there: true, open: false, peak_cdbfs: -4_210 },
    { name: 'microphone', there: false, open: false },
  ],
  media: { weekFiles: 14, weekBytes: 9_000_000, weekMissing: 2, firstMissingMs: 1_795_651_200_000 },
};
const OWNED: [check: string, figure: string, code: WarningCode, detail: string][] = [
  ['sound card', 'works', 'player-failed', 'aplay ended'],
  ['amplifier', 'off, 0.02 A', 'amplifier-stuck', 'told off, 800 mA'],
  ['sign', 'works, 41 °C, 5.1 V', 'panel-modules', 'modules 3, 4'],
  ['receiver', '-42.1 dBFS', 'relay-stuck', 'on for 1800 s'],
  ['microphone', 'not there', 'microphone-gone', 'no-sound-device'],
  ['media', '2 of 14 files missing, first due', 'media-unreachable', '2 files'],
];

test.each(OWNED)(
  '%s is explained by what it measured, and by what its owner warns of',
  (check, figure, code, detail) => {
    const { told, checks, take, warnings } = rounds();
    const explained = () => checks.explained().find((each) => each.check === check);
    take({ parts: PARTS });
    expect(explained()).toMatchObject({ result: 'ok', figure: expect.stringContaining(figure) });
    warnings.raise(code, detail);
    take({ parts: PARTS }, 20);
    expect(told).toEqual([`+${code} ${detail}`]);
    expect(explained()).toMatchObject({
      ...{ result: 'bad', warning: WARNINGS[code].number, remedy: { th: WARNINGS[code].th.remedy } },
      ...{
        figure: expect.stringContaining(detail),
        figure_th: expect.stringContaining(WARNINGS[code].th.says),
      },
    });
  },
);

test('every part of the table is tried here; a hall that has none of it is not told of it', () => {
  const parts = CHECKS.filter(({ isOwners }) => isOwners).map(({ id }) => id);
  expect(parts).toEqual(OWNED.map(([check]) => check));
  const { checks, take } = rounds();
  take({ parts: {} });
  expect(checks.explained().filter(({ check }) => parts.includes(check))).toEqual([]);
});

test('a full card is not one that fails, nor is one that was made read-only', () => {
  for (const [fault, code] of [
    ['ENOSPC', 'disk-low'],
    ['EROFS', 'card-read-only'],
  ]) {
    const { told, take } = rounds();
    take({ machine: { canary: { fault: fault ?? '' } } });
    expect(told.map((each) => each.split(' ')[0])).toEqual([`+${code}`]);
  }
});

test('a look of this moment goes by what stands, and counts as no round', () => {
  const { told, checks, take } = rounds();
  take({ machine: { temperatureC: 81 } });
  for (let look = 0; look < 20; look += 1) checks.explained({ ...WELL, machine: { temperatureC: 40 } });
  take({ machine: { temperatureC: 78 } }, 1);
  expect(checks.explained().find(({ check }) => check === 'temperature')).toMatchObject({
    ...{ result: 'bad', figure: '78 °C', limit: '≤ 75 °C' },
  });
  expect(told).toHaveLength(1);
});

test('what hovers at its limit is one warning, not many', () => {
  const { told, take } = rounds();
  for (let minute = 0; minute < 60; minute += 1) take({ machine: { temperatureC: minute % 2 ? 81 : 78 } }, 2);
  expect(told).toEqual(['+box-hot temperature: 81 °C']);
});

test('reports that wait on a line that is up are not receipted: that is told sooner', () => {
  const late = { oldestReportMs: 3 * 60 * MINUTE_MS };
  const { told, take } = rounds();
  take(hall({ ...late, line: { onlineMs: 0, offlineMs: 20 * MINUTE_MS, silentMs: 0 } }));
  expect(told).toEqual([]);
  take(hall({ ...late, line: { onlineMs: 150 * MINUTE_MS, offlineMs: 0, silentMs: 0 } }));
  expect(told).toEqual(['+reports-waiting oldest report: 3 h old']);
});

test('two reasons for one warning are told together, and it is cleared when both are gone', () => {
  const { told, take } = rounds();
  take({ machine: { canary: { fault: 'EIO' }, fileSystemErrors: 4 } });
  take({ machine: { fileSystemErrors: 4 } }, 20);
  expect(told).toEqual(['+card-failing write canary: EIO; file system: 4 errors']);
  take({ machine: {} }, 10);
  expect(told.at(-1)).toBe('-card-failing');
});
