import i18next, { type TFunction } from 'i18next';
import { useSyncExternalStore } from 'react';

/** The words of the console: Thai first, English at a switch. Each room brings its own table. */
const LANGUAGES = ['th', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const KEPT_AS = 'prakat.language';

/**
 * Words of one room: the same keys in both languages; `{{name}}` stands for a value, `{{count, number}}` for one with commas. What is counted
 * is called `count`: of one, English says `key_one` where it is there. Thai has no plural.
 */
export interface RoomWords<K extends string = string> {
  room: string;
  th: Record<K, string>;
  en: English<K>;
}
type English<K extends string> = Record<K, string> & { [One in `${K}_one`]?: string };

/** Checks that both tables have the same keys, in types; a test checks that neither is empty, and that one of a thing is not said as many. */
export function roomWords<const T extends Record<string, string>>(
  room: string,
  th: T,
  en: English<keyof T & string>,
): RoomWords<keyof T & string> {
  return { room, th: th as Record<keyof T & string, string>, en };
}

export async function startWords(): Promise<void> {
  const kept = localStorage.getItem(KEPT_AS);
  await i18next.init({
    lng: kept === 'en' ? 'en' : 'th',
    fallbackLng: 'th',
    resources: {},
    // React escapes what it shows.
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = language();
}

export const language = (): Language => (i18next.language === 'en' ? 'en' : 'th');

export async function speak(next: Language): Promise<void> {
  localStorage.setItem(KEPT_AS, next);
  document.documentElement.lang = next;
  await i18next.changeLanguage(next);
}

export function useLanguage(): Language {
  return useSyncExternalStore((changed) => {
    i18next.on('languageChanged', changed);
    return () => i18next.off('languageChanged', changed);
  }, language);
}

export type Say<K extends string> = (key: K, values?: Record<string, string | number>) => string;

/** `const say = useWords(FLEET_WORDS); say('online')`: the words of a room in the language of now. */
export function useWords<K extends string>(words: RoomWords<K>): Say<K> {
  return wordsIn(words, useLanguage());
}

export function wordsIn<K extends string>(words: RoomWords<K>, lang: Language): Say<K> {
  for (const each of LANGUAGES)
    if (!i18next.hasResourceBundle(each, words.room))
      i18next.addResourceBundle(each, words.room, words[each]);
  const t: TFunction = i18next.getFixedT(lang, words.room);
  return (key, values) => t(key, values ?? {});
}
