import { Drawer, Group, Skeleton, Stack, Table, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconClock } from '@tabler/icons-react';
import { FailureNote } from '../../house/failure-note.tsx';
import { timeWords } from '../../time/thai-time.ts';
import { useAnswer } from '../../wire/use-wire.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { PUBLISH_WORDS } from './publish-words.ts';

/** Halls take what is new within a minute. */
const AGAIN_MS = 5_000;
/** Those that lack it come first; more than a person reads is told as a number. */
const TOLD = 200;

/** Which halls hold the current version, by what they said of themselves. */
export function DeliveryDrawer({ area, onClose }: { area: string; onClose: () => void }) {
  const say = useWords(PUBLISH_WORDS);
  const language = useLanguage();
  const { data, error } = useAnswer('delivery', { area }, { refetchInterval: AGAIN_MS });
  const moment = (at: string | undefined) => (at === undefined ? '–' : timeWords(at, 'moment', language));
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title={say('delivery')}>
      {data === undefined && error === null && <Skeleton height={160} />}
      <FailureNote error={error} />
      {data && (
        <Stack>
          <Text fw={600}>
            {data.version === 0 ? say('never') : say('version', { version: data.version })}
          </Text>
          <Group gap="lg">
            <Count
              icon={<IconCircleCheck size={18} color="var(--mantine-color-green-text)" aria-hidden />}
              label={say('has')}
              count={data.has}
            />
            <Count
              icon={<IconClock size={18} color="var(--mantine-color-yellow-text)" aria-hidden />}
              label={say('older')}
              count={data.older}
            />
            <Count
              icon={<IconCircleX size={18} color="var(--mantine-color-red-text)" aria-hidden />}
              label={say('none')}
              count={data.none}
            />
          </Group>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{say('hall')}</Table.Th>
                <Table.Th>{say('version', { version: '' })}</Table.Th>
                <Table.Th>{say('since')}</Table.Th>
                <Table.Th>{say('seen')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.halls.slice(0, TOLD).map(({ device, village, version, since, seen_at }) => (
                <Table.Tr key={device}>
                  <Table.Td>
                    {device}
                    <Text size="xs" c="dimmed">
                      {village}
                    </Text>
                  </Table.Td>
                  <Table.Td>{version ?? '–'}</Table.Td>
                  <Table.Td>{moment(since)}</Table.Td>
                  <Table.Td>{moment(seen_at)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          {data.halls.length + data.left_out > TOLD && (
            <Text size="sm">{say('leftOut', { count: data.halls.length + data.left_out - TOLD })}</Text>
          )}
        </Stack>
      )}
    </Drawer>
  );
}

function Count({ icon, label, count }: { icon: React.ReactNode; label: string; count: number }) {
  return (
    <Group gap={6}>
      {icon}
      <Text size="sm">
        {label} <strong>{count}</strong>
      </Text>
    </Group>
  );
}
