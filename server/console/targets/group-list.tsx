import { Checkbox, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useWords } from '../words/language.ts';
import { groupTarget, type Targets, withTarget } from './target-set.ts';
import { TARGET_WORDS } from './target-words.ts';
import { useGroups } from './use-target.ts';

/** The free groups that lie in the account's areas. */
export function GroupList({ chosen, onChoose }: { chosen: Targets; onChoose: (targets: string[]) => void }) {
  const say = useWords(TARGET_WORDS);
  const { data } = useGroups();
  if (data === undefined) return <Skeleton height={96} />;
  if (data.groups.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {say('noGroups')}
      </Text>
    );
  return (
    <Stack gap="xs">
      {data.groups.map(({ group, title, devices }) => (
        <Group key={group} justify="space-between" wrap="nowrap">
          <Checkbox
            label={title}
            checked={chosen.includes(groupTarget(group))}
            onChange={(event) =>
              onChoose(withTarget(chosen, groupTarget(group), event.currentTarget.checked))
            }
          />
          <Text span size="xs" c="dimmed" className="tabular">
            {say('count', { count: devices })}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}
