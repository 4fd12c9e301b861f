export type Lang = 'th' | 'en';

/** What people read, in both languages. */
export interface Words {
  en: string;
  th: string;
}
