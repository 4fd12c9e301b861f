import { Stack, Text, Title } from '@mantine/core';
import { useWords } from '../words/language.ts';
import { AskByHand } from './ask-by-hand.tsx';
import { EXPLORER_WORDS } from './explorer-words.ts';
import { MessageList } from './message-list.tsx';

/** The wire itself, for whoever wants to see it or to learn it. */
export default function ExplorerRoom() {
  const say = useWords(EXPLORER_WORDS);
  return (
    <Stack>
      <Title order={1} size="h2">
        {say('heading')}
      </Title>
      <Text c="dimmed">{say('intro')}</Text>
      <AskByHand />
      <MessageList />
    </Stack>
  );
}
