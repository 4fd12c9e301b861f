import { useState } from 'react';
import { timeWords } from '../time/thai-time.ts';
import { askByHttp } from '../wire/http.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { FailureLine } from './failure-line.tsx';
import { useAsked } from './use-asked.ts';
import { VILLAGE_WORDS } from './village-words.ts';

const LOOK_AGAIN_MS = 5_000;

/** What this account said and is not over; each can be stopped with one press: silence harms nobody. */
export function OwnOrders({ user }: { user: string }) {
  const say = useWords(VILLAGE_WORDS);
  const lang = useLanguage();
  const { data, again } = useAsked('orders', { live: true, kinds: ['announce', 'test'] }, LOOK_AGAIN_MS);
  const [error, setError] = useState<unknown>();
  const own = (data?.orders ?? []).filter(({ by }) => by === user);
  const stop = (order: string) => {
    setError(undefined);
    askByHttp('stop', { order }).then(again, setError);
  };
  return (
    <section className="card" aria-label={say('mine')}>
      <h2>{say('mine')}</h2>
      {data !== undefined && own.length === 0 && <p>{say('mineNone')}</p>}
      <FailureLine error={error} />
      <ul className="list">
        {own.map(({ order, title, issued_at }) => (
          <li key={order}>
            <span className="time">{timeWords(issued_at, 'time', lang)}</span>
            <span className="grow">{title}</span>
            <button type="button" className="stop" onClick={() => stop(order)}>
              {say('stop')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
