import { useAsked } from './use-asked.ts';

/** Names do not change while a page is open. */
const ONCE_A_DAY_MS = 86_400_000;

/** As the province's table of villages calls it; its code until that is known. */
export function useVillageName(village: string): string {
  const { data } = useAsked('places', { area: village }, ONCE_A_DAY_MS);
  return data?.villages.find((each) => each.village === village)?.name ?? village;
}
