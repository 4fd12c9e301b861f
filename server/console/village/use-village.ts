import { useLanguage } from '../words/language.ts';
import { useAsked } from './use-asked.ts';

/** Names do not change while a page is open. */
const ONCE_A_DAY_MS = 86_400_000;

/** As the province's table of villages calls it; else its number and tambon; its code until that is known. */
export function useVillageName(village: string): string {
  const lang = useLanguage();
  const { data: listed } = useAsked('places', { area: village }, ONCE_A_DAY_MS);
  const { data: named } = useAsked('overview', { area: village }, ONCE_A_DAY_MS);
  return listed?.villages.find((each) => each.village === village)?.name ?? named?.[lang] ?? village;
}
