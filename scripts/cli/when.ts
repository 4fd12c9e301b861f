import { thaiTime } from '../../firmware-protocol/content/thai-clock.ts';
import type { Lang } from './words.ts';

const THAI = 'th-TH-u-ca-buddhist';

/** An instant as people of Thailand write it down, with the year of their calendar: `27 พ.ย. 2569 03.40 น.`, `27 Nov 2026, 03:40`. */
export function when(instant: string | number, lang: Lang): string {
  const at = new Date(instant);
  const inThailand = { dateStyle: 'medium', timeZone: 'Asia/Bangkok' } as const;
  if (lang === 'th')
    return `${new Intl.DateTimeFormat(THAI, inThailand).format(at)} ${thaiTime(at.getTime())}`;
  return new Intl.DateTimeFormat('en-GB', { ...inThailand, timeStyle: 'short' }).format(at);
}
