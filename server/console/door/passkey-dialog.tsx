import { Button, Group, List, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { FailureNote } from '../house/failure-note.tsx';
import { timeWords } from '../time/thai-time.ts';
import { useAnswer, useOrder, useWire } from '../wire/use-wire.tsx';
import { useLanguage, useWords } from '../words/language.ts';
import { DOOR_WORDS } from './door-words.ts';
import { newCredential } from './passkey.ts';
import { useProve } from './step-up.tsx';
import { useSession } from './use-session.tsx';

/** One's own passkeys: a finger or a face instead of the password, where the password would be asked for again. */
export default function PasskeyDialog({ onClose }: { onClose: () => void }) {
  const say = useWords(DOOR_WORDS);
  const { data, error } = useAnswer('passkeys', {});
  const change = useOrder('passkeys', ['passkeys']);
  return (
    <Modal opened onClose={onClose} title={say('passkeys')}>
      <Stack>
        <Text size="sm">{say('passkeysWhy')}</Text>
        <FailureNote error={error ?? change.error} />
        {data?.available === false && <Text size="sm">{say('passkeysNotHere')}</Text>}
        <List listStyleType="none" spacing="xs">
          {data?.passkeys.map(({ id, title, made_at }) => (
            <List.Item key={id}>
              <Group justify="space-between" wrap="nowrap">
                <Made title={title} at={made_at} />
                <Button
                  variant="default"
                  size="xs"
                  aria-label={say('passkeyRemoveOf', { title })}
                  onClick={() => change.mutate({ change: 'remove', id })}
                >
                  {say('passkeyRemove')}
                </Button>
              </Group>
            </List.Item>
          ))}
        </List>
        {data?.available === true && (
          <AddPasskey known={data.passkeys.map(({ id }) => id)} add={change.mutateAsync} />
        )}
      </Stack>
    </Modal>
  );
}

function Made({ title, at }: { title: string; at: string }) {
  const lang = useLanguage();
  return (
    <Text size="sm">
      {title}{' '}
      <Text span size="xs" c="dimmed">
        {timeWords(at, 'day', lang)}
      </Text>
    </Text>
  );
}

type Add = ReturnType<typeof useOrder<'passkeys'>>['mutateAsync'];

/** The device says yes first, then the password: nobody adds one at a computer that was left open. */
function AddPasskey({ known, add }: { known: string[]; add: Add }) {
  const say = useWords(DOOR_WORDS);
  const { user } = useSession();
  const { ask } = useWire();
  const prove = useProve();
  const [title, setTitle] = useState('');
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);

  const make = async () => {
    const { challenge = '', site = '' } = await ask('passkeys', { change: 'begin' });
    const credential = await newCredential(challenge, { site, user, known });
    if (credential === undefined) return;
    const request = { change: 'add', title: title.trim(), credential } as const;
    const proven = await prove(request, { always: true });
    if (proven === undefined) return;
    await add(proven);
    setTitle('');
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    make()
      .catch(setError)
      .finally(() => setBusy(false));
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <TextInput
          label={say('passkeyTitle')}
          placeholder={say('passkeyExample')}
          required
          maxLength={60}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <FailureNote error={error} />
        <Button type="submit" loading={busy}>
          {say('passkeyAdd')}
        </Button>
      </Stack>
    </form>
  );
}
