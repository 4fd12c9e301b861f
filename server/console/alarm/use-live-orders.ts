import type { AnswerTo } from '../../../firmware-protocol/mqtt/requests.ts';
import { useAgainAfter, useAnswer } from '../wire/use-wire.tsx';

export type LiveOrder = AnswerTo<'orders'>['orders'][number];

/** Also without events: a warning that another operator sent is seen within this time. */
const LOOK_AGAIN_MS = 5_000;

/** What may still sound or come in the account's areas, warnings first. Stops are no news here. */
export function useLiveOrders() {
  useAgainAfter('approvals', 'orders');
  useAgainAfter('alerts', 'orders');
  useAgainAfter('order', 'orders');
  const { data } = useAnswer(
    'orders',
    { live: true, kinds: ['alert', 'announce', 'test'] },
    { refetchInterval: LOOK_AGAIN_MS },
  );
  const orders = data?.orders ?? [];
  const alerts = orders.filter(({ kind }) => kind === 'alert');
  return { known: data !== undefined, alerts, others: orders.filter(({ kind }) => kind !== 'alert') };
}
