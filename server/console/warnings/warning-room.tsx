import { SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { FailureNote } from '../house/failure-note.tsx';
import { RoomTitle } from '../house/room-title.tsx';
import { useAgainAfter, useAnswer } from '../wire/use-wire.tsx';
import { useWords } from '../words/language.ts';
import { WarningCard } from './warning-card.tsx';
import { WARNING_WORDS } from './warning-words.ts';

const LOOK_AGAIN_MS = 10_000;
const OPEN = ['waiting', 'sending', 'live'];

/** The inbox of warnings that other agencies sent by machine. */
export default function WarningRoom() {
  const say = useWords(WARNING_WORDS);
  const [which, setWhich] = useState<'open' | 'every'>('open');
  useAgainAfter('alerts', 'alerts');
  const asked = which === 'open' ? { states: OPEN } : {};
  const { data, error } = useAnswer('alerts', asked, { refetchInterval: LOOK_AGAIN_MS });
  return (
    <Stack maw={860}>
      <RoomTitle>{say('heading')}</RoomTitle>
      <Text c="dimmed">{say('intro')}</Text>
      <SegmentedControl
        aria-label={say('which')}
        value={which}
        onChange={(value) => setWhich(value === 'every' ? 'every' : 'open')}
        data={[
          { value: 'open', label: say('open') },
          { value: 'every', label: say('every') },
        ]}
      />
      <FailureNote error={error} />
      {data === undefined && error === null && <Skeleton height={160} />}
      {data?.alerts.length === 0 && <Text>{say('nothing')}</Text>}
      {data?.alerts.map((row) => (
        <WarningCard key={row.alert} row={row} />
      ))}
    </Stack>
  );
}
