import { Button, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { Sure } from '../../house/sure.tsx';
import { useOrder } from '../../wire/use-wire.tsx';
import { useWords } from '../../words/language.ts';
import type { Saved } from './saved-draft.ts';
import { SAVED_WORDS } from './saved-words.ts';

interface Props {
  saved: Saved;
  isUnsaid: boolean;
  /** It was deleted. */
  onGone: () => void;
  /** Absent where nothing had been written before. */
  onGiveBack?: () => void;
}

/** Which one was filled in; the way back, and the way out for what nobody needs any more. */
export function SavedTaken({
  saved: { area, template, title, may_change },
  isUnsaid,
  onGone,
  onGiveBack,
}: Props) {
  const say = useWords(SAVED_WORDS);
  const [asked, { open, close }] = useDisclosure(false);
  const change = useOrder('templates', ['templates', 'library']);
  const remove = () =>
    change.mutate(
      { change: 'remove', area, template },
      {
        onSuccess: () => {
          notifications.show({ message: say('removed', { title }) });
          onGone();
        },
      },
    );
  return (
    <>
      <Group gap="xs">
        <Text size="sm" role="status">
          {say('taken', { title })}
        </Text>
        {onGiveBack && (
          <Button size="compact-sm" variant="subtle" onClick={onGiveBack}>
            {say('giveBack')}
          </Button>
        )}
        {may_change && (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={open}>
            {say('remove')}
          </Button>
        )}
      </Group>
      {isUnsaid && (
        <Text size="sm" c="var(--poor)" role="alert">
          {say('unsaid')}
        </Text>
      )}
      <Modal opened={asked} onClose={close} title={say('remove')}>
        <Sure
          question={say('removeSure', { title })}
          yes={say('remove')}
          no={say('cancel')}
          change={change}
          onYes={remove}
          onNo={close}
        />
      </Modal>
    </>
  );
}
