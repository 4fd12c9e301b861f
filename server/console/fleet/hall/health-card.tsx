import { SegmentedControl, Skeleton, Text } from '@mantine/core';
import { lazy, Suspense, useMemo, useState } from 'react';
import { FailureNote } from '../../house/failure-note.tsx';
import { useAnswer } from '../../wire/use-wire.tsx';
import { useWords } from '../../words/language.ts';
import { Card } from './card.tsx';
import { HALL_WORDS } from './hall-words.ts';
import { type HealthCharts, healthCharts } from './health-series.ts';

const LineChart = lazy(() => import('./line-chart.tsx'));

const RANGES = { hours6: 6, day: 24, days3: 72, days14: 336 } as const;
type Range = keyof typeof RANGES;
const HOUR_MS = 3_600_000;
/** A hall measures each minute; more points than a chart has pixels are nothing to see. */
const POINTS = 240;
/** The start of a chart moves in such steps: within one, the same question is not asked twice. */
const STEP_MS = 60_000;

const NOTHING: HealthCharts = { times: [], span: [0, 1], charts: [] };

/** What the box measured of itself, up to the two weeks that the server keeps. */
export function HealthCard({ device, now }: { device: string; now: number }) {
  const say = useWords(HALL_WORDS);
  const [range, setRange] = useState<Range>('day');
  const until = Math.ceil(now / STEP_MS) * STEP_MS;
  const from = new Date(until - RANGES[range] * HOUR_MS).toISOString();
  const { data, error } = useAnswer('health', { device, from, points: POINTS }, { keep: true });
  const { times, span, charts } = useMemo(() => (data === undefined ? NOTHING : healthCharts(data)), [data]);
  return (
    <Card
      title={say('health')}
      aside={
        <SegmentedControl
          size="sm"
          aria-label={say('range')}
          value={range}
          onChange={setRange}
          data={(Object.keys(RANGES) as Range[]).map((value) => ({ value, label: say(value) }))}
        />
      }
    >
      {data === undefined && error === null && <Skeleton height={220} />}
      <FailureNote error={data === undefined ? error : null} />
      {data !== undefined && charts.length === 0 && <Text c="dimmed">{say('healthNone')}</Text>}
      <div className="health-charts">
        {charts.map((chart) => (
          <Suspense key={chart.id} fallback={<Skeleton height={170} />}>
            <LineChart chart={chart} times={times} span={span} />
          </Suspense>
        ))}
      </div>
    </Card>
  );
}
