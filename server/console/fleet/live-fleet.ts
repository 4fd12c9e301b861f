import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import type { FleetEvent } from '../../../firmware-protocol/mqtt/event-messages.ts';
import type { HallRow, HallsAnswer } from '../../../firmware-protocol/mqtt/hall-requests.ts';
import { useEvent } from '../wire/use-wire.tsx';

/** Counts and lists follow the halls; of a storm they are asked for once in so long. */
const RECOUNT_MS = 2_000;

/** Halls that changed take their place in the lists that show them, at once; counts follow. */
export function useLiveFleet(): void {
  const queries = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const hear = useCallback(
    (event: unknown) => {
      const { halls, reload } = event as FleetEvent;
      replace(queries, halls);
      const stale = reload ? ['overview', 'halls', 'devices'] : ['overview'];
      timer.current ??= setTimeout(() => {
        timer.current = undefined;
        for (const name of stale) void queries.invalidateQueries({ queryKey: [name] });
      }, RECOUNT_MS);
    },
    [queries],
  );
  useEvent('fleet', hear);
  useEffect(() => () => clearTimeout(timer.current), []);
}

/** What the page of a hall asks of it. */
const OF_ONE_HALL: readonly unknown[] = ['devices', 'screen', 'reports'];

function replace(queries: QueryClient, halls: readonly HallRow[]): void {
  const fresh = new Map(halls.map((hall) => [hall.device, hall]));
  void queries.invalidateQueries({
    predicate: ({ queryKey: [what, request] }) =>
      OF_ONE_HALL.includes(what) && fresh.has((request as { device?: string } | undefined)?.device ?? ''),
  });
  queries.setQueriesData<HallsAnswer>({ queryKey: ['halls'] }, (answer) =>
    answer?.halls.some(({ device }) => fresh.has(device))
      ? { ...answer, halls: answer.halls.map((hall) => fresh.get(hall.device) ?? hall) }
      : answer,
  );
}
