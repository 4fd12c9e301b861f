import { Button, Modal, Stack, Text } from '@mantine/core';
import { useWords } from '../../words/language.ts';
import type { Plan } from '../plan-edit.ts';
import { SCHEDULE_WORDS } from '../schedule-words.ts';
import type { Dropped } from './dropped.ts';

interface Props {
  dropped: Dropped;
  onChoose: (plan: Plan | undefined) => void;
}

/** Of what repeats: this time alone, or every time. */
export function MoveDialog({ dropped: { entry, once, all }, onChoose }: Props) {
  const say = useWords(SCHEDULE_WORDS);
  return (
    <Modal
      opened
      onClose={() => onChoose(undefined)}
      title={say('howMove', { title: entry.announcement.title })}
    >
      <Stack>
        <Button data-autofocus onClick={() => onChoose(once)}>
          {say('onlyThis')}
        </Button>
        <Button variant="default" disabled={all === undefined} onClick={() => onChoose(all)}>
          {say('allOfThem')}
        </Button>
        {all === undefined && (
          <Text size="sm" c="dimmed">
            {say('cannotAll')}
          </Text>
        )}
        <Button variant="subtle" onClick={() => onChoose(undefined)}>
          {say('cancel')}
        </Button>
      </Stack>
    </Modal>
  );
}
