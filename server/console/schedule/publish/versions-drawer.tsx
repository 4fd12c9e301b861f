import { Badge, Button, Drawer, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useRight } from '../../door/use-session.tsx';
import { FailureNote } from '../../house/failure-note.tsx';
import { timeWords } from '../../time/thai-time.ts';
import { useAnswer } from '../../wire/use-wire.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { PUBLISH_WORDS } from './publish-words.ts';

interface Props {
  area: string;
  onRollBack: (version: number) => void;
  onClose: () => void;
}

/** What was published of an area, the newest first; each can be published again. */
export function VersionsDrawer({ area, onRollBack, onClose }: Props) {
  const say = useWords(PUBLISH_WORDS);
  const language = useLanguage();
  const maySpeak = useRight('speak');
  const { data, error } = useAnswer('versions', { area });
  return (
    <Drawer opened onClose={onClose} position="right" title={say('versions')}>
      <Stack component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {data === undefined && error === null && <Skeleton height={120} />}
        <FailureNote error={error} />
        {data?.versions.length === 0 && <Text component="li">{say('noVersions')}</Text>}
        {data?.versions.map(({ version, by, issued_at, entries, same_as }, at) => (
          <Group component="li" key={version} justify="space-between" wrap="nowrap" align="flex-start">
            <div>
              <Group gap={6}>
                <Text fw={600}>{say('version', { version })}</Text>
                {at === 0 && (
                  <Badge variant="light" tt="none">
                    {say('current')}
                  </Badge>
                )}
              </Group>
              <Text size="sm" c="dimmed">
                {say('issued', { by, count: entries, at: timeWords(issued_at, 'moment', language) })}
                {same_as !== undefined && ` · ${say('sameAs', { version: same_as })}`}
              </Text>
            </div>
            {at > 0 && maySpeak && (
              <Button size="compact-md" variant="default" onClick={() => onRollBack(version)}>
                {say('rollBack')}
              </Button>
            )}
          </Group>
        ))}
      </Stack>
    </Drawer>
  );
}
