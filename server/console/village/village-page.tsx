import { useEffect, useState } from 'react';
import { leave } from '../door/leave.ts';
import { currentSession, type Session } from '../door/session.ts';
import { SessionContext } from '../door/use-session.tsx';
import { codeOf } from '../wire/failure.ts';
import { speak, useLanguage, useWords } from '../words/language.ts';
import { HallCard } from './hall-card.tsx';
import { OwnOrders } from './own-orders.tsx';
import { ReportFault } from './report-fault.tsx';
import { SpeakCard } from './speak-card.tsx';
import { TodayCard } from './today-card.tsx';
import { TypeCard } from './type-card.tsx';
import { useVillageName } from './use-village.ts';
import { VillageLogOn } from './village-log-on.tsx';
import { VILLAGE_WORDS } from './village-words.ts';

const KNOCK_AGAIN_MS = 3_000;

/** What a village head does, on a phone, inside LINE: see, speak, stop, report. */
export function VillagePage() {
  const say = useWords(VILLAGE_WORDS);
  const [session, setSession] = useState<Session | 'nobody'>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const knock = () =>
      currentSession().then(setSession, (error: unknown) => {
        if (codeOf(error) === undefined) timer = setTimeout(knock, KNOCK_AGAIN_MS);
        else setSession('nobody');
      });
    void knock();
    return () => clearTimeout(timer);
  }, []);
  if (session === undefined) return <main aria-busy="true">{say('loading')}</main>;
  if (session === 'nobody') return <VillageLogOn onIn={setSession} />;
  return (
    <SessionContext.Provider value={session}>
      <OwnVillages session={session} />
    </SessionContext.Provider>
  );
}

function OwnVillages({ session }: { session: Session }) {
  const say = useWords(VILLAGE_WORDS);
  const lang = useLanguage();
  const villages = session.areas.filter((area) => area.length === 8);
  const [chosen, setChosen] = useState(villages[0]);
  return (
    <main>
      {session.training && <p className="training">{say('training')}</p>}
      {villages.length > 1 && (
        <label>
          {say('which')}
          <select value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
            {villages.map((village) => (
              <option key={village}>{village}</option>
            ))}
          </select>
        </label>
      )}
      {chosen === undefined ? (
        <p>
          {say('noVillage')} <a href="/console/">{say('console')}</a>
        </p>
      ) : (
        <Village key={chosen} village={chosen} session={session} />
      )}
      <footer>
        <button type="button" className="plain" onClick={() => speak(lang === 'th' ? 'en' : 'th')}>
          {say('english')}
        </button>
        <button type="button" className="plain" onClick={() => void leave()}>
          {say('logOut')}
        </button>
      </footer>
    </main>
  );
}

function Village({ village, session }: { village: string; session: Session }) {
  const name = useVillageName(village);
  const maySpeak = session.rights.includes('speak');
  return (
    <>
      <h1>{name}</h1>
      <HallCard village={village} />
      <OwnOrders user={session.user} />
      {maySpeak && <SpeakCard village={village} name={name} user={session.user} />}
      {maySpeak && <TypeCard village={village} name={name} />}
      <TodayCard village={village} />
      {session.rights.includes('test') && <ReportFault village={village} />}
    </>
  );
}
