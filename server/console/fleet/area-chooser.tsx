import { ScrollArea, Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { contains } from '../../../firmware-protocol/content/area.ts';
import { homeOf } from '../areas/area-address.ts';
import { AreaTree } from '../areas/area-tree.tsx';
import { useOverview } from '../areas/use-area.ts';
import { useSession } from '../door/use-session.tsx';

/** Heavier than the rest of the room: the list does not wait for it. */
const ProvinceMap = lazy(async () => ({ default: (await import('../areas/province-map.tsx')).ProvinceMap }));

/** Map and tree of the same country: what is chosen in one is marked in the other. */
export function AreaChooser({ area, onChoose }: { area: string; onChoose: (area: string) => void }) {
  const { data } = useOverview('th');
  const home = homeOf(useSession().areas);
  // Of a district's account the map knows the province alone.
  const pick = (picked: string) => onChoose(contains(picked, home) ? home : picked);
  return (
    <>
      <Suspense fallback={<Skeleton height="var(--map-height, 50vh)" />}>
        <ProvinceMap parts={data?.parts ?? []} marked={area === 'th' ? [] : [area]} onPick={pick} />
      </Suspense>
      <ScrollArea className="fleet-tree" type="auto">
        <AreaTree roots={[home]} chosen={[area]} onChoose={([chosen = home]) => onChoose(chosen)} />
      </ScrollArea>
    </>
  );
}
