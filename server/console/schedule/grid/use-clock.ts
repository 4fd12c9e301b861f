import { clockWords } from '../../time/thai-time.ts';
import { useLanguage } from '../../words/language.ts';
import { timeOf } from './blocks.ts';

/** Minutes since midnight as people read them: 390 is `06.30` in Thai, `06:30` in English. */
export function useClock(): (minutes: number) => string {
  const language = useLanguage();
  return (minutes) => clockWords(timeOf(minutes), language);
}
