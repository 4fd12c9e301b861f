import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { RoomTitle } from '../house/room-title.tsx';
import { useWords } from '../words/language.ts';
import { AnnounceForm } from './announce-form.tsx';
import { PUSH_WORDS } from './push-words.ts';

/** An announcement from the first word to the last tower that heard it. */
export default function PushRoom() {
  const say = useWords(PUSH_WORDS);
  return (
    <Stack>
      <Group justify="space-between" align="flex-start">
        <div>
          <RoomTitle>{say('heading')}</RoomTitle>
          <Text c="dimmed">{say('intro')}</Text>
        </div>
        <Anchor component={Link} to="/orders">
          {say('recent')}
        </Anchor>
      </Group>
      <AnnounceForm />
    </Stack>
  );
}
