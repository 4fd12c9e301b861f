import { expect, it } from 'vitest';
import type { Health } from '../../../firmware-protocol/mqtt/messages.ts';
import { extentOf, figure, healthCharts } from '../../../server/console/fleet/hall/health-series.ts';

const BEGIN = Date.parse('2026-11-27T09:00:00.000+07:00');
const at = (minute: number) => new Date(BEGIN + minute * 60_000).toISOString();
const health = (more: Partial<Health> = {}): Health => ({
  at: at(0),
  uptime_s: 1,
  rss_bytes: 64 * 2 ** 20,
  reports_waiting: 0,
  ...more,
});
const chartsOf = (points: [minute: number, health: Health][]) =>
  healthCharts({
    device: 'hall-1',
    from: at(0),
    until: at(60),
    step_ms: 60_000,
    points: points.map(([minute, measured]) => ({ heard_at: at(minute), health: measured })),
  });

it('draws what a hall measures, each unit by itself, and nothing that it does not', () => {
  const { charts, span } = chartsOf([
    [0, health({ box: { temperature_c: 51.5 }, amplifier: { on: true, on_s: 1, temperature_c: 38 } })],
    [1, health({ box: { temperature_c: 52 } })],
  ]);
  expect(span).toEqual([BEGIN / 1_000, BEGIN / 1_000 + 3_600]);
  expect(charts.map(({ id }) => id)).toEqual(['temperature', 'memory', 'waiting']);
  expect(charts[0]?.lines).toEqual([
    { word: 'box', values: [51.5, 52] },
    { word: 'amplifier', values: [38, null] },
  ]);
  expect(charts[1]?.lines).toEqual([{ word: 'own', values: [64, 64] }]);
});

it('leaves a gap where nothing was heard, and none for one lost message', () => {
  const { times, charts } = chartsOf([
    [0, health()],
    [2, health()],
    [30, health()],
  ]);
  expect(times.map((time) => (time - BEGIN / 1_000) / 60)).toEqual([0, 2, 16, 30]);
  expect(charts.find(({ id }) => id === 'waiting')?.lines[0]?.values).toEqual([0, 0, null, 0]);
});

it('knows the last, the least and the most of what was measured', () => {
  expect(extentOf({ word: 'box', values: [null, 50, 40.25, 45, null] })).toEqual({
    last: 45,
    least: 40.25,
    most: 50,
  });
  expect(extentOf({ word: 'box', values: [null] })).toBeUndefined();
  expect([0.05, 3, 45.25, 20_504.4].map(figure)).toEqual(['0.1', '3', '45.3', '20504']);
});
