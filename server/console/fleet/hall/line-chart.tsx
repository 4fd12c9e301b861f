import 'uplot/dist/uPlot.min.css';
import { Group, Text, useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import { timeWords } from '../../time/thai-time.ts';
import { type Language, useLanguage, useWords } from '../../words/language.ts';
import { HALL_WORDS } from './hall-words.ts';
import { extentOf, figure, type HealthChart } from './health-series.ts';

const HEIGHT = 130;
const DAY_SECONDS = 86_400;
const SPARSE = 20;
/** Told apart by their dashes too. */
const STROKES = [
  { color: '--good', dash: [] },
  { color: '--poor', dash: [6, 4] },
  { color: '--bad', dash: [2, 3] },
];

interface Props {
  chart: HealthChart;
  /** Seconds since 1970, one a value. */
  times: readonly number[];
  /** Of the whole chart, also where nothing was measured. */
  span: [from: number, until: number];
}

/** Lines over time, with their last value in words. */
export default function LineChart({ chart, times, span }: Props) {
  const say = useWords(HALL_WORDS);
  const lang = useLanguage();
  const scheme = useComputedColorScheme();
  const place = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read of the page anew when the scheme changes
  useEffect(() => {
    const box = place.current;
    if (box === null) return;
    const plot = new UPlot(optionsOf(chart, span, box.clientWidth, lang), dataOf(chart, times), box);
    const watch = new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height: HEIGHT }));
    watch.observe(box);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, [chart, times, span, lang, scheme]);
  const extents = chart.lines.flatMap((line) => {
    const extent = extentOf(line);
    return extent === undefined ? [] : [{ line, ...extent }];
  });
  const summary = extents.map(({ line, last, least, most }) =>
    say('chart', {
      what: say(line.word),
      unit: chart.unit,
      last: figure(last),
      least: figure(least),
      most: figure(most),
    }),
  );
  return (
    <div>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={500}>
          {say(chart.word)}
        </Text>
        <Text size="sm" className="tabular">
          {extents
            .map(({ line, last }) => `${chart.lines.length > 1 ? `${say(line.word)} ` : ''}${figure(last)}`)
            .join(' · ')}{' '}
          {chart.unit}
        </Text>
      </Group>
      <div
        ref={place}
        role="img"
        aria-label={`${say(chart.word)}: ${summary.join(', ')}`}
        style={{ height: HEIGHT }}
      />
    </div>
  );
}

const dataOf = ({ lines }: HealthChart, times: readonly number[]): UPlot.AlignedData => [
  [...times],
  ...lines.map(({ values }) => values),
];

function optionsOf(
  { lines }: HealthChart,
  [from, until]: Props['span'],
  width: number,
  lang: Language,
): UPlot.Options {
  const page = getComputedStyle(document.documentElement);
  const color = (name: string) => page.getPropertyValue(name);
  const isLong = until - from > DAY_SECONDS;
  // A line needs two points; of few, each is to be seen.
  const isSparse = lines.every(({ values }) => values.length < SPARSE);
  const axis: UPlot.Axis = {
    stroke: color('--mantine-color-dimmed'),
    grid: { stroke: color('--mantine-color-default-border'), width: 1 },
    ticks: { show: false },
    font: `11px ${color('--mantine-font-family')}`,
  };
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    tzDate: (seconds) => UPlot.tzDate(new Date(seconds * 1_000), 'Asia/Bangkok'),
    scales: { x: { range: () => [from, until] } },
    axes: [
      {
        ...axis,
        space: 64,
        values: (_plot, ticks) =>
          ticks.map((tick) => timeWords(tick * 1_000, isLong ? 'shortDay' : 'time', lang)),
      },
      { ...axis, size: 44, values: (_plot, ticks) => ticks.map(figure) },
    ],
    series: [
      {},
      ...lines.map((line, at) => {
        const { color: name = '--good', dash = [] } = STROKES[at] ?? {};
        return {
          label: line.word,
          stroke: color(name),
          dash,
          width: 2,
          points: { show: isSparse, size: 5 },
          spanGaps: false,
        };
      }),
    ],
  };
}
