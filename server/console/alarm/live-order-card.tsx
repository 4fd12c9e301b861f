import { Badge, Card, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconSpeakerphone, IconTestPipe } from '@tabler/icons-react';
import { useRight } from '../door/use-session.tsx';
import { FailureNote } from '../house/failure-note.tsx';
import { FateBar } from '../progress/fate-bar.tsx';
import { useProgress } from '../progress/use-progress.ts';
import { TargetChips } from '../targets/target-chips.tsx';
import { agoWords, timeWords } from '../time/thai-time.ts';
import { useNow } from '../time/use-now.ts';
import { useOrder } from '../wire/use-wire.tsx';
import { useLanguage, useWords } from '../words/language.ts';
import { ALARM_WORDS } from './alarm-words.ts';
import { HoldButton } from './hold-button.tsx';
import type { LiveOrder } from './use-live-orders.ts';

const LOOK = {
  alert: { color: 'red', icon: IconAlertTriangle },
  announce: { color: 'green', icon: IconSpeakerphone },
  test: { color: 'gray', icon: IconTestPipe },
} as const;

/** One order that may still sound: who, whom, how far, and its end in one held press. */
export function LiveOrderCard({ order }: { order: LiveOrder }) {
  const say = useWords(ALARM_WORDS);
  const lang = useLanguage();
  const now = useNow('second');
  const mayStop = useRight('stop');
  const { data } = useProgress(order.order);
  const stop = useOrder('stop', ['orders', 'order']);
  const kind = order.kind === 'alert' || order.kind === 'test' ? order.kind : 'announce';
  const { color, icon: Sign } = LOOK[kind];
  const isAlert = kind === 'alert';
  const end = () =>
    stop.mutate(
      { order: order.order },
      { onSuccess: ({ devices }) => notifications.show({ message: say('done', { count: devices }) }) },
    );
  return (
    <Card withBorder component="article" aria-label={order.title ?? say(kind)}>
      <Stack gap="xs">
        <Group gap="xs">
          <Badge color={color} variant="filled" leftSection={<Sign size={12} aria-hidden />} tt="none">
            {say(kind)}
          </Badge>
          <Text fw={600}>{order.title}</Text>
        </Group>
        <Text size="sm" c="dimmed">
          {[
            say('since', { ago: agoWords(order.issued_at, now, lang), by: order.by }),
            ...(order.approved_by === undefined ? [] : [say('approvedBy', { by: order.approved_by })]),
            say('until', { time: timeWords(order.expires_at, 'moment', lang) }),
          ].join(' · ')}
        </Text>
        <TargetChips chosen={order.to} />
        {data && <FateBar fates={data.fates} />}
        <FailureNote error={stop.error} />
        {mayStop && (
          <HoldButton
            color={isAlert ? 'green' : 'red'}
            variant={isAlert ? 'filled' : 'outline'}
            hint={say('hold')}
            loading={stop.isPending}
            onHeld={end}
          >
            {say(isAlert ? 'allClear' : 'stopOne')}
          </HoldButton>
        )}
      </Stack>
    </Card>
  );
}
