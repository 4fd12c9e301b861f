import { Text } from '@mantine/core';
import { useWords } from '../words/language.ts';
import { SOUND_WORDS } from './sound-words.ts';
import type { Listening } from './use-listening.ts';

/** Why nothing is heard; nothing while it is. */
export function CannotListen({ listening }: { listening: Listening }) {
  const say = useWords(SOUND_WORDS);
  if (!listening.failed) return null;
  return (
    <Text size="sm" c="var(--bad)" role="alert">
      {say('cannotListen')}
    </Text>
  );
}
