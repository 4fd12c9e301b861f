import { ActionIcon, Group, Stack, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { lengthWords } from '../time/thai-time.ts';
import { useWords } from '../words/language.ts';
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
  const { playing, failed, toggle } = useListening();
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
            <ActionIcon
              variant="light"
              size="lg"
              aria-label={say(playing === sha256 ? 'pause' : 'listen', { title })}
              onClick={() => toggle(sha256)}
            >
              {playing === sha256 ? (
                <IconPlayerPause size={18} aria-hidden />
              ) : (
                <IconPlayerPlay size={18} aria-hidden />
              )}
            </ActionIcon>
            <Text size="sm" className="sound-title">
              {title}
            </Text>
            <Text size="sm" c="dimmed" className="tabular">
              {lengthWords(ms)}
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
      {failed && (
        <Text size="sm" c="red" role="alert">
          {say('cannotListen')}
        </Text>
      )}
      {last?.loudness_clufs !== undefined && (
        <Text size="xs" c="dimmed">
          {say('asTower', { lufs: Math.round(last.loudness_clufs / 100) })}
        </Text>
      )}
    </Stack>
  );
}
