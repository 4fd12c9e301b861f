import { useQueryClient } from '@tanstack/react-query';
import { parentOf } from '../../../firmware-protocol/content/area.ts';
import type { AnswerTo } from '../../../firmware-protocol/mqtt/requests.ts';
import { useAreaName, useOverview } from '../areas/use-area.ts';
import { useAnswer } from '../wire/use-wire.tsx';
import { useWords } from '../words/language.ts';
import { groupOf, hallOf } from './target-set.ts';
import { TARGET_WORDS } from './target-words.ts';

type HallRow = AnswerTo<'devices'>['devices'][number];

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

/** Presence changes while people look; a list of names need not follow each second. */
const HALLS_MS = 30_000;
export const useHalls = (area: string, enabled = true) =>
  useAnswer('devices', { area }, { enabled, staleTime: HALLS_MS });

/** From a list that was read; undefined where none had it. */
function useHallName(device: string | undefined): string | undefined {
  const queries = useQueryClient();
  if (device === undefined) return undefined;
  const lists = queries.getQueriesData<AnswerTo<'devices'>>({ queryKey: ['devices'] });
  const rows = lists.flatMap(([, answer]): HallRow[] => answer?.devices ?? []);
  return rows.find((row) => row.device === device)?.name;
}
