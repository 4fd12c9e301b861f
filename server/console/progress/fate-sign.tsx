import { Group, Text } from '@mantine/core';
import type { Fate } from '../../../firmware-protocol/mqtt/order-requests.ts';
import { FATE_WORDS } from '../../../firmware-protocol/mqtt/play-words.ts';
import { useLanguage } from '../words/language.ts';
import { LOOK } from './fate-look.ts';
import { groupOf } from './use-progress.ts';

/** What became of an order at one hall: a sign, a colour and a word. */
export function FateSign({ fate }: { fate: Fate }) {
  const lang = useLanguage();
  const { icon: Sign, color } = LOOK[groupOf(fate)];
  return (
    <Group gap={4} wrap="nowrap">
      <Sign size={16} aria-hidden color={`var(--mantine-color-${color}-6)`} style={{ flexShrink: 0 }} />
      <Text size="sm">{FATE_WORDS[fate][lang]}</Text>
    </Group>
  );
}
