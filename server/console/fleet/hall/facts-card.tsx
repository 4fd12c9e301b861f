import { TRUST_WORDS } from '../../../../firmware-protocol/mqtt/play-words.ts';
import type { AnswerTo } from '../../../../firmware-protocol/mqtt/requests.ts';
import { clockWords } from '../../time/thai-time.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { Card } from './card.tsx';
import { HALL_WORDS, type HallWord } from './hall-words.ts';

/** What a technician asks for on the telephone. */
export function FactsCard({ hall }: { hall: AnswerTo<'devices'>['devices'][number] }) {
  const say = useWords(HALL_WORDS);
  const lang = useLanguage();
  const { state } = hall;
  const facts: [HallWord, string | undefined][] = [
    ['device', hall.device],
    ['village', hall.village],
    ['version', state?.version],
    ['update', state?.update && `${state.update.version} (${state.update.step})`],
    ['trust', state && TRUST_WORDS[state.trust][lang]],
    ['boot', state && String(state.boot)],
    ['keys', state && String(state.keys)],
    ['programmes', state?.programmes.map((each) => say('programme', each)).join(', ')],
    [
      'quiet',
      state?.laws?.quiet
        .map((window) =>
          say('quietAt', { from: clockWords(window.from, lang), until: clockWords(window.until, lang) }),
        )
        .join(', '),
    ],
    ['minutes', state?.laws && say('minutesOf', { count: state.laws.minutes_a_day })],
    ['reports', hall.reports_stored.toLocaleString('en-US')],
  ];
  return (
    <Card title={say('facts')}>
      <dl className="facts">
        {facts.map(([word, value]) =>
          value === undefined || value === '' ? null : (
            <div key={word}>
              <dt>{say(word)}</dt>
              <dd className="tabular">{value}</dd>
            </div>
          ),
        )}
      </dl>
    </Card>
  );
}
