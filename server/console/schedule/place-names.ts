import type { AnswerTo } from '../../../firmware-protocol/mqtt/requests.ts';
import type { Language } from '../words/language.ts';

/** Names of places, which have commas of their own; the code of one that the answer does not name. */
export const namesIn = (
  codes: readonly string[],
  names: AnswerTo<'hearing'>['names'],
  language: Language,
): string => codes.map((code) => names?.[code]?.[language] ?? code).join(' · ');
