import { List, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { FailureNote } from '../house/failure-note.tsx';
import { RoomTitle } from '../house/room-title.tsx';
import { WideTable } from '../house/wide-table.tsx';
import { TargetChips } from '../targets/target-chips.tsx';
import { timeWords } from '../time/thai-time.ts';
import { useAnswer } from '../wire/use-wire.tsx';
import { useLanguage, useWords } from '../words/language.ts';
import { KEY_WORDS } from './key-words.ts';

/** Which keys speak to the halls, and how many halls know which set of them. */
export default function KeyRoom() {
  const say = useWords(KEY_WORDS);
  const lang = useLanguage();
  const { data, error } = useAnswer('keys', {});
  return (
    <Stack>
      <RoomTitle>{say('heading')}</RoomTitle>
      <Text c="dimmed" maw={760}>
        {say('intro')}
      </Text>
      <FailureNote error={error} />
      {data === undefined && error === null && <Skeleton height={160} />}
      {data !== undefined && (
        <>
          <Title order={2} size="h4">
            {say('version', { version: data.version })}
          </Title>
          <WideTable minWidth={640} label={say('heading')}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  {(['key', 'area', 'kinds', 'bands', 'valid'] as const).map((head) => (
                    <Table.Th key={head}>{say(head)}</Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {data.keys.map(({ id, areas, uses, max_band, not_after }) => (
                  <Table.Tr key={id}>
                    <Table.Td>{id}</Table.Td>
                    <Table.Td>
                      <TargetChips chosen={areas} />
                    </Table.Td>
                    <Table.Td>{uses.join(', ')}</Table.Td>
                    <Table.Td>{max_band}</Table.Td>
                    <Table.Td>{timeWords(not_after, 'day', lang)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </WideTable>
          <Title order={2} size="h4">
            {say('halls')}
          </Title>
          <List>
            {Object.entries(data.halls).map(([version, count]) => (
              <List.Item key={version}>
                {version === 'unknown' ? say('unknown', { count }) : say('holds', { version, count })}
              </List.Item>
            ))}
          </List>
        </>
      )}
    </Stack>
  );
}
