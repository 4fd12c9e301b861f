import { ActionIcon } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useWords } from '../words/language.ts';
import { SOUND_WORDS } from './sound-words.ts';
import type { Listening } from './use-listening.ts';

/** Plays a prepared sound, and stops it; one at a time. */
export function ListenButton({
  sound: { sha256, title },
  listening: { playing, toggle },
}: {
  sound: { sha256: string; title: string };
  listening: Listening;
}) {
  const say = useWords(SOUND_WORDS);
  const isPlaying = playing === sha256;
  const Sign = isPlaying ? IconPlayerPause : IconPlayerPlay;
  return (
    <ActionIcon
      variant="light"
      size="lg"
      aria-label={say(isPlaying ? 'pause' : 'listen', { title })}
      onClick={() => toggle(sha256)}
    >
      <Sign size={18} aria-hidden />
    </ActionIcon>
  );
}
