import { type FormEvent, useState } from 'react';
import type { TroublePart } from '../../../firmware-protocol/mqtt/trouble-requests.ts';
import { useKept } from '../house/kept-input.ts';
import { timeWords } from '../time/thai-time.ts';
import { askByHttp } from '../wire/http.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { FailureLine } from './failure-line.tsx';
import { useAsked } from './use-asked.ts';
import { VILLAGE_WORDS } from './village-words.ts';

const LOOK_AGAIN_MS = 60_000;
const TEXT_MOST = 500;
const PARTS = {
  tower: 'partTower',
  panel: 'partPanel',
  power: 'partPower',
  internet: 'partInternet',
  other: 'partOther',
} as const satisfies Record<TroublePart, string>;
const NAMES = Object.keys(PARTS) as TroublePart[];

/** What is broken, in the words of who stands before it; and what was told and is not mended. */
export function ReportFault({ village }: { village: string }) {
  const say = useWords(VILLAGE_WORDS);
  const lang = useLanguage();
  const { data, again } = useAsked('troubles', { area: village }, LOOK_AGAIN_MS);
  const [part, setPart] = useState<TroublePart>('tower');
  const [text, setText, clear] = useKept(`village.fault.${village}`, '');
  const [told, setTold] = useState(false);
  const [error, setError] = useState<unknown>();
  const tell = (event: FormEvent) => {
    event.preventDefault();
    setError(undefined);
    askByHttp('troubles', { change: 'report', village, part, text: text.trim() }).then(() => {
      clear();
      setTold(true);
      again();
    }, setError);
  };
  return (
    <section className="card" aria-label={say('report')}>
      <h2>{say('report')}</h2>
      <form onSubmit={tell}>
        <label>
          {say('part')}
          <select
            value={part}
            onChange={(event) => setPart(NAMES.find((each) => each === event.currentTarget.value) ?? 'other')}
          >
            {NAMES.map((each) => (
              <option key={each} value={each}>
                {say(PARTS[each])}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say('what')}
          <textarea
            rows={2}
            maxLength={TEXT_MOST}
            placeholder={say('whatHint')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <FailureLine error={error} />
        {told && (
          <p className="good" role="status">
            ✓ {say('told')}
          </p>
        )}
        <button type="submit" className="big" disabled={text.trim() === ''}>
          {say('tell')}
        </button>
      </form>
      {(data?.troubles.length ?? 0) > 0 && (
        <>
          <h3>{say('openTroubles')}</h3>
          <ul className="list">
            {data?.troubles.map((each) => (
              <li key={each.trouble}>
                <span className="time">{timeWords(each.at, 'shortDay', lang)}</span>
                <span>
                  {say(PARTS[each.part])}: {each.text}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
