import { Notifications } from '@mantine/notifications';
import '@mantine/dates/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { roomRouter } from '../house/router.tsx';
import { LiveLine } from '../wire/live.ts';
import { WireContext } from '../wire/use-wire.tsx';
import { mayRetry, type Wire, wireOver } from '../wire/wire.ts';
import type { Session } from './session.ts';
import { StepUp } from './step-up.tsx';
import { SessionContext } from './use-session.tsx';

/** An unanswered question is asked again, with pauses; a refused one is not. */
const RETRIES = 3;
/** What was read is fresh for so long: going back and forth between rooms asks nothing. */
const FRESH_MS = 10_000;

/** The house and its wires, for who is logged on; loaded while the password is typed. */
export default function Inside({ session }: { session: Session }) {
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
