import { Anchor, Button, Stack, Title } from '@mantine/core';
import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { useWords } from '../words/language.ts';
import { FailureNote } from './failure-note.tsx';
import { HOUSE_WORDS } from './house-words.ts';

/** A room that broke does not take the house with it. */
export function BrokenRoom({ error, reset }: ErrorComponentProps) {
  const say = useWords(HOUSE_WORDS);
  return (
    <Stack align="flex-start">
      <Title order={2}>{say('failed')}</Title>
      <FailureNote error={error} />
      <Button onClick={reset}>{say('again')}</Button>
    </Stack>
  );
}

export function NoSuchRoom() {
  const say = useWords(HOUSE_WORDS);
  return (
    <Stack align="flex-start">
      <Title order={2}>{say('notFound')}</Title>
      <Anchor component={Link} to="/">
        {say('home')}
      </Anchor>
    </Stack>
  );
}
