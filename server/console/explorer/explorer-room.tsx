import { Stack, Text } from '@mantine/core';
import { RoomTitle } from '../house/room-title.tsx';
import { useWords } from '../words/language.ts';
import { AskByHand } from './ask-by-hand.tsx';
import { EXPLORER_WORDS } from './explorer-words.ts';
import { MessageList } from './message-list.tsx';

/** The wire itself, for whoever wants to see it or to learn it. */
export default function ExplorerRoom() {
  const say = useWords(EXPLORER_WORDS);
  return (
    <Stack>
      <RoomTitle>{say('heading')}</RoomTitle>
      <Text c="dimmed">{say('intro')}</Text>
      <AskByHand />
      <MessageList />
    </Stack>
  );
}
