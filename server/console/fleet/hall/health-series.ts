import type { AnswerTo } from '../../../../firmware-protocol/mqtt/requests.ts';
import type { HallWord } from './hall-words.ts';

type Point = AnswerTo<'health'>['points'][number];
type Health = Point['health'];

export interface HealthLine {
  word: HallWord;
  /** One a point; null = not measured then. */
  values: (number | null)[];
}

export interface HealthChart {
  id: string;
  word: HallWord;
  unit: string;
  lines: HealthLine[];
}

const MIB = 2 ** 20;
const GIB = 2 ** 30;

interface ChartRow {
  word: HallWord;
  unit: string;
  lines: [word: HallWord, measured: (health: Health) => number | undefined][];
}

const scaled = (value: number | undefined, by: number) => (value === undefined ? undefined : value / by);

/** What is drawn of a hall's measurements, each chart of one unit; those without a value are not drawn. */
const CHARTS: readonly ChartRow[] = [
  {
    word: 'temperature',
    unit: '°C',
    lines: [
      ['box', ({ box }) => box?.temperature_c],
      ['amplifier', ({ amplifier }) => amplifier?.temperature_c],
      ['panel', ({ sign }) => sign?.temperature_c],
    ],
  },
  {
    word: 'memory',
    unit: 'MiB',
    lines: [
      ['available', ({ box }) => scaled(box?.memory_available_bytes, MIB)],
      ['own', ({ rss_bytes }) => scaled(rss_bytes, MIB)],
    ],
  },
  { word: 'disk', unit: 'GiB', lines: [['disk', ({ disk_free_bytes }) => scaled(disk_free_bytes, GIB)]] },
  { word: 'load', unit: '', lines: [['load', ({ load_1m }) => load_1m]] },
  { word: 'mobile', unit: '%', lines: [['mobile', ({ box }) => box?.mobile_percent]] },
  { word: 'wifi', unit: 'dBm', lines: [['wifi', ({ box }) => box?.wifi_dbm]] },
  { word: 'waiting', unit: '', lines: [['waiting', ({ reports_waiting }) => reports_waiting]] },
  { word: 'current', unit: 'mA', lines: [['current', ({ amplifier }) => amplifier?.current_ma]] },
  { word: 'brightness', unit: '', lines: [['brightness', ({ sign }) => sign?.brightness]] },
  { word: 'light', unit: 'lx', lines: [['light', ({ sign }) => sign?.light_lux]] },
  { word: 'write', unit: 'ms', lines: [['write', ({ box }) => box?.write_ms]] },
];

export interface HealthCharts {
  /** Seconds since 1970 by the server's clock, one a value. */
  times: number[];
  /** What was asked for, seconds since 1970. */
  span: [from: number, until: number];
  charts: HealthChart[];
}

/** The charts of a stretch of time. Where nothing was heard for long there is a gap, not a line across it. */
export function healthCharts({ from, until, points, step_ms }: AnswerTo<'health'>): HealthCharts {
  const heard = withGaps(points, step_ms);
  const charts = CHARTS.map(({ word, unit, lines }) => ({
    id: word,
    word,
    unit,
    lines: lines
      .map(([line, measured]) => ({
        word: line,
        values: heard.map(({ health }) => (health === undefined ? null : (measured(health) ?? null))),
      }))
      .filter(({ values }) => values.some((value) => value !== null)),
  })).filter(({ lines }) => lines.length > 0);
  return { times: heard.map(({ at }) => at), span: [secondsOf(from), secondsOf(until)], charts };
}

const secondsOf = (instant: string) => Date.parse(instant) / 1_000;

/** Halls measure each minute; two that are missing are no accident. */
const MINUTE_MS = 60_000;
const MISSING = 3;

function withGaps(points: readonly Point[], stepMs: number): { at: number; health?: Health }[] {
  const longest = (MISSING * Math.max(stepMs, MINUTE_MS)) / 1_000;
  const heard: { at: number; health?: Health }[] = [];
  for (const { heard_at, health } of points) {
    const at = secondsOf(heard_at);
    const last = heard.at(-1)?.at;
    if (last !== undefined && at - last > longest) heard.push({ at: (last + at) / 2 });
    heard.push({ at, health });
  }
  return heard;
}

/** The last, the least and the most of a line. */
export function extentOf({ values }: HealthLine): { last: number; least: number; most: number } | undefined {
  const known = values.filter((value) => value !== null);
  const last = known.at(-1);
  return last === undefined ? undefined : { last, least: Math.min(...known), most: Math.max(...known) };
}

/** As many digits as a person reads. */
export function figure(value: number): string {
  return Math.abs(value) >= 100 || Number.isInteger(value) ? String(Math.round(value)) : value.toFixed(1);
}
