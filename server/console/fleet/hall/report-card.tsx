import { Button, SegmentedControl, Skeleton, Text } from '@mantine/core';
import {
  type Icon,
  IconAlertTriangle,
  IconCircleCheck,
  IconInfoCircle,
  IconPlayerPlay,
} from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Report } from '../../../../firmware-protocol/content/report.ts';
import type { AnswerTo } from '../../../../firmware-protocol/mqtt/requests.ts';
import { FailureNote } from '../../house/failure-note.tsx';
import { timeWords } from '../../time/thai-time.ts';
import { useWire } from '../../wire/use-wire.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { Card } from './card.tsx';
import { HALL_WORDS } from './hall-words.ts';
import { evidenceOf, kindOf, type ReportKind, reportWords } from './report-sentences.ts';

/** Reports asked for at once: the day of a busy hall. */
const PAGE = 100;
const AGAIN_MS = 20_000;
const SHOWN = { all: 'logAll', play: 'logPlays', trouble: 'logTrouble' } as const;
type Shown = keyof typeof SHOWN;

/** What happened in a hall, by its own signed reports, the newest first. */
export function ReportCard({ device }: { device: string }) {
  const say = useWords(HALL_WORDS);
  const { ask } = useWire();
  const [shown, setShown] = useState<Shown>('all');
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['reports', { device, newest_first: true }],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam: before, signal }): Promise<AnswerTo<'reports'>> =>
      ask(
        'reports',
        { device, newest_first: true, limit: PAGE, ...(before !== undefined && { before }) },
        signal,
      ),
    getNextPageParam: ({ reports }) => (reports.length < PAGE ? undefined : reports.at(-1)?.n),
    refetchInterval: AGAIN_MS,
  });
  const reports = data?.pages.flatMap((page) => page.reports) ?? [];
  const listed = reports.filter(({ event }) => shown === 'all' || kindOf(event) === shown);
  return (
    <Card
      title={say('log')}
      aside={
        <SegmentedControl
          size="sm"
          aria-label={say('logKind')}
          value={shown}
          onChange={setShown}
          data={Object.entries(SHOWN).map(([value, word]) => ({ value: value as Shown, label: say(word) }))}
        />
      }
    >
      {data === undefined && error === null && <Skeleton height={200} />}
      <FailureNote error={data === undefined ? error : null} />
      {data !== undefined && listed.length === 0 && (
        <Text c="dimmed">{say(reports.length === 0 ? 'logNone' : 'logNoneOf')}</Text>
      )}
      <ol className="plain-list report-list">
        {listed.map((report) => (
          <ReportLine key={`${report.boot} ${report.n}`} report={report} />
        ))}
      </ol>
      {hasNextPage && (
        <Button variant="default" mt="sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {say('logOlder')}
        </Button>
      )}
    </Card>
  );
}

const SIGNS: Record<ReportKind | 'done', { icon: Icon; color: string }> = {
  play: { icon: IconPlayerPlay, color: 'var(--mantine-color-dimmed)' },
  done: { icon: IconCircleCheck, color: 'var(--good)' },
  trouble: { icon: IconAlertTriangle, color: 'var(--bad)' },
  other: { icon: IconInfoCircle, color: 'var(--mantine-color-dimmed)' },
};

function ReportLine({ report }: { report: Report }) {
  const say = useWords(HALL_WORDS);
  const lang = useLanguage();
  const { event, at } = report;
  const isDone =
    (event.type === 'ended' && event.outcome === 'finished') || (event.type === 'warning' && !event.raised);
  const { icon: Sign, color } = SIGNS[isDone ? 'done' : kindOf(event)];
  const evidence = evidenceOf(report, lang);
  return (
    <li>
      <div className="report-line">
        <Text size="sm" c="dimmed" className="tabular report-at">
          {timeWords(at, 'shortDay', lang)} {timeWords(at, 'clock', lang)}
        </Text>
        <Sign size={16} color={color} aria-hidden style={{ flexShrink: 0, marginTop: 4 }} />
        <div style={{ minWidth: 0 }}>
          <Text size="sm">{reportWords(report, lang)}</Text>
          {evidence.length > 0 && (
            <details className="evidence">
              <summary>{say('evidence')}</summary>
              <ul>
                {evidence.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </details>
          )}
        </div>
      </div>
    </li>
  );
}
