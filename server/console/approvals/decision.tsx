import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { HoldButton } from '../alarm/hold-button.tsx';
import { useProve } from '../door/step-up.tsx';
import { useRight, useSession } from '../door/use-session.tsx';
import { FailureNote } from '../house/failure-note.tsx';
import { useOrder } from '../wire/use-wire.tsx';
import { useWords } from '../words/language.ts';
import { APPROVAL_WORDS } from './approval-words.ts';
import type { Held } from './held-content.ts';

const REASON_MOST = 400;

/** Yes to exactly what was read, or no with a reason; the author may only take it back. */
export function Decision({ held }: { held: Held }) {
  const say = useWords(APPROVAL_WORDS);
  const { user } = useSession();
  const mayApprove = useRight('approve');
  const prove = useProve();
  const approve = useOrder('approve', ['approvals', 'orders']);
  const [asks, { open, close }] = useDisclosure(false);
  const isOwn = held.by === user;

  const sayYes = async () => {
    const proven = await prove({ order: held.order, sha256: held.sha256 });
    if (proven === undefined) return;
    approve.mutate(proven, {
      onSuccess: ({ devices }) => notifications.show({ message: say('approvedNow', { count: devices }) }),
    });
  };

  return (
    <Stack gap="xs">
      <FailureNote error={approve.error} />
      {isOwn && <Text size="sm">{say('own')}</Text>}
      <Group>
        {!isOwn && mayApprove && (
          <HoldButton
            color={held.needs.includes('alert') ? 'red' : 'green'}
            hint={say('approveHint')}
            loading={approve.isPending}
            onHeld={sayYes}
          >
            {say('approve')}
          </HoldButton>
        )}
        {(isOwn || mayApprove) && (
          <Button variant="default" h={56} onClick={open}>
            {say(isOwn ? 'takeBack' : 'refuse')}
          </Button>
        )}
      </Group>
      <RefuseDialog held={held} opened={asks} onClose={close} title={say(isOwn ? 'takeBack' : 'refuse')} />
    </Stack>
  );
}

interface DialogProps {
  held: Held;
  opened: boolean;
  onClose: () => void;
  title: string;
}

function RefuseDialog({ held, opened, onClose, title }: DialogProps) {
  const say = useWords(APPROVAL_WORDS);
  const refuse = useOrder('refuse', ['approvals']);
  const [reason, setReason] = useState('');
  const sayNo = () => refuse.mutate({ order: held.order, reason: reason.trim() }, { onSuccess: onClose });
  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      <Stack>
        <Textarea
          data-autofocus
          label={say('reason')}
          maxLength={REASON_MOST}
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FailureNote error={refuse.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {say('cancel')}
          </Button>
          <Button color="red" disabled={reason.trim() === ''} loading={refuse.isPending} onClick={sayNo}>
            {title}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
