import { timeWords } from '../time/thai-time.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { FailureLine } from './failure-line.tsx';
import { useAsked } from './use-asked.ts';
import { VILLAGE_WORDS } from './village-words.ts';

const LOOK_AGAIN_MS = 5 * 60_000;

/** The next 24 hours as the box itself will decide them: what plays, and what does not and why. */
export function TodayCard({ village }: { village: string }) {
  const say = useWords(VILLAGE_WORDS);
  const lang = useLanguage();
  const { data, error } = useAsked('explain', { who: village, hours: 24 }, LOOK_AGAIN_MS);
  return (
    <section className="card" aria-label={say('today')}>
      <h2>{say('today')}</h2>
      {data === undefined && <FailureLine error={error} />}
      {data?.plan.length === 0 && <p>{say('todayNone')}</p>}
      <ul className="list">
        {data?.plan.map((each) => (
          <li key={`${each.play} ${each.output} ${each.starts}`}>
            <span className="time">{timeWords(each.starts, 'time', lang)}</span>
            <span>
              {each.title} <small>{say(each.output)}</small>
              {each.verdict !== 'plays' && (
                <small className="bad">{say('quiet', { why: each.why?.[lang] ?? each.because })}</small>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
