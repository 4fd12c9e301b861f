import { Group, Progress, Stack, Text } from '@mantine/core';
import { useWords } from '../words/language.ts';
import { LOOK } from './fate-look.ts';
import { PROGRESS_WORDS } from './progress-words.ts';
import { countOf, FATE_GROUPS, type FateGroup, type Fates, hallsOf } from './use-progress.ts';

const GROUPS = Object.keys(FATE_GROUPS) as FateGroup[];

/** All halls of an order in one bar, and the same in words and numbers. */
export function FateBar({ fates }: { fates: Fates }) {
  const say = useWords(PROGRESS_WORDS);
  const all = hallsOf(fates);
  const share = (group: FateGroup) => (all === 0 ? 0 : (countOf(fates, group) * 100) / all);
  return (
    <Stack gap={6}>
      <Progress.Root size="lg" aria-hidden>
        {GROUPS.map((group) => (
          <Progress.Section key={group} value={share(group)} color={LOOK[group].color} />
        ))}
      </Progress.Root>
      <Group gap="md" component="ul" p={0} m={0} style={{ listStyle: 'none' }} aria-label={say('label')}>
        {GROUPS.map((group) => {
          const { icon: Sign, color } = LOOK[group];
          return (
            <Group key={group} component="li" gap={4} wrap="nowrap">
              <Sign size={16} aria-hidden color={`var(--mantine-color-${color}-6)`} />
              <Text size="sm">
                {say(group)}{' '}
                <Text span fw={600} style={{ fontVariantNumeric: 'tabular-nums' }}>
                  {say('of', { some: countOf(fates, group), count: all })}
                </Text>
              </Text>
            </Group>
          );
        })}
      </Group>
    </Stack>
  );
}
