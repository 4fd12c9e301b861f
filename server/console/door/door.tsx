import { Center, Loader } from '@mantine/core';
import { lazy, Suspense, useEffect, useState } from 'react';
import { codeOf } from '../wire/failure.ts';
import { useWords } from '../words/language.ts';
import { DOOR_WORDS } from './door-words.ts';
import { LogOnPage } from './log-on-page.tsx';
import { currentSession, type Session } from './session.ts';

const loadInside = () => import('./inside.tsx');
const Inside = lazy(loadInside);

/** Between attempts to learn who is logged on, while the server is away. */
const KNOCK_AGAIN_MS = 3_000;

/** Everything behind the log-on. */
export function Door() {
  const say = useWords(DOOR_WORDS);
  const [session, setSession] = useState<Session | 'unknown' | 'nobody'>('unknown');
  useEffect(() => {
    if (session !== 'unknown') return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const knock = () =>
      currentSession().then(setSession, (error: unknown) => {
        if (codeOf(error) === undefined) timer = setTimeout(knock, KNOCK_AGAIN_MS);
        else setSession('nobody');
      });
    knock();
    return () => clearTimeout(timer);
  }, [session]);

  const opening = (
    <Center mih="100dvh">
      <Loader aria-label={say('loading')} />
    </Center>
  );
  useEffect(() => {
    void loadInside();
  }, []);
  if (session === 'unknown') return opening;
  if (session === 'nobody') return <LogOnPage onIn={setSession} />;
  return (
    <Suspense fallback={opening}>
      <Inside session={session} />
    </Suspense>
  );
}
