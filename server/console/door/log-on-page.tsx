import { Anchor, Button, Center, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { FailureNote } from '../house/failure-note.tsx';
import { useWords } from '../words/language.ts';
import { DOOR_WORDS } from './door-words.ts';
import { choosePassword, logOn, type Session } from './session.ts';

/** Name and password; or, with a one-time code, a first password. */
export function LogOnPage({ onIn }: { onIn: (session: Session) => void }) {
  const say = useWords(DOOR_WORDS);
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState<string>();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const firstTime = code !== undefined;

  const enter = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      if (firstTime) await choosePassword(user.trim(), code.trim(), password);
      onIn(await logOn(user.trim(), password));
    } catch (failed) {
      setError(failed);
      setBusy(false);
    }
  };

  return (
    <Center mih="100dvh" p="md" component="main">
      <Paper withBorder radius="lg" p="xl" w="100%" maw={420}>
        <form onSubmit={enter}>
          <Stack>
            <div>
              <Title order={1}>{say('title')}</Title>
              <Text c="dimmed">{say('subtitle')}</Text>
            </div>
            <TextInput
              label={say('user')}
              name="user"
              autoComplete="username"
              autoCapitalize="none"
              required
              value={user}
              onChange={(event) => setUser(event.currentTarget.value)}
            />
            {firstTime && (
              <TextInput
                label={say('code')}
                name="code"
                autoComplete="one-time-code"
                required
                value={code}
                onChange={(event) => setCode(event.currentTarget.value)}
              />
            )}
            <PasswordInput
              label={say(firstTime ? 'newPassword' : 'password')}
              name="password"
              autoComplete={firstTime ? 'new-password' : 'current-password'}
              required
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <FailureNote error={error} />
            <Button type="submit" loading={busy} size="md">
              {say(firstTime ? 'choose' : 'logOn')}
            </Button>
            <Anchor
              component="button"
              type="button"
              size="sm"
              onClick={() => setCode(firstTime ? undefined : '')}
            >
              {say(firstTime ? 'haveOne' : 'firstTime')}
            </Anchor>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}
