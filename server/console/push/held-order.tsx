import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconHourglass, IconX } from '@tabler/icons-react';
import { useSession } from '../door/use-session.tsx';
import { FailureNote } from '../house/failure-note.tsx';
import { timeWords } from '../time/thai-time.ts';
import { useOrder } from '../wire/use-wire.tsx';
import { useLanguage, useWords } from '../words/language.ts';
import { ORDER_WORDS } from './order-words.ts';
import type { Held } from './use-held.ts';

/** One that nobody has heard yet, or never will; its author may take it back. */
export function HeldOrder({ held }: { held: Held }) {
  const say = useWords(ORDER_WORDS);
  const lang = useLanguage();
  const { user } = useSession();
  const refuse = useOrder('refuse', ['approvals']);
  const { order, state, until, reason, by } = held;
  const waits = state === 'waiting';
  const words = {
    waiting: say('waiting', { time: timeWords(until, 'moment', lang) }),
    approved: say('waiting', { time: timeWords(until, 'moment', lang) }),
    refused: say('refused', { reason: reason ?? '' }),
    expired: say('expired'),
    failed: say('failed', { reason: reason ?? '' }),
  };
  return (
    <Stack>
      <Alert
        color={waits ? 'yellow' : 'red'}
        icon={waits ? <IconHourglass aria-hidden /> : <IconX aria-hidden />}
        role="status"
        title={words[state]}
        styles={{ title: { color: waits ? 'var(--poor)' : 'var(--bad)' } }}
      >
        <Text size="sm">{say('by', { by })}</Text>
      </Alert>
      <FailureNote error={refuse.error} />
      {waits && by === user && (
        <Group>
          <Button
            variant="default"
            loading={refuse.isPending}
            onClick={() => refuse.mutate({ order, reason: say('takenBack') })}
          >
            {say('takeBack')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
