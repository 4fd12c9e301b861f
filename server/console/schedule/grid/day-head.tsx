import { IconFlag, IconMoon, IconStar } from '@tabler/icons-react';
import { type TimeForm, timeWords } from '../../time/thai-time.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { SCHEDULE_WORDS } from '../schedule-words.ts';
import type { DayPlan } from './blocks.ts';

/** What a day is: a holiday, wan phra, a day of an imported calendar; by mark and word. */
export function DayMarks({ is }: Pick<DayPlan, 'is'>) {
  const say = useWords(SCHEDULE_WORDS);
  return is.map(({ calendar, title }) => {
    const [Sign, what] =
      calendar === 'public-holiday'
        ? [IconFlag, say('holiday')]
        : calendar === 'wan-phra'
          ? [IconMoon, say('wanPhra')]
          : [IconStar, calendar];
    const words = title === '' || title === what ? what : `${what}: ${title}`;
    return (
      <span key={`${calendar} ${title}`} className="plan-mark" data-calendar={calendar} title={words}>
        <Sign size={12} aria-hidden />
        <span>{calendar === 'wan-phra' ? say('wanPhra') : title || what}</span>
      </span>
    );
  });
}

/** `จ. 30 พ.ย.`; a day of the plan is an instant at noon in Thailand. */
export function useDayName(form: TimeForm): (day: string) => string {
  const language = useLanguage();
  return (day) => timeWords(`${day}T12:00:00+07:00`, form, language);
}
