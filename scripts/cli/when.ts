import type { Lang } from './words.ts';

const LOCALES: Record<Lang, string> = { th: 'th-TH-u-ca-buddhist', en: 'en-GB' };

/** An instant as people of Thailand write it down, with the year of their calendar. */
export function when(instant: string | number, lang: Lang): string {
  return new Intl.DateTimeFormat(LOCALES[lang], {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Asia/Bangkok',
  }).format(new Date(instant));
}
