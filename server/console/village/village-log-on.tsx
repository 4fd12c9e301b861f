import { type FormEvent, useState } from 'react';
import { logOn, type Session } from '../door/session.ts';
import { useWords } from '../words/language.ts';
import { FailureLine } from './failure-line.tsx';
import { VILLAGE_WORDS } from './village-words.ts';

export function VillageLogOn({ onIn }: { onIn: (session: Session) => void }) {
  const say = useWords(VILLAGE_WORDS);
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const enter = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    setBusy(true);
    logOn(String(typed.get('user')).trim(), String(typed.get('password'))).then(onIn, (failed: unknown) => {
      setError(failed);
      setBusy(false);
    });
  };
  return (
    <main>
      <form className="card" onSubmit={enter}>
        <h1>{say('title')}</h1>
        <label>
          {say('user')}
          <input name="user" autoComplete="username" autoCapitalize="none" required />
        </label>
        <label>
          {say('password')}
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        <FailureLine error={error} />
        <button type="submit" className="big" disabled={busy}>
          {say('logOn')}
        </button>
      </form>
    </main>
  );
}
