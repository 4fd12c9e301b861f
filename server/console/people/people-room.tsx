import { Badge, Button, Group, Skeleton, Stack, Table, Text } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { AnswerTo } from '../../../firmware-protocol/mqtt/requests.ts';
import { useRight, useSession } from '../door/use-session.tsx';
import { FailureNote } from '../house/failure-note.tsx';
import { RoomTitle } from '../house/room-title.tsx';
import { SearchBox } from '../house/search-box.tsx';
import { WideTable } from '../house/wide-table.tsx';
import { TargetChips } from '../targets/target-chips.tsx';
import { useAnswer } from '../wire/use-wire.tsx';
import { useWords } from '../words/language.ts';
import { PEOPLE_WORDS } from './people-words.ts';
import { PersonActions } from './person-actions.tsx';
import { PersonForm } from './person-form.tsx';
import { isRole } from './roles.ts';

type Person = AnswerTo<'people'>['people'][number];

/** Who may do what, and where. */
export default function PeopleRoom() {
  const say = useWords(PEOPLE_WORDS);
  const mayChange = useRight('people');
  const [adds, setAdds] = useState(false);
  const [sought, setSought] = useState('');
  const { data, error } = useAnswer('people', {});
  const found = (data?.people ?? []).filter(({ user, areas }) =>
    [user, ...areas].some((each) => each.includes(sought.trim().toLowerCase())),
  );
  return (
    <Stack>
      <Group justify="space-between">
        <RoomTitle>{say('heading')}</RoomTitle>
        {mayChange && (
          <Button leftSection={<IconUserPlus size={18} aria-hidden />} onClick={() => setAdds(true)}>
            {say('add')}
          </Button>
        )}
      </Group>
      <Text c="dimmed">{say('intro')}</Text>
      <SearchBox maw={360} label={say('search')} value={sought} onChange={setSought} />
      <FailureNote error={error} />
      {data === undefined && error === null && <Skeleton height={200} />}
      {data !== undefined && (
        <WideTable minWidth={640} label={say('heading')}>
          <Table verticalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                {(['user', 'roles', 'areas', 'state'] as const).map((head) => (
                  <Table.Th key={head}>{say(head)}</Table.Th>
                ))}
                <Table.Th />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {found.map((person) => (
                <PersonRow key={person.user} person={person} mayChange={mayChange} />
              ))}
            </Table.Tbody>
          </Table>
        </WideTable>
      )}
      <PersonForm opened={adds} onClose={() => setAdds(false)} />
    </Stack>
  );
}

function PersonRow({ person, mayChange }: { person: Person; mayChange: boolean }) {
  const say = useWords(PEOPLE_WORDS);
  const { user } = useSession();
  return (
    <Table.Tr>
      <Table.Td>
        {person.user} {person.user === user && <Badge tt="none">{say('you')}</Badge>}
      </Table.Td>
      <Table.Td>{person.roles.map((role) => (isRole(role) ? say(role) : role)).join(', ')}</Table.Td>
      <Table.Td>
        <TargetChips chosen={person.areas} />
      </Table.Td>
      <Table.Td>
        <Badge color={person.open ? 'green' : 'gray'} variant="light" tt="none">
          {say(person.open ? 'open' : 'closed')}
        </Badge>
      </Table.Td>
      <Table.Td>{mayChange && <PersonActions person={person} />}</Table.Td>
    </Table.Tr>
  );
}
