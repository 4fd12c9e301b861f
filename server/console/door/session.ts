import type { SessionAnswer } from '../../../firmware-protocol/http/session.ts';
import { exchange } from '../wire/http.ts';

/** Who is logged on, and what the server is; `GET /session`. */
export type Session = SessionAnswer;

export const currentSession = (): Promise<Session> => exchange<Session>('/session');

export const logOn = (user: string, password: string): Promise<Session> =>
  exchange<Session>('/session', { method: 'POST', body: JSON.stringify({ user, password }) });

export const logOut = (): Promise<void> => exchange<void>('/session', { method: 'DELETE' });

/** A one-time code makes a first password, or a new one. */
export const choosePassword = (user: string, code: string, password: string): Promise<void> =>
  exchange<void>('/first-login', { method: 'POST', body: JSON.stringify({ user, code, password }) });
