import { thaiClock, thaiTime } from '../../../firmware-protocol/content/thai-clock.ts';
import type { Language } from '../words/language.ts';

/** Times as people here read them: พ.ศ. and 18.30 น. in Thai, Bangkok wherever the browser stands. */
const ZONE = { timeZone: 'Asia/Bangkok' } as const;
const LOCALE: Record<Language, string> = { th: 'th-TH-u-ca-buddhist', en: 'en-GB' };

const FORMS = {
  time: { hour: '2-digit', minute: '2-digit' },
  clock: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  day: { day: 'numeric', month: 'short', year: 'numeric' },
  shortDay: { day: 'numeric', month: 'short' },
  weekday: { weekday: 'long', day: 'numeric', month: 'long' },
  weekdayShort: { weekday: 'short' },
  weekdayNarrow: { weekday: 'narrow' },
  weekdayLong: { weekday: 'long' },
  weekdayShortDay: { weekday: 'short', day: 'numeric', month: 'short' },
  weekdayDay: { weekday: 'long', day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  monthShort: { month: 'short' },
  year: { year: 'numeric' },
  moment: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
export type TimeForm = keyof typeof FORMS;

const formats = new Map<string, Intl.DateTimeFormat>();

/** `at` is an instant of the wire or epoch ms. */
export function timeWords(at: string | number | Date, form: TimeForm, language: Language): string {
  const instant = new Date(at);
  if (language === 'th' && form === 'time') return thaiTime(instant.getTime());
  if (language === 'th' && form === 'moment')
    return `${timeWords(instant, 'day', 'th')} ${thaiTime(instant.getTime())}`;
  const key = `${language} ${form}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(LOCALE[language], { ...FORMS[form], ...ZONE });
  formats.set(key, format);
  return format.format(instant);
}

/** From one time of day to another: `18.30–18.45 น.`; where both are the same, that one. */
export function spanWords(from: string | number, until: string | number, language: Language): string {
  const [first, last] = [timeWords(from, 'time', language), timeWords(until, 'time', language)];
  return first === last ? first : `${first.replace(' น.', '')}–${last}`;
}

/** The same, with seconds where one of them has some: `18:30:00–18:30:25`. */
export function exactSpanWords(from: string, until: string, language: Language): string {
  if ([from, until].every((at) => Date.parse(at) % 60_000 === 0)) return spanWords(from, until, language);
  const [first, last] = [timeWords(from, 'clock', language), timeWords(until, 'clock', language)];
  return first === last ? first : `${first}–${last}`;
}

/** `06:30` as a field, an address or the wire has it -> `06.30` in a Thai text. */
export function clockWords(time: string, language: Language): string {
  return language === 'th' ? thaiClock(time) : time;
}

const STEPS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** `5 นาทีที่ผ่านมา`, `2 hours ago`. What was is never ahead, though the clock that wrote it be. */
export function agoWords(at: string | number, now: number, language: Language): string {
  const seconds = Math.min(0, Math.round((new Date(at).getTime() - now) / 1_000));
  const [unit, size] = STEPS.find(([, each]) => Math.abs(seconds) >= each) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.round(seconds / size), unit);
}

/** `1:05` for 65,000 ms. */
export function lengthWords(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60)];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
