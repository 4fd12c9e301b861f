import type { ROLE_NAMES } from '../../../firmware-protocol/mqtt/people-requests.ts';
import { exchange } from '../wire/http.ts';

/** Who is logged on, and what the server is; `GET /session`. */
export interface Session {
  user: string;
  roles: (typeof ROLE_NAMES)[number][];
  areas: string[];
  /** What the roles allow: `speak`, `approve`, … */
  rights: string[];
  /** Nothing that is done here reaches a real village. */
  training: boolean;
  /** Whether the password is asked again for what takes a second person. */
  step_up: boolean;
  now: string;
  version: string;
}

export const currentSession = (): Promise<Session> => exchange<Session>('/session');

export const logOn = (user: string, password: string): Promise<Session> =>
  exchange<Session>('/session', { method: 'POST', body: JSON.stringify({ user, password }) });

export const logOut = (): Promise<void> => exchange<void>('/session', { method: 'DELETE' });

/** A one-time code makes a first password, or a new one. */
export const choosePassword = (user: string, code: string, password: string): Promise<void> =>
  exchange<void>('/first-login', { method: 'POST', body: JSON.stringify({ user, code, password }) });
