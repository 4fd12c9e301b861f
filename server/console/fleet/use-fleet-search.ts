import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { homeOf } from '../areas/area-address.ts';
import { useSession } from '../door/use-session.tsx';
import { type FleetSearch, readFleet, writeFleet } from './fleet-search.ts';

/** What the address asks for, and the way to ask for something else. Another area is a step back, a typed letter is none. */
export function useFleetSearch(): [search: FleetSearch, change: (part: Partial<FleetSearch>) => void] {
  const home = homeOf(useSession().areas);
  const raw: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const search = useMemo(() => readFleet(raw, home), [raw, home]);
  const change = (part: Partial<FleetSearch>) =>
    void navigate({
      to: '/',
      search: writeFleet({ ...search, ...part }, home),
      replace: part.area === undefined,
    });
  return [search, change];
}
