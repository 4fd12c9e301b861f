import { Button, Group, Loader, Paper, Stack, Text, Title } from '@mantine/core';
import {
  type Icon,
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconClock,
} from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import { homeOf } from '../areas/area-address.ts';
import { currentSession } from '../door/session.ts';
import { useSession } from '../door/use-session.tsx';
import { exchange } from '../wire/http.ts';
import type { LiveLine } from '../wire/live.ts';
import { useWire } from '../wire/use-wire.tsx';
import { useWords } from '../words/language.ts';
import { DIAGNOSE_WORDS, type DiagnoseWord } from './diagnose-words.ts';
import { STEPS, type Step, type StepResult, type Verdict, walkSteps } from './line-steps.ts';

/** A page that was just opened is given so long to connect. */
const LINE_MS = 5_000;

function isUpWithin(live: LiveLine, ms: number): Promise<boolean> {
  if (live.state === 'up') return Promise.resolve(true);
  return new Promise((resolve) => {
    const timer = setTimeout(() => end(false), ms);
    const unwatch = live.onState((state) => state === 'up' && end(true));
    function end(isUp: boolean): void {
      clearTimeout(timer);
      unwatch();
      resolve(isUp);
    }
  });
}

const SIGNS: Record<Exclude<Verdict, 'working'>, { icon: Icon; color: string }> = {
  good: { icon: IconCircleCheck, color: 'var(--good)' },
  slow: { icon: IconClock, color: 'var(--poor)' },
  bad: { icon: IconAlertTriangle, color: 'var(--bad)' },
  skipped: { icon: IconCircleDashed, color: 'dimmed' },
};

/** From this computer to the server and back, step by step; the first that is bad is where it is stuck. */
export function StepCard() {
  const say = useWords(DIAGNOSE_WORDS);
  const { live } = useWire();
  const { areas } = useSession();
  const home = homeOf(areas);
  const [results, setResults] = useState<Partial<Record<Step, StepResult>>>({});
  const [busy, setBusy] = useState(false);
  const walk = useCallback(async () => {
    setBusy(true);
    setResults({});
    await walkSteps(
      {
        hasNetwork: () => navigator.onLine,
        askServer: () => exchange<object>('/healthz'),
        askSession: currentSession,
        isLineUp: () => isUpWithin(live, LINE_MS),
        askByLine: () => live.ask('overview', { area: home }),
        now: Date.now,
      },
      (step, result) => setResults((before) => ({ ...before, [step]: result })),
    );
    setBusy(false);
  }, [live, home]);
  useEffect(() => {
    void walk();
  }, [walk]);
  return (
    <Paper component="section" withBorder p="md" aria-label={say('steps')}>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          {say('steps')}
        </Title>
        <Button variant="default" disabled={busy} onClick={() => void walk()}>
          {say('again')}
        </Button>
      </Group>
      <Stack gap="sm" component="ol" className="plain-list" aria-live="polite">
        {STEPS.map((step) => (
          <Line key={step} step={step} result={results[step] ?? { verdict: 'skipped' }} />
        ))}
      </Stack>
    </Paper>
  );
}

const REMEDY: Record<Step, DiagnoseWord> = {
  network: 'networkBad',
  server: 'serverBad',
  session: 'sessionBad',
  clock: 'clockBad',
  line: 'lineBad',
  roundTrip: 'roundTripBad',
};

function Line({ step, result: { verdict, ms, seconds } }: { step: Step; result: StepResult }) {
  const say = useWords(DIAGNOSE_WORDS);
  return (
    <Group component="li" wrap="nowrap" align="flex-start" gap="sm">
      {verdict === 'working' ? <Loader size={18} /> : <Sign verdict={verdict} />}
      <div>
        <Text size="sm">
          {say(step)}{' '}
          <Text span size="sm" c={verdict === 'working' ? 'dimmed' : SIGNS[verdict].color}>
            {say(verdict)}
          </Text>
          {ms !== undefined && (
            <Text span size="sm" c="dimmed" className="tabular">
              {' '}
              {ms} ms
            </Text>
          )}
        </Text>
        {verdict === 'bad' && (
          <Text size="sm" fw={500}>
            {say(REMEDY[step], { seconds: seconds ?? 0 })}
          </Text>
        )}
      </div>
    </Group>
  );
}

function Sign({ verdict }: { verdict: Exclude<Verdict, 'working'> }) {
  const { icon: Shape, color } = SIGNS[verdict];
  return (
    <Text c={color} lh={0} mt={3}>
      <Shape size={18} aria-hidden />
    </Text>
  );
}
