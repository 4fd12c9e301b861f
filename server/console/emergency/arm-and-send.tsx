import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconSend } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { RequestOf } from '../../../firmware-protocol/mqtt/requests.ts';
import { HoldButton } from '../alarm/hold-button.tsx';
import { useProve } from '../door/step-up.tsx';
import { FailureNote } from '../house/failure-note.tsx';
import { useNow } from '../time/use-now.ts';
import { useOrder } from '../wire/use-wire.tsx';
import { useWords } from '../words/language.ts';
import { EMERGENCY_WORDS } from './emergency-words.ts';
import { type Lack, lacksOf, pushOf, type WarningDraft } from './warning-draft.ts';

/** Who armed it and was called away does not leave a loaded button behind. */
const ARMED_MS = 20_000;

const LACK_WORDS = {
  title: 'lackTitle',
  text: 'lackText',
  to: 'lackTo',
  minutes: 'lackMinutes',
  why: 'lackWhy',
} as const satisfies Record<Lack, string>;

/** Held to arm, then sent by a second press, then the password where the server wants it: no single key warns a province. */
export function ArmAndSend({ draft, onSent }: { draft: WarningDraft; onSent: () => void }) {
  const say = useWords(EMERGENCY_WORDS);
  const prove = useProve();
  const push = useOrder('push', ['orders', 'approvals']);
  const [armedUntil, setArmedUntil] = useState<number>();
  const lacks = lacksOf(draft);
  const ready = pushOf(draft);
  // Words that were changed are to be armed again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: any change of the draft
  useEffect(() => setArmedUntil(undefined), [draft]);

  const send = async (warning: RequestOf<'push'>) => {
    setArmedUntil(undefined);
    const proven = await prove(warning);
    if (proven === undefined) return;
    push.mutate(proven, {
      onSuccess: ({ waits }) => {
        notifications.show({ message: say(waits === undefined ? 'sent' : 'sentWaits'), autoClose: 8_000 });
        onSent();
      },
    });
  };

  return (
    <Stack>
      {lacks.length > 0 && (
        <Text c="dimmed" role="status">
          {say('lacking', { what: lacks.map((lack) => say(LACK_WORDS[lack])).join(', ') })}
        </Text>
      )}
      <FailureNote error={push.error} />
      {armedUntil !== undefined && ready !== undefined ? (
        <Armed until={armedUntil} onOver={() => setArmedUntil(undefined)} onSend={() => send(ready)} />
      ) : (
        <HoldButton
          color="red"
          size="lg"
          hint={say('armHint')}
          disabled={ready === undefined}
          loading={push.isPending}
          onHeld={() => setArmedUntil(Date.now() + ARMED_MS)}
        >
          {say('arm')}
        </HoldButton>
      )}
    </Stack>
  );
}

function Armed({ until, onOver, onSend }: { until: number; onOver: () => void; onSend: () => void }) {
  const say = useWords(EMERGENCY_WORDS);
  const seconds = Math.ceil((until - useNow('second')) / 1_000);
  useEffect(() => {
    if (seconds <= 0) onOver();
  }, [seconds, onOver]);
  // A browser that slept, or a page behind others, counts late.
  const send = () => (Date.now() < until ? onSend() : onOver());
  return (
    <Alert color="red" variant="filled" role="alertdialog" aria-label={say('send')}>
      <Stack gap="sm">
        <Text fw={600}>{say('armed', { count: Math.max(0, seconds) })}</Text>
        <Group>
          <Button color="dark" leftSection={<IconSend size={18} aria-hidden />} onClick={send}>
            {say('send')}
          </Button>
          <Button variant="white" color="dark" onClick={onOver} autoFocus>
            {say('disarm')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
