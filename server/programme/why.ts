import type { Decision } from '../../firmware-protocol/content/resolver.ts';
import { REFUSED } from './under-laws.ts';

interface Words {
  en: string;
  th: string;
}

/** Why an output does with an occurrence what it does, by the first word of `because`; `other` is the title of what stood against it. */
const WHY: Record<string, (other: string) => Words> = {
  due: () => ({ en: 'its time has come', th: 'ถึงเวลาตามผัง' }),
  over: (other) => ({ en: `more urgent than "${other}", which it cuts`, th: `สำคัญกว่า "${other}" จึงออกแทรก` }),
  after: (other) => ({ en: `waits until "${other}" has ended`, th: `รอจน "${other}" จบ` }),
  'resumes-after': (other) => ({ en: `goes on after "${other}"`, th: `ออกต่อเมื่อ "${other}" จบ` }),
  'gives-up-for': (other) => ({
    en: `gives way to "${other}" and does not go on`,
    th: `หยุดให้ "${other}" และไม่ออกต่อ`,
  }),
  'expired-behind': (other) => ({
    en: `"${other}" lasted longer than it can wait`,
    th: `"${other}" ยาวเกินกว่าที่จะรอได้`,
  }),
};
const LAWS: Record<string, Words> = {
  'quiet-hours': { en: 'refused by the quiet hours of the hall', th: 'หอไม่ออกเสียงในเวลางดใช้เสียง' },
  'minutes-used': {
    en: 'refused by the hall: the minutes of sound of the day are used up',
    th: 'หอไม่ออกเสียงเพราะใช้เวลาเสียงของวันครบแล้ว',
  },
};

/** `titles`: of occurrences by their id. */
export function whyWords({ because }: Pick<Decision, 'because'>, titles: ReadonlyMap<string, string>): Words {
  if (because.startsWith(REFUSED)) return LAWS[because.slice(REFUSED.length)] ?? { en: because, th: because };
  const [word = '', id = ''] = because.split(' ');
  return WHY[word]?.(titles.get(id) ?? id) ?? { en: because, th: because };
}
