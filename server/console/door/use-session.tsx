import { createContext, useContext } from 'react';
import type { Session } from './session.ts';

export const SessionContext = createContext<Session | undefined>(undefined);

/** Who is logged on. Only below the door. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('useSession is used outside of the door');
  return session;
}

/** Whether the account's roles allow something; the server decides, this only hides what it would refuse. */
export const useRight = (right: string): boolean => useSession().rights.includes(right);
