import type { AnswerTo } from '../../../firmware-protocol/mqtt/requests.ts';
import { useSession } from '../door/use-session.tsx';
import { useAnswer } from '../wire/use-wire.tsx';
import { type Language, useLanguage, useWords } from '../words/language.ts';
import { AREA_WORDS } from './area-words.ts';

export type FleetCounts = AnswerTo<'overview'>['counts'];
export type AreaPart = AnswerTo<'overview'>['parts'][number];

/** Counts change while people look. */
const COUNTS_MS = 15_000;

/** The counts of an area and of each area one step below, as far as the account may see. */
export const useOverview = (area: string, enabled = true) =>
  useAnswer('overview', { area }, { enabled, refetchInterval: COUNTS_MS });

/** The name of an area in the language of now; its code until it is known, or where nobody named it. */
export function useAreaName(area: string): string {
  const say = useWords(AREA_WORDS);
  const lang = useLanguage();
  const { data } = useAnswer(
    'overview',
    { area },
    { staleTime: Number.POSITIVE_INFINITY, enabled: area !== 'th' },
  );
  return area === 'th' ? say('nation') : (data?.[lang] ?? data?.th ?? area);
}

/** The same where counts stand beside it: of the country an account sees its own areas alone, and their sum is not called the country's. */
export function useSeenAreaName(area: string): string {
  const say = useWords(AREA_WORDS);
  const { areas } = useSession();
  const name = useAreaName(area);
  return area === 'th' && !areas.includes('th') ? say('mine') : name;
}

export const partName = (part: AreaPart, lang: Language): string => part[lang] ?? part.th ?? part.area;
