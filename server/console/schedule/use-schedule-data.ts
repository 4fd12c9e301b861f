import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { RequestOf } from '../../../firmware-protocol/mqtt/requests.ts';
import { useWire } from '../wire/use-wire.tsx';
import { daysShown, plusDays } from './days.ts';
import { dayPlans, type Occurrences } from './grid/blocks.ts';
import type { ScheduleAddress } from './schedule-address.ts';

/** A plan that fills more pages is shown in part, and that is said. */
const PAGES = 5;

/** What the days of the view hold. While the next days are on their way the last ones stay, so that nothing jumps. */
export function useScheduleData({ area, view, day, which }: ScheduleAddress) {
  const { ask } = useWire();
  const { from, count } = daysShown(view, day);
  const below = view === 'areas' && area !== 'th';
  const request: RequestOf<'occurrences'> = { area, from, until: plusDays(from, count - 1), which, below };
  const query = useQuery({
    queryKey: ['occurrences', request],
    queryFn: ({ signal }) => allPages(request, (page) => ask('occurrences', page, signal)),
    placeholderData: (before, asked) =>
      (asked?.queryKey[1] as typeof request | undefined)?.area === area
        ? keepPreviousData(before)
        : undefined,
  });
  // What stands on other days is not drawn on these.
  const data = query.data?.from === from ? query.data : undefined;
  const days = useMemo(() => data && dayPlans(data, count), [data, count]);
  return { ...query, data, days, from, count };
}

async function allPages(
  request: RequestOf<'occurrences'>,
  ask: (page: RequestOf<'occurrences'>) => Promise<Occurrences>,
): Promise<Occurrences> {
  const first = await ask(request);
  const rows = [...first.rows];
  let { next } = first;
  for (let page = 1; next !== undefined && page < PAGES; page++) {
    const more = await ask({ ...request, after: next });
    rows.push(...more.rows);
    next = more.next;
  }
  const { next: _, ...told } = first;
  return { ...told, rows, ...(next !== undefined && { next }) };
}
