import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import type { AnswerTo } from '../../../firmware-protocol/mqtt/requests.ts';
import { useSession } from '../door/use-session.tsx';
import { FailureNote } from '../house/failure-note.tsx';
import { lengthWords, timeWords } from '../time/thai-time.ts';
import { useNow } from '../time/use-now.ts';
import { useAgainAfter, useAnswer, useOrder } from '../wire/use-wire.tsx';
import { useLanguage, useWords } from '../words/language.ts';
import { EMERGENCY_WORDS } from './emergency-words.ts';

type Held = AnswerTo<'approvals'>['held'][number];

const LOOK_AGAIN_MS = 5_000;

/** Warnings that a second person has not confirmed yet, with the time that is left. */
export function WaitingWarnings() {
  const say = useWords(EMERGENCY_WORDS);
  useAgainAfter('approvals', 'approvals');
  const { data } = useAnswer('approvals', {}, { refetchInterval: LOOK_AGAIN_MS });
  const waiting = (data?.held ?? []).filter(({ needs }) => needs.includes('alert'));
  if (waiting.length === 0) return null;
  return (
    <Stack gap="xs">
      <Title order={2} size="h3">
        {say('waiting')}
      </Title>
      {waiting.map((held) => (
        <Waiting key={held.order} held={held} />
      ))}
    </Stack>
  );
}

function Waiting({ held }: { held: Held }) {
  const say = useWords(EMERGENCY_WORDS);
  const lang = useLanguage();
  const { user } = useSession();
  const refuse = useOrder('refuse', ['approvals']);
  const left = Math.max(0, new Date(held.until).getTime() - useNow('second'));
  return (
    <Card withBorder component="article">
      <Stack gap={4}>
        <Text fw={600}>{titleIn(held)}</Text>
        <Text size="sm">{held.why}</Text>
        <Text size="sm" c="dimmed">
          {say('waitsBy', { by: held.by })} ·{' '}
          {say('waitsUntil', { time: timeWords(held.until, 'time', lang), length: lengthWords(left) })}
        </Text>
        <FailureNote error={refuse.error} />
        {held.by === user && (
          <Group>
            <Button
              variant="default"
              size="xs"
              loading={refuse.isPending}
              onClick={() => refuse.mutate({ order: held.order, reason: say('taken') })}
            >
              {say('takeBack')}
            </Button>
          </Group>
        )}
      </Stack>
    </Card>
  );
}

function titleIn({ document }: Held): string {
  const { announcement } = document;
  if (typeof announcement !== 'object' || announcement === null || !('title' in announcement)) return '';
  return String(announcement.title);
}
