import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import {
  type Icon,
  IconAlertTriangle,
  IconClockPause,
  IconCut,
  IconDeviceTv,
  IconPlayerPlay,
  IconVolume,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { AnswerTo } from '../../../../firmware-protocol/mqtt/requests.ts';
import { FailureNote } from '../../house/failure-note.tsx';
import { spanWords } from '../../time/thai-time.ts';
import { useAnswer } from '../../wire/use-wire.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { Card } from './card.tsx';
import { HALL_WORDS } from './hall-words.ts';

type Line = AnswerTo<'explain'>['plan'][number];

const SHOWN = 8;
const AGAIN_MS = 60_000;
const VERDICTS: Record<Line['verdict'], { icon: Icon; color: string }> = {
  plays: { icon: IconPlayerPlay, color: 'var(--good)' },
  waits: { icon: IconClockPause, color: 'var(--poor)' },
  cut: { icon: IconCut, color: 'var(--poor)' },
  loses: { icon: IconAlertTriangle, color: 'var(--bad)' },
};

/** What will be heard and seen here, what will not, and why: by the rules of the hall itself. */
export function NextCard({ device }: { device: string }) {
  const say = useWords(HALL_WORDS);
  const [all, setAll] = useState(false);
  const { data, error } = useAnswer(
    'explain',
    { who: `device/${device}`, hours: 24 },
    { refetchInterval: AGAIN_MS },
  );
  const plan = data?.plan ?? [];
  return (
    <Card title={say('next')}>
      {data === undefined && error === null && <Skeleton height={120} />}
      <FailureNote error={data === undefined ? error : null} />
      {data !== undefined && plan.length === 0 && <Text c="dimmed">{say('nextNone')}</Text>}
      <Stack gap="xs" component="ol" className="plain-list">
        {plan.slice(0, all ? plan.length : SHOWN).map((line) => (
          <PlanLine key={`${line.play} ${line.output} ${line.starts}`} line={line} />
        ))}
      </Stack>
      {!all && plan.length > SHOWN && (
        <Button variant="subtle" mt="xs" onClick={() => setAll(true)}>
          {say('showAll', { count: plan.length })}
        </Button>
      )}
    </Card>
  );
}

function PlanLine({ line }: { line: Line }) {
  const say = useWords(HALL_WORDS);
  const lang = useLanguage();
  const { icon: Sign, color } = VERDICTS[line.verdict];
  const Where = line.output === 'tower' ? IconVolume : IconDeviceTv;
  return (
    <Group component="li" wrap="nowrap" gap="sm" align="flex-start">
      <Text size="sm" className="tabular" style={{ whiteSpace: 'nowrap' }}>
        {spanWords(line.starts, line.ends, lang)}
      </Text>
      <Where size={18} aria-label={say(line.output)} style={{ flexShrink: 0, marginTop: 2 }} />
      <div style={{ minWidth: 0 }}>
        <Text size="sm">{line.title}</Text>
        <Group gap={6} wrap="nowrap" c={color} align="flex-start">
          <Sign size={14} aria-hidden style={{ flexShrink: 0, marginTop: 3 }} />
          <Text size="xs" inherit>
            {say(line.verdict)}
            {line.verdict !== 'plays' && line.why !== undefined && `: ${line.why[lang]}`}
          </Text>
        </Group>
      </div>
    </Group>
  );
}
