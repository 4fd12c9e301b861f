import { Misused } from '../cli.ts';
import type { Lang } from './words.ts';

type Environment = Record<string, string | undefined>;

export interface SharedOptions {
  json: boolean;
  lang: Lang;
  /** The command line without them. */
  rest: string[];
}

/** Of the environment, as the C library reads it: `LC_ALL`, then `LC_MESSAGES`, then `LANG`. */
export function languageOf(env: Environment): Lang {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG;
  return locale?.startsWith('th') ? 'th' : 'en';
}

/** `--json` and `--lang` are understood anywhere on the line, before the verb or after it, up to a `--`. Throws Misused. */
export function readShared(argv: string[], env: Environment): SharedOptions {
  const shared: SharedOptions = { json: false, lang: languageOf(env), rest: [] };
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  for (let index = 0; index < end; index++) {
    const word = argv[index] ?? '';
    if (word === '--json') shared.json = true;
    else if (word === '--lang') shared.lang = asLang(argv[++index]);
    else if (word.startsWith('--lang=')) shared.lang = asLang(word.slice('--lang='.length));
    else shared.rest.push(word);
  }
  shared.rest.push(...argv.slice(end));
  return shared;
}

function asLang(value: string | undefined): Lang {
  if (value === 'th' || value === 'en') return value;
  throw new Misused({ en: '--lang is "th" or "en"', th: '--lang ต้องเป็น "th" หรือ "en"' });
}
