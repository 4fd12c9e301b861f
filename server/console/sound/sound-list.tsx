import { ActionIcon, Group, Stack, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import { lengthWords } from '../time/thai-time.ts';
import { useWords } from '../words/language.ts';
import { CannotListen } from './cannot-listen.tsx';
import { ListenButton } from './listen-button.tsx';
import { moved, type Sound } from './sound.ts';
import { SOUND_WORDS } from './sound-words.ts';
import { useListening } from './use-listening.ts';

/** What the tower will play, in order: heard here as there. */
export function SoundList({
  sounds,
  onChange,
}: {
  sounds: readonly Sound[];
  onChange: (sounds: Sound[]) => void;
}) {
  const say = useWords(SOUND_WORDS);
  const listening = useListening();
  if (sounds.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {say('none')}
      </Text>
    );
  const last = sounds.at(-1);
  return (
    <Stack gap="xs">
      <Stack component="ol" gap="xs" className="sound-list" aria-label={say('chosen')}>
        {sounds.map(({ sha256, title, ms }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same sound may stand there twice
          <Group component="li" key={`${sha256} ${at}`} gap="xs" wrap="nowrap" className="sound-row">
            <ListenButton sound={{ sha256, title }} listening={listening} />
            <Text size="sm" className="sound-title">
              {title}
            </Text>
            <Text size="sm" c="dimmed" className="tabular">
              {ms > 0 && lengthWords(ms)}
            </Text>
            {sounds.length > 1 && (
              <>
                <ActionIcon
                  variant="subtle"
                  size="lg"
                  aria-label={say('earlier', { title })}
                  disabled={at === 0}
                  onClick={() => onChange(moved(sounds, at, -1))}
                >
                  <IconArrowUp size={16} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  size="lg"
                  aria-label={say('later', { title })}
                  disabled={at === sounds.length - 1}
                  onClick={() => onChange(moved(sounds, at, 1))}
                >
                  <IconArrowDown size={16} aria-hidden />
                </ActionIcon>
              </>
            )}
            <ActionIcon
              variant="subtle"
              size="lg"
              color="gray"
              aria-label={say('remove', { title })}
              onClick={() => onChange(sounds.filter((_, other) => other !== at))}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
      </Stack>
      <CannotListen listening={listening} />
      {last?.loudness_clufs !== undefined && (
        <Text size="xs" c="dimmed">
          {say('asTower', { lufs: Math.round(last.loudness_clufs / 100) })}
        </Text>
      )}
    </Stack>
  );
}
