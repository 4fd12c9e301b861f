import { Drawer, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useSession } from '../door/use-session.tsx';
import { FailureNote } from '../house/failure-note.tsx';
import { useOrder } from '../wire/use-wire.tsx';
import { useWords } from '../words/language.ts';
import { ALARM_WORDS } from './alarm-words.ts';
import { HoldButton } from './hold-button.tsx';
import { LiveOrderCard } from './live-order-card.tsx';
import { useLiveOrders } from './use-live-orders.ts';

/** All that may still sound, and the end of each; reached from every room. */
export function StopDrawer({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const say = useWords(ALARM_WORDS);
  const { areas } = useSession();
  const { known, alerts, others } = useLiveOrders();
  const stop = useOrder('stop', ['orders', 'order']);
  const stopAll = () =>
    stop.mutate(
      { to: areas },
      { onSuccess: ({ devices }) => notifications.show({ message: say('done', { count: devices }) }) },
    );
  return (
    <Drawer opened={opened} onClose={onClose} position="right" title={say('title')} size="lg">
      <Stack>
        {known && alerts.length + others.length === 0 && <Text c="dimmed">{say('none')}</Text>}
        {[...alerts, ...others].map((order) => (
          <LiveOrderCard key={order.order} order={order} />
        ))}
        <FailureNote error={stop.error} />
        <HoldButton color="red" hint={say('hold')} loading={stop.isPending} onHeld={stopAll}>
          {say('stopAll')}
        </HoldButton>
      </Stack>
    </Drawer>
  );
}
