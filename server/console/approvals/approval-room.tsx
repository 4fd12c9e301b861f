import { Badge, Card, Group, Skeleton, Stack, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { FailureNote } from '../house/failure-note.tsx';
import { RoomTitle } from '../house/room-title.tsx';
import { lengthWords, timeWords } from '../time/thai-time.ts';
import { useNow } from '../time/use-now.ts';
import { useAgainAfter, useAnswer } from '../wire/use-wire.tsx';
import { useLanguage, useWords } from '../words/language.ts';
import { APPROVAL_WORDS } from './approval-words.ts';
import { Decision } from './decision.tsx';
import type { Held } from './held-content.ts';
import { OrderToApprove } from './order-to-approve.tsx';
import { ProgrammeToApprove } from './programme-to-approve.tsx';

const LOOK_AGAIN_MS = 10_000;

/** What waits for a second person, whole, so that it can be read before it is said yes to. */
export default function ApprovalRoom() {
  const say = useWords(APPROVAL_WORDS);
  const [all, setAll] = useState(false);
  useAgainAfter('approvals', 'approvals');
  const { data, error } = useAnswer('approvals', { all }, { refetchInterval: LOOK_AGAIN_MS });
  return (
    <Stack maw={820}>
      <Group justify="space-between">
        <RoomTitle>{say('heading')}</RoomTitle>
        <Switch label={say('all')} checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />
      </Group>
      <Text c="dimmed">{say('intro')}</Text>
      <FailureNote error={error} />
      {data === undefined && error === null && <Skeleton height={160} />}
      {data?.held.length === 0 && <Text>{say('nothing')}</Text>}
      {data?.held.map((held) => (
        <HeldCard key={held.order} held={held} />
      ))}
      {data?.more && <Text c="dimmed">{say('more')}</Text>}
    </Stack>
  );
}

function HeldCard({ held }: { held: Held }) {
  const say = useWords(APPROVAL_WORDS);
  const lang = useLanguage();
  return (
    <Card withBorder component="article">
      <Stack gap="sm">
        <Group gap="xs">
          {held.needs.map((need) => (
            <Badge
              key={need}
              color={need === 'alert' ? 'red' : 'yellow'}
              variant="filled"
              autoContrast
              tt="none"
            >
              {say(need)}
            </Badge>
          ))}
          <Text size="sm" c="dimmed">
            {say('by', { by: held.by, at: timeWords(held.asked_at, 'moment', lang) })}
          </Text>
          <Standing held={held} />
        </Group>
        {held.why !== undefined && (
          <Text>
            <Text span fw={600}>
              {say('why')}:{' '}
            </Text>
            {held.why}
          </Text>
        )}
        {held.programme === undefined ? (
          <OrderToApprove held={held} />
        ) : (
          <ProgrammeToApprove programme={held.programme} />
        )}
        {held.state === 'waiting' && <Decision held={held} />}
      </Stack>
    </Card>
  );
}

const STATES = {
  waiting: 'stateWaiting',
  approved: 'stateApproved',
  refused: 'stateRefused',
  expired: 'stateExpired',
  failed: 'stateFailed',
} as const;

function Standing({ held }: { held: Held }) {
  const say = useWords(APPROVAL_WORDS);
  const now = useNow('second');
  if (held.state === 'waiting')
    return (
      <Text size="sm" fw={600} style={{ fontVariantNumeric: 'tabular-nums' }}>
        {say('left', { length: lengthWords(Math.max(0, new Date(held.until).getTime() - now)) })}
      </Text>
    );
  const state = say(STATES[held.state]);
  return (
    <Text size="sm" fw={600}>
      {held.decided_by === undefined ? state : say('decided', { state, by: held.decided_by })}
      {held.reason !== undefined && `: ${held.reason}`}
    </Text>
  );
}
