import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { HallRow, HallsAnswer } from '../../../firmware-protocol/mqtt/hall-requests.ts';
import type { RequestOf } from '../../../firmware-protocol/mqtt/requests.ts';
import { useWire } from '../wire/use-wire.tsx';
import { useLanguage } from '../words/language.ts';
import type { FleetSearch } from './fleet-search.ts';

/** Rows of one question: some screens full, so that slow scrolling asks rarely and fast scrolling asks little. */
const PAGE = 100;
/** Changes are told by events; this mends what an event that was lost would leave. */
const AGAIN_MS = 30_000;

export interface HallWindow {
  /** Undefined: nothing is known yet. */
  total: number | undefined;
  /** Undefined: not here yet. */
  rowAt: (index: number) => HallRow | undefined;
  nameOf: (area: string) => string | undefined;
  error: unknown;
}

export function filterOf({ area, q, only, sort, descending }: FleetSearch): RequestOf<'halls'> {
  const search = q.trim();
  return { area, ...(search !== '' && { search }), ...(only.length > 0 && { only }), sort, descending };
}

/** The first page of a list, and the way to ask for others. */
function useHallPages(search: FleetSearch) {
  const { ask } = useWire();
  const filter = useMemo(() => filterOf(search), [search]);
  const questionOf = (page: number) => {
    const request = { ...filter, skip: page * PAGE, limit: PAGE };
    return {
      queryKey: ['halls', request],
      queryFn: ({ signal }: { signal: AbortSignal }) => ask('halls', request, signal),
      refetchInterval: AGAIN_MS,
    };
  };
  // Its length keeps its place while the next one is on the way: nothing jumps.
  const head = useQuery<HallsAnswer>({ ...questionOf(0), placeholderData: keepPreviousData });
  return { head, questionOf };
}

/** How many halls a list has; undefined: not known yet. */
export function useHallTotal(search: FleetSearch): number | undefined {
  return useHallPages(search).head.data?.total;
}

/** The rows `first` to `last` of a list, of which the server sends those pages alone. */
export function useHallWindow(search: FleetSearch, first: number, last: number): HallWindow {
  const lang = useLanguage();
  const { head, questionOf } = useHallPages(search);
  const from = Math.floor(first / PAGE);
  const pages = Array.from({ length: Math.floor(last / PAGE) - from + 1 }, (_, at) => from + at);
  const answers = useQueries({ queries: pages.map(questionOf) });
  const read = new Map(pages.map((page, at) => [page, answers[at]?.data]));
  const nameOf = (area: string) => {
    for (const answer of [head.data, ...read.values()]) {
      const place = answer?.places.find((each) => each.area === area);
      if (place !== undefined) return place[lang];
    }
    return undefined;
  };
  return {
    total: head.data?.total,
    rowAt: (index) => read.get(Math.floor(index / PAGE))?.halls[index % PAGE],
    nameOf,
    error: head.error ?? answers.find(({ error }) => error !== null)?.error,
  };
}
