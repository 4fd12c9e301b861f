import { Button, Card, Code, Group, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import type { RequestName } from '../../../firmware-protocol/mqtt/requests.ts';
import { useSession } from '../door/use-session.tsx';
import { FailureNote } from '../house/failure-note.tsx';
import { useWire } from '../wire/use-wire.tsx';
import { useWords } from '../words/language.ts';
import { EXPLORER_WORDS } from './explorer-words.ts';
import { pubCommand } from './pub-command.ts';

/** Any request with any body, over this page's own MQTT session. What is wrong with it the server says. */
export function AskByHand() {
  const say = useWords(EXPLORER_WORDS);
  const { live } = useWire();
  const { user, training } = useSession();
  const [what, setWhat] = useState('overview');
  const [body, setBody] = useState('{}');
  const [answer, setAnswer] = useState<unknown>();
  const [error, setError] = useState<unknown>();
  const isJson = isObject(body);

  const send = () => {
    setAnswer(undefined);
    setError(undefined);
    // A name that is typed may be none of the catalogue: the server names those that are.
    live.ask(what as RequestName, JSON.parse(body)).then(setAnswer, setError);
  };

  return (
    <Card withBorder component="section" aria-label={say('ask')}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {say('ask')}
        </Title>
        <Text size="sm" c="dimmed">
          {say('grave')}
        </Text>
        <Group align="flex-end">
          <TextInput
            label={say('what')}
            value={what}
            onChange={(event) => setWhat(event.currentTarget.value)}
          />
          <Button disabled={!isJson || !/^[a-z-]+$/.test(what)} onClick={send}>
            {say('send')}
          </Button>
        </Group>
        <Textarea
          label={say('body')}
          autosize
          minRows={2}
          maxRows={16}
          ff="monospace"
          error={isJson ? undefined : say('badJson')}
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
        <div>
          <Text size="xs" c="dimmed">
            {say('command')}
          </Text>
          <Code block tabIndex={0}>
            {pubCommand({ user, training, what, body })}
          </Code>
        </div>
        <FailureNote error={error} />
        {answer !== undefined && (
          <Code block tabIndex={0} mah={320} aria-label={say('answer')}>
            {JSON.stringify(answer, undefined, 2)}
          </Code>
        )}
      </Stack>
    </Card>
  );
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
