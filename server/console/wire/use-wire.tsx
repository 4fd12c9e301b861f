import { keepPreviousData, type Query, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useSyncExternalStore } from 'react';
import type { AnswerTo, RequestName, RequestOf } from '../../../firmware-protocol/mqtt/requests.ts';
import type { LineState } from './live.ts';
import type { Wire } from './wire.ts';

export const WireContext = createContext<Wire | undefined>(undefined);

export function useWire(): Wire {
  const wire = useContext(WireContext);
  if (wire === undefined) throw new Error('useWire is used outside of its provider');
  return wire;
}

/** The answer to a question, kept and asked again when it is old: `const { data } = useAnswer('overview', { area })`. */
export function useAnswer<N extends RequestName>(
  what: N,
  request: RequestOf<N>,
  {
    keep = false,
    refetchInterval,
    ...options
  }: {
    enabled?: boolean;
    /** ms; of the answer before, where it depends on it. */
    refetchInterval?: number | ((answer: AnswerTo<N> | undefined) => number | false);
    staleTime?: number;
    /** While somebody types, the answer before stays until the next is there: nothing jumps. */
    keep?: boolean;
  } = {},
) {
  const { ask } = useWire();
  return useQuery<AnswerTo<N>>({
    queryKey: [what, request],
    queryFn: ({ signal }) => ask(what, request, signal),
    ...(keep && { placeholderData: keepPreviousData }),
    ...(refetchInterval !== undefined && {
      refetchInterval:
        typeof refetchInterval === 'number'
          ? refetchInterval
          : ({ state }: Query<AnswerTo<N>>) => refetchInterval(state.data),
    }),
    ...options,
  });
}

/** Something that changes the world; afterwards what it `touches` is asked again. */
export function useOrder<N extends RequestName>(what: N, touches: RequestName[] = []) {
  const { tell } = useWire();
  const queries = useQueryClient();
  return useMutation<AnswerTo<N>, unknown, RequestOf<N>>({
    mutationFn: (request) => tell(what, request),
    onSettled: () => Promise.all(touches.map((name) => queries.invalidateQueries({ queryKey: [name] }))),
  });
}

/** The state of the MQTT session, as it is now. */
export function useLineState(): LineState {
  const { live } = useWire();
  return useSyncExternalStore(
    (changed) => live.onState(changed),
    () => live.state,
  );
}

/** Calls for each event of the operator's own topic: `useEvent('approvals', …)`. */
export function useEvent(what: string, hear: (event: unknown) => void): void {
  const { live } = useWire();
  useEffect(
    () =>
      live.onMessage(({ topic, payload, way }) => {
        if (way === 'in' && topic.endsWith(`/event/${what}`)) hear(JSON.parse(payload));
      }),
    [live, what, hear],
  );
}

/** Asks again what an event makes old: `useAgainAfter('approvals', 'approvals', 'orders')`. */
export function useAgainAfter(what: string, ...names: RequestName[]): void {
  const queries = useQueryClient();
  const stale = names.join();
  const again = useCallback(() => {
    for (const name of stale.split(',')) void queries.invalidateQueries({ queryKey: [name] });
  }, [queries, stale]);
  useEvent(what, again);
}
