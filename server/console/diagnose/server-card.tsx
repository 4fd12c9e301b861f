import { Paper, Skeleton, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useSession } from '../door/use-session.tsx';
import { useWords } from '../words/language.ts';
import { DIAGNOSE_WORDS } from './diagnose-words.ts';
import { figuresOf, readMetrics } from './metrics-text.ts';

const AGAIN_MS = 15_000;

async function askMetrics(): Promise<Map<string, number>> {
  const response = await fetch('/metrics', { credentials: 'same-origin' });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return readMetrics(await response.text());
}

/** The server's own figures, as /metrics tells them to any operator. */
export function ServerCard() {
  const say = useWords(DIAGNOSE_WORDS);
  const { version } = useSession();
  const { data, error } = useQuery({
    queryKey: ['/metrics'],
    queryFn: askMetrics,
    refetchInterval: AGAIN_MS,
  });
  return (
    <Paper component="section" withBorder p="md" aria-label={say('serverState')}>
      <Title order={2} size="h5" mb="xs">
        {say('serverState')}
      </Title>
      {data === undefined && error === null && <Skeleton height={200} />}
      {error !== null && <Text c="var(--bad)">{say('serverUnknown')}</Text>}
      <dl className="facts">
        <div>
          <dt>{say('version')}</dt>
          <dd className="tabular">{version}</dd>
        </div>
        {data !== undefined &&
          figuresOf(data).map(({ word, value, bad }) => (
            <div key={word}>
              <dt>{say(word)}</dt>
              <dd className="tabular">
                <Text span size="sm" c={bad ? 'var(--bad)' : 'inherit'}>
                  {bad && <IconAlertTriangle size={14} aria-label={say('look')} />} {value}
                </Text>
              </dd>
            </div>
          ))}
      </dl>
    </Paper>
  );
}
