import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { AreaTree } from '../areas/area-tree.tsx';
import { useProve } from '../door/step-up.tsx';
import { useSession } from '../door/use-session.tsx';
import { FailureNote } from '../house/failure-note.tsx';
import { TargetChips } from '../targets/target-chips.tsx';
import { useOrder } from '../wire/use-wire.tsx';
import { useWords } from '../words/language.ts';
import { OneTimeCode } from './one-time-code.tsx';
import { PEOPLE_WORDS } from './people-words.ts';
import { isRole, ROLES, type Role } from './roles.ts';

interface Props {
  /** Whose roles and areas change; absent = somebody new. */
  person?: { user: string; roles: string[]; areas: string[] };
  opened: boolean;
  onClose: () => void;
}

/** Name, roles and areas; somebody new gets a one-time code. */
export function PersonForm({ person, opened, onClose }: Props) {
  const say = useWords(PEOPLE_WORDS);
  const session = useSession();
  const prove = useProve();
  const save = useOrder('people', ['people']);
  const [user, setUser] = useState(person?.user ?? '');
  const [roles, setRoles] = useState<Role[]>((person?.roles ?? []).filter(isRole));
  const [areas, setAreas] = useState<string[]>(person?.areas ?? []);
  const change = person === undefined ? ('add' as const) : ('roles' as const);

  const send = async () => {
    const proven = await prove({ change, user: user.trim(), roles, areas });
    if (proven !== undefined)
      save.mutate(proven, { onSuccess: ({ code }) => code === undefined && onClose() });
  };
  const end = () => {
    save.reset();
    onClose();
  };

  if (save.data?.code !== undefined)
    return <OneTimeCode user={user} code={save.data.code} until={save.data.expires_at} onClose={end} />;
  return (
    <Modal opened={opened} onClose={end} title={say(person === undefined ? 'add' : 'change')} size="lg">
      <Stack>
        <TextInput
          label={say('user')}
          description={say('userHint')}
          autoCapitalize="none"
          disabled={person !== undefined}
          value={user}
          onChange={(event) => setUser(event.currentTarget.value)}
        />
        <Checkbox.Group
          label={say('roles')}
          value={roles}
          onChange={(chosen) => setRoles(chosen.filter(isRole))}
        >
          <Stack gap="xs" mt="xs">
            {ROLES.map((role) => (
              <Checkbox key={role} value={role} label={say(role)} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Text size="sm" fw={500}>
          {say('areas')}
        </Text>
        <TargetChips chosen={areas} onChoose={setAreas} />
        <AreaTree many roots={session.areas} chosen={areas} onChoose={setAreas} />
        <FailureNote error={save.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={end}>
            {say('cancel')}
          </Button>
          <Button
            disabled={user.trim() === '' || roles.length === 0 || areas.length === 0}
            loading={save.isPending}
            onClick={send}
          >
            {say('save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
