import { Button, Group, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconRefresh } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { AnswerTo } from '../../../firmware-protocol/mqtt/requests.ts';
import { HoldButton } from '../alarm/hold-button.tsx';
import { useRight } from '../door/use-session.tsx';
import { FailureNote } from '../house/failure-note.tsx';
import { useOrder } from '../wire/use-wire.tsx';
import { useWords } from '../words/language.ts';
import { ORDER_WORDS } from './order-words.ts';

/** They have not said that they took it. */
const UNHEARD = ['waiting', 'sent', 'silent', 'expired'] as const;

/** Once more to the silent; and an end, which is held down so that no slip of the hand silences a district. */
export function OrderActions({ order, progress }: { order: string; progress: AnswerTo<'order'> }) {
  const say = useWords(ORDER_WORDS);
  const navigate = useNavigate();
  const [maySpeak, mayStop] = [useRight('speak'), useRight('stop')];
  const retry = useOrder('retry', ['order', 'orders', 'approvals']);
  const stop = useOrder('stop', ['order', 'orders']);
  const unheard = UNHEARD.reduce((sum, fate) => sum + (progress.fates[fate] ?? 0), 0);

  const told = ({ hurried, orders }: AnswerTo<'retry'>) => {
    const halls = orders.reduce((sum, { devices }) => sum + devices, 0);
    const words = orders.length > 0 ? say('again', { count: halls }) : say('hurried', { count: hurried });
    notifications.show({ message: hurried + orders.length === 0 ? say('nobodySilent') : words });
    const [next, ...more] = orders;
    if (next !== undefined && more.length === 0) void navigate({ to: `/orders/${next.order}` });
  };
  return (
    <Stack gap="sm">
      <FailureNote error={retry.error ?? stop.error} />
      <Group>
        {maySpeak && unheard > 0 && (
          <Button
            leftSection={<IconRefresh size={18} aria-hidden />}
            loading={retry.isPending}
            onClick={() => retry.mutate({ order }, { onSuccess: told })}
          >
            {say('retry')}
          </Button>
        )}
        {mayStop && progress.open > 0 && (
          <HoldButton
            color="red"
            variant="outline"
            hint={say('hold')}
            loading={stop.isPending}
            onHeld={() =>
              stop.mutate(
                { order },
                {
                  onSuccess: ({ devices }) =>
                    notifications.show({ message: say('stopped', { count: devices }) }),
                },
              )
            }
          >
            {say('stop')}
          </HoldButton>
        )}
      </Group>
    </Stack>
  );
}
