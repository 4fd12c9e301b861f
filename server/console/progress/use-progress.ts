import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Fate } from '../../../firmware-protocol/mqtt/order-requests.ts';
import type { AnswerTo } from '../../../firmware-protocol/mqtt/requests.ts';
import { useAnswer, useEvent } from '../wire/use-wire.tsx';

export type Fates = AnswerTo<'order'>['fates'];

/** While more may come; an event makes it come sooner. */
const LOOK_AGAIN_MS = 2_000;

/** How an order fares, as it changes. Without `fate` all halls are counted and the first of them told. */
export function useProgress(order: string, { fate, limit = 200 }: { fate?: Fate; limit?: number } = {}) {
  const queries = useQueryClient();
  const asked = { order, limit, ...(fate && { fate }) };
  const hear = useCallback(
    (event: unknown) => {
      if (isAbout(event, order)) void queries.invalidateQueries({ queryKey: ['order'] });
    },
    [queries, order],
  );
  useEvent('order', hear);
  return useAnswer('order', asked, { refetchInterval: LOOK_AGAIN_MS });
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

export const countOf = (fates: Fates, group: FateGroup): number =>
  FATE_GROUPS[group].reduce((sum, fate) => sum + (fates[fate] ?? 0), 0);

export const hallsOf = (fates: Fates): number => Object.values(fates).reduce((sum, count) => sum + count, 0);
