import { Center, Loader } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { roomRouter } from '../house/router.tsx';
import { codeOf } from '../wire/failure.ts';
import { LiveLine } from '../wire/live.ts';
import { WireContext } from '../wire/use-wire.tsx';
import { mayRetry, type Wire, wireOver } from '../wire/wire.ts';
import { useWords } from '../words/language.ts';
import { DOOR_WORDS } from './door-words.ts';
import { LogOnPage } from './log-on-page.tsx';
import { currentSession, type Session } from './session.ts';
import { StepUp } from './step-up.tsx';
import { SessionContext } from './use-session.tsx';

/** An unanswered question is asked again, with pauses; a refused one is not. */
const RETRIES = 3;
/** What was read is fresh for so long: going back and forth between rooms asks nothing. */
const FRESH_MS = 10_000;
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

  if (session === 'unknown')
    return (
      <Center mih="100dvh">
        <Loader aria-label={say('loading')} />
      </Center>
    );
  if (session === 'nobody') return <LogOnPage onIn={setSession} />;
  return <Inside session={session} />;
}

function Inside({ session }: { session: Session }) {
  const [{ wire, queries, router }] = useState(() => ({
    wire: wireOver(new LiveLine(session.user, session.training)) satisfies Wire,
    router: roomRouter(),
    queries: new QueryClient({
      defaultOptions: {
        queries: { staleTime: FRESH_MS, retry: (count, error) => mayRetry(error) && count < RETRIES },
      },
    }),
  }));
  useEffect(() => {
    wire.live.start();
    return () => wire.live.stop();
  }, [wire]);
  return (
    <SessionContext.Provider value={session}>
      <WireContext.Provider value={wire}>
        <QueryClientProvider client={queries}>
          {/* Not over the stop button. */}
          <Notifications position="bottom-right" />
          <StepUp>
            <RouterProvider router={router} />
          </StepUp>
        </QueryClientProvider>
      </WireContext.Provider>
    </SessionContext.Provider>
  );
}
