import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { HoldButton } from '../alarm/hold-button.tsx';
import { useProve } from '../door/step-up.tsx';
import { useRight } from '../door/use-session.tsx';
import { FailureNote } from '../house/failure-note.tsx';
import { useOrder } from '../wire/use-wire.tsx';
import { useWords } from '../words/language.ts';
import type { WarningRow } from './warning-row.ts';
import { WARNING_WORDS } from './warning-words.ts';

const WHY_MOST = 300;

/** Yes to the words, places and sender that were read, or no and why. */
export function WarningDecision({ row }: { row: WarningRow }) {
  const say = useWords(WARNING_WORDS);
  const mayApprove = useRight('approve');
  const prove = useProve();
  const decide = useOrder('alert', ['alerts', 'orders']);
  const [asks, { open, close }] = useDisclosure(false);
  const [why, setWhy] = useState('');
  if (!mayApprove) return null;

  const approve = async () => {
    const proven = await prove({ alert: row.alert, decision: 'approve' as const, sha256: row.sha256 });
    if (proven !== undefined) decide.mutate(proven);
  };
  const reject = () =>
    decide.mutate({ alert: row.alert, decision: 'reject', why: why.trim() }, { onSuccess: close });

  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed" maw={640}>
        {say('words')}
      </Text>
      {row.persons > 1 && (
        <Text size="sm">
          {row.first_yes === undefined
            ? say('persons', { count: row.persons })
            : say('first', { by: row.first_yes.by })}
        </Text>
      )}
      <FailureNote error={decide.error} />
      <Group>
        <HoldButton color="red" hint={say('approveHint')} loading={decide.isPending} onHeld={approve}>
          {say('approve')}
        </HoldButton>
        <Button variant="default" h={56} onClick={open}>
          {say('reject')}
        </Button>
      </Group>
      <Modal opened={asks} onClose={close} title={say('reject')}>
        <Stack>
          <Textarea
            data-autofocus
            label={say('why')}
            maxLength={WHY_MOST}
            value={why}
            onChange={(event) => setWhy(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {say('cancel')}
            </Button>
            <Button color="red" disabled={why.trim() === ''} loading={decide.isPending} onClick={reject}>
              {say('reject')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Stack>
  );
}
