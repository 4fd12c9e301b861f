import { Group, Stack, Text } from '@mantine/core';
import {
  type Icon,
  IconAlertTriangle,
  IconDeviceTv,
  IconMinus,
  IconPlayerPlay,
  IconVolume,
} from '@tabler/icons-react';
import { OUTPUTS, type Output } from '../../../../firmware-protocol/content/band.ts';
import type { DeviceState } from '../../../../firmware-protocol/mqtt/messages.ts';
import { useWords } from '../../words/language.ts';
import { Card } from './card.tsx';
import { HALL_WORDS } from './hall-words.ts';

const SIGNS: Record<Output, Icon> = { tower: IconVolume, panel: IconDeviceTv };

/** What the tower says and the sign shows at this moment, as the hall told it. */
export function NowCard({ outputs }: Pick<DeviceState, 'outputs'>) {
  const say = useWords(HALL_WORDS);
  return (
    <Card title={say('now')}>
      <Stack gap="xs">
        {OUTPUTS.map((output) => {
          const Sign = SIGNS[output];
          return (
            <Group key={output} wrap="nowrap" gap="sm" align="flex-start">
              <Sign size={20} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
              <Text fw={500} w={60} style={{ flexShrink: 0 }}>
                {say(output)}
              </Text>
              <Doing state={outputs[output]} />
            </Group>
          );
        })}
      </Stack>
    </Card>
  );
}

function Doing({ state }: { state: DeviceState['outputs'][Output] }) {
  const say = useWords(HALL_WORDS);
  const [Sign, color, words] =
    state === undefined
      ? [IconMinus, 'dimmed', say('absent')]
      : !state.works
        ? [IconAlertTriangle, 'var(--bad)', say('fault')]
        : state.play === undefined
          ? [undefined, 'dimmed', say('idle')]
          : [IconPlayerPlay, 'var(--good)', state.title ?? state.play];
  return (
    <Group gap={6} wrap="nowrap" c={color} align="flex-start">
      {Sign && <Sign size={16} aria-hidden style={{ flexShrink: 0, marginTop: 4 }} />}
      <Text inherit>{words}</Text>
    </Group>
  );
}
