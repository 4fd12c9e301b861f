import { useAnswer } from '../wire/use-wire.tsx';
import { useLanguage } from '../words/language.ts';
import { useAreaName } from './use-area.ts';

/** Names of places change once in years. */
const NAMES_MS = Number.POSITIVE_INFINITY;

/** An area and the areas one step below it by the list of villages, also where no hall stands yet. */
export const useListedAreas = (area: string, enabled = true) =>
  useAnswer('coverage', { area }, { enabled, staleTime: NAMES_MS });

/** The name of an area, also where no hall stands yet. */
export function useListedName(area: string): string {
  const language = useLanguage();
  const name = useAreaName(area);
  const isKnown = name !== area;
  const { data } = useListedAreas(area, !isKnown);
  return isKnown ? name : (data?.[language] ?? area);
}
