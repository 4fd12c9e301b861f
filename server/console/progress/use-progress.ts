import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Fate } from '../../../firmware-protocol/mqtt/order-requests.ts';
import type { AnswerTo } from '../../../firmware-protocol/mqtt/requests.ts';
import { useAnswer, useEvent } from '../wire/use-wire.tsx';

export type Fates = AnswerTo<'order'>['fates'];

/** While more may come; an event makes it come sooner. */
const LOOK_AGAIN_MS = 2_000;

/** How an order fares, as it changes. Without `fate` all halls are counted and the first of them told; `after`: the next page. */
export function useProgress(
  order: string,
  { fate, after, limit = 200 }: { fate?: Fate; after?: string; limit?: number } = {},
) {
  const queries = useQueryClient();
  const asked = { order, limit, ...(fate && { fate }), ...(after && { after }) };
  const hear = useCallback(
    (event: unknown) => {
      if (isAbout(event, order)) void queries.invalidateQueries({ queryKey: ['order'] });
    },
    [queries, order],
  );
  useEvent('order', hear);
  // What is settled stays as it is: a late report of it is an event.
  return useAnswer('order', asked, {
    refetchInterval: (answer) => (answer?.open === 0 ? false : LOOK_AGAIN_MS),
  });
}

const isAbout = (event: unknown, order: string): boolean =>
  typeof event === 'object' && event !== null && 'order' in event && event.order === order;

/** Four things that a person asks of a warning: heard, on the way, in vain, nobody knows. */
export const FATE_GROUPS = {
  heard: ['finished', 'playing'],
  coming: ['accepted', 'sent'],
  vain: ['failed', 'refused', 'expired'],
  unknown: ['waiting', 'silent'],
} as const satisfies Record<string, readonly Fate[]>;
export type FateGroup = keyof typeof FATE_GROUPS;

const GROUPS = Object.keys(FATE_GROUPS) as FateGroup[];
export const groupOf = (fate: Fate): FateGroup =>
  GROUPS.find((group) => FATE_GROUPS[group].some((each) => each === fate)) ?? 'unknown';

export const countOf = (fates: Fates, group: FateGroup): number =>
  FATE_GROUPS[group].reduce((sum, fate) => sum + (fates[fate] ?? 0), 0);

export const hallsOf = (fates: Fates): number => Object.values(fates).reduce((sum, count) => sum + count, 0);
