import { type Query, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { OrderEvent } from '../../../firmware-protocol/mqtt/event-messages.ts';
import type { Fate } from '../../../firmware-protocol/mqtt/order-requests.ts';
import type { AnswerTo, RequestOf } from '../../../firmware-protocol/mqtt/requests.ts';
import { useAnswer, useEvent, useLineState } from '../wire/use-wire.tsx';

export type Fates = AnswerTo<'order'>['fates'];

/** While more may come. An event tells it sooner, as long as the line that brings them is up. */
const LOOK_AGAIN_MS = { up: 5_000, down: 2_000 } as const;

/**
 * How an order fares, as it changes. Without `limit` it is counted and no hall is told; `fate`: only halls that fare so; `after`: the
 * next page. Counts come with the events; only who shows halls asks again for each.
 */
export function useProgress(
  order: string,
  { fate, after, limit = 1 }: { fate?: Fate; after?: string; limit?: number } = {},
) {
  const queries = useQueryClient();
  const line = useLineState();
  const hear = useCallback(
    (event: unknown) => {
      if (isAbout(event, order)) take(event, queries);
    },
    [queries, order],
  );
  useEvent('order', hear);
  // What is settled stays as it is: a late report of it is an event.
  const asked = { order, limit, ...(fate && { fate }), ...(after && { after }) };
  return useAnswer('order', asked, {
    refetchInterval: (answer) => (answer?.open === 0 ? false : LOOK_AGAIN_MS[line === 'up' ? 'up' : 'down']),
  });
}

function take({ order, fates, open }: OrderEvent, queries: QueryClient): void {
  const asked = ({ queryKey }: Query) => queryKey[1] as RequestOf<'order'>;
  const counts = (query: Query) => asked(query).order === order;
  const lists = (query: Query) => counts(query) && asked(query).limit !== 1;
  queries.setQueriesData<AnswerTo<'order'>>(
    { queryKey: ['order'], predicate: counts },
    (known) => known && { ...known, fates, open },
  );
  void queries.invalidateQueries({ queryKey: ['order'], predicate: lists });
}

const isAbout = (event: unknown, order: string): event is OrderEvent =>
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
