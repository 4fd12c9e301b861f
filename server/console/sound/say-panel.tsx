import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useSession } from '../door/use-session.tsx';
import { FailureNote } from '../house/failure-note.tsx';
import { useKept } from '../house/kept-input.ts';
import { useOrder } from '../wire/use-wire.tsx';
import { useWords } from '../words/language.ts';
import type { Sound } from './sound.ts';
import { SOUND_WORDS } from './sound-words.ts';

/** Words that a voice of the server says; listened to before they are sent. */
export function SayPanel({ text, onDone }: { text: string; onDone: (sound: Sound) => void }) {
  const say = useWords(SOUND_WORDS);
  const { voice: hasVoice } = useSession();
  const [words, setWords, clear] = useKept('sound.say', '');
  const speech = useOrder('say');
  const speak = () =>
    speech.mutate(
      { text: words.trim() },
      {
        onSuccess: ({ sha256, ms, title }) => {
          clear();
          onDone({ sha256, ms, title });
        },
      },
    );
  // Told before somebody writes, not after.
  if (!hasVoice) return <Text size="sm">{say('sayNone')}</Text>;
  return (
    <Stack gap="sm">
      <Textarea
        label={say('sayText')}
        autosize
        minRows={3}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <FailureNote error={speech.error} />
      <Group>
        <Button onClick={speak} loading={speech.isPending} disabled={words.trim() === ''}>
          {say('saySpeak')}
        </Button>
        {text.trim() !== '' && text !== words && (
          <Button variant="default" onClick={() => setWords(text)}>
            {say('sayFromSign')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
