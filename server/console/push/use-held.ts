import type { AnswerTo } from '../../../firmware-protocol/mqtt/requests.ts';
import { useAgainAfter, useAnswer } from '../wire/use-wire.tsx';

export type Held = AnswerTo<'approvals'>['held'][number];

/** Also without events: a yes on another device is seen within this time. */
const LOOK_AGAIN_MS = 5_000;
const LIMIT = 100;

/** An order that waits for a second person, or did; looked for where there is no such order among those that went out. */
export function useHeld(order: string, enabled: boolean): { held: Held | undefined; known: boolean } {
  useAgainAfter('approvals', 'approvals', 'order');
  const { data, isError } = useAnswer(
    'approvals',
    { all: true, limit: LIMIT },
    { enabled, refetchInterval: LOOK_AGAIN_MS },
  );
  const held = data?.held.find((each) => each.order === order);
  return { held, known: data !== undefined || isError };
}
