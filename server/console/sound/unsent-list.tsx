import { Button, Group, Stack, Text } from '@mantine/core';
import { IconScissors } from '@tabler/icons-react';
import { eraseRecording, type RecordingRow } from '../media/recordings.ts';
import { timeWords } from '../time/thai-time.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { SOUND_WORDS } from './sound-words.ts';

interface Props {
  unsent: readonly RecordingRow[];
  onResume: (row: RecordingRow) => void;
  onErased: () => void;
}

/** What was recorded before a reload or a crash, and not used. */
export function UnsentList({ unsent, onResume, onErased }: Props) {
  const say = useWords(SOUND_WORDS);
  const lang = useLanguage();
  if (unsent.length === 0) return null;
  return (
    <Stack component="ul" gap="xs" className="sound-list" aria-label={say('unsent')}>
      {unsent.map((row) => {
        const time = timeWords(row.at, 'moment', lang);
        return (
          <Group component="li" key={row.id} gap="xs">
            <Text size="sm">{say('unsentAt', { time })}</Text>
            <Button
              size="compact-md"
              variant="light"
              leftSection={<IconScissors size={16} aria-hidden />}
              onClick={() => onResume(row)}
            >
              {say('unsentResume')}
            </Button>
            <Button
              size="compact-md"
              variant="subtle"
              color="gray"
              onClick={() => void eraseRecording(row.id).then(onErased)}
            >
              {say('unsentErase')}
            </Button>
          </Group>
        );
      })}
    </Stack>
  );
}
