import { NativeSelect, ScrollArea, Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { contains } from '../../../firmware-protocol/content/area.ts';
import { homeOf } from '../areas/area-address.ts';
import { AreaTree } from '../areas/area-tree.tsx';
import { AREA_WORDS } from '../areas/area-words.ts';
import { MAP_COLORINGS } from '../areas/map-scale.ts';
import { useOverview } from '../areas/use-area.ts';
import { useSession } from '../door/use-session.tsx';
import { useWords } from '../words/language.ts';
import type { FleetSearch } from './fleet-search.ts';

/** Heavier than the rest of the room: the list does not wait for it. */
const ProvinceMap = lazy(async () => ({ default: (await import('../areas/province-map.tsx')).ProvinceMap }));

interface Props {
  search: FleetSearch;
  change: (part: Partial<FleetSearch>) => void;
  onChoose: (area: string) => void;
}

/** Map and tree of the same country: what is chosen in one is marked in the other. */
export function AreaChooser({ search: { area, map }, change, onChoose }: Props) {
  const say = useWords(AREA_WORDS);
  const { data } = useOverview('th');
  const home = homeOf(useSession().areas);
  // Of a district's account the map knows the province alone.
  const pick = (picked: string) => onChoose(contains(picked, home) ? home : picked);
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label={say('coloring')}
        value={map}
        data={MAP_COLORINGS.map((value) => ({ value, label: say(value) }))}
        onChange={({ currentTarget: { value } }) =>
          change({ map: MAP_COLORINGS.find((coloring) => coloring === value) ?? 'heard' })
        }
      />
      <Suspense fallback={<Skeleton height="var(--map-height, 50vh)" />}>
        <ProvinceMap
          parts={data?.parts ?? []}
          marked={area === 'th' ? [] : [area]}
          coloring={map}
          onPick={pick}
        />
      </Suspense>
      <ScrollArea className="fleet-tree" type="auto">
        <AreaTree roots={[home]} chosen={[area]} onChoose={([chosen = home]) => onChoose(chosen)} />
      </ScrollArea>
    </>
  );
}
