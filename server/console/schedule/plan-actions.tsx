import { ActionIcon, Button, Group } from '@mantine/core';
import { IconArrowBackUp, IconEar, IconPlus, IconUsers } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useWords } from '../words/language.ts';
import { SCHEDULE_WORDS } from './schedule-words.ts';
import { useIsNarrow } from './use-is-narrow.ts';

interface Props {
  canEdit: boolean;
  onAdd: () => void;
  onAddSlot: () => void;
  onExplain: () => void;
  /** Absent = there is nothing to take back. */
  onUndo: (() => void) | undefined;
}

/** What is done at an empty place of the calendar, for who does not point. */
export function PlanActions({ canEdit, onAdd, onAddSlot, onExplain, onUndo }: Props) {
  const say = useWords(SCHEDULE_WORDS);
  return (
    <Group gap="xs">
      {canEdit && (
        <>
          <Button variant="light" leftSection={<IconPlus size={16} aria-hidden />} onClick={onAdd}>
            {say('add')}
          </Button>
          <Act words={say('addSlot')} icon={<IconUsers size={18} aria-hidden />} onClick={onAddSlot} />
        </>
      )}
      <Act words={say('explain')} icon={<IconEar size={18} aria-hidden />} onClick={onExplain} />
      {onUndo && (
        <Act words={say('undo')} icon={<IconArrowBackUp size={18} aria-hidden />} onClick={onUndo} />
      )}
    </Group>
  );
}

/** On a telephone a sign with its name for who hears. */
function Act({ words, icon, onClick }: { words: string; icon: ReactNode; onClick: () => void }) {
  if (useIsNarrow())
    return (
      <ActionIcon variant="default" size={44} aria-label={words} title={words} onClick={onClick}>
        {icon}
      </ActionIcon>
    );
  return (
    <Button variant="default" leftSection={icon} onClick={onClick}>
      {words}
    </Button>
  );
}
