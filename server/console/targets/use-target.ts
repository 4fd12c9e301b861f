import { parentOf } from '../../../firmware-protocol/content/area.ts';
import { useAreaName, useOverview } from '../areas/use-area.ts';
import { useAnswer } from '../wire/use-wire.tsx';
import { useWords } from '../words/language.ts';
import { groupOf, hallOf } from './target-set.ts';
import { TARGET_WORDS } from './target-words.ts';

interface KnownTarget {
  name: string;
  /** Halls in it; undefined until it is known. */
  halls: number | undefined;
}

/** What a chosen target is called, and how many halls it reaches. */
export function useTarget(target: string): KnownTarget {
  const say = useWords(TARGET_WORDS);
  const [group, hall] = [groupOf(target), hallOf(target)];
  const area = group === undefined && hall === undefined ? target : 'th';
  const areaName = useAreaName(area);
  const { data: around } = useOverview(parentOf(area) ?? 'th', area === target);
  const { data: groups } = useGroups(group !== undefined);
  const hallName = useHallName(hall);
  if (group !== undefined) {
    const known = groups?.groups.find((each) => each.group === group);
    return { name: say('group', { name: known?.title ?? group }), halls: known?.devices };
  }
  if (hall !== undefined) return { name: hallName ?? hall, halls: 1 };
  const counts = area === 'th' ? around?.counts : around?.parts.find((part) => part.area === area)?.counts;
  return { name: areaName, halls: counts?.halls };
}

/** Groups change when a table is imported. */
const GROUPS_MS = 60_000;
export const useGroups = (enabled = true) => useAnswer('groups', {}, { enabled, staleTime: GROUPS_MS });

/** A name stays as it is while somebody chooses. */
const NAME_MS = 300_000;

function useHallName(device: string | undefined): string | undefined {
  const { data } = useAnswer(
    'devices',
    { area: 'th', ...(device !== undefined && { device }) },
    { enabled: device !== undefined, staleTime: NAME_MS },
  );
  return data?.devices.find((row) => row.device === device)?.name;
}
