import { ActionIcon, Menu, Modal } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { useProve } from '../door/step-up.tsx';
import { Sure } from '../house/sure.tsx';
import { useOrder } from '../wire/use-wire.tsx';
import { useWords } from '../words/language.ts';
import { OneTimeCode } from './one-time-code.tsx';
import { PEOPLE_WORDS } from './people-words.ts';
import { PersonForm } from './person-form.tsx';

interface Props {
  person: { user: string; roles: string[]; areas: string[] };
}

const SURE = { code: 'makeCode', close: 'makeClose' } as const;

/** Other roles, a new code, the end of an account; the last two ask first. */
export function PersonActions({ person }: Props) {
  const say = useWords(PEOPLE_WORDS);
  const prove = useProve();
  const change = useOrder('people', ['people']);
  const [edits, setEdits] = useState(false);
  const [asks, setAsks] = useState<keyof typeof SURE>();
  const { user } = person;

  const act = async (what: keyof typeof SURE) => {
    const proven = await prove({ change: what, user });
    if (proven !== undefined) change.mutate(proven, { onSuccess: () => setAsks(undefined) });
  };

  if (change.data?.code !== undefined)
    return (
      <OneTimeCode
        user={user}
        code={change.data.code}
        until={change.data.expires_at}
        onClose={() => change.reset()}
      />
    );
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" size="lg" aria-label={say('actions', { user })}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setEdits(true)}>{say('change')}</Menu.Item>
          <Menu.Item onClick={() => setAsks('code')}>{say('code')}</Menu.Item>
          <Menu.Item color="red" onClick={() => setAsks('close')}>
            {say('close')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {edits && <PersonForm person={person} opened onClose={() => setEdits(false)} />}
      <Modal opened={asks !== undefined} onClose={() => setAsks(undefined)} title={say(asks ?? 'code')}>
        <Sure
          question={say(SURE[asks ?? 'code'], { user })}
          yes={say(asks ?? 'code')}
          no={say('cancel')}
          change={change}
          onYes={() => asks !== undefined && act(asks)}
          onNo={() => setAsks(undefined)}
        />
      </Modal>
    </>
  );
}
