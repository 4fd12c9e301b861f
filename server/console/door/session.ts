import type { SessionAnswer } from '../../../firmware-protocol/http/session.ts';
import { exchange } from '../wire/http.ts';

/** Who is logged on, and what the server is; `GET /session`. */
export interface Session extends SessionAnswer {
  /** How far the server's clock is ahead of this computer's. */
  ahead_ms: number;
}

export const currentSession = (): Promise<Session> => begun('GET');

export const logOn = (user: string, password: string): Promise<Session> =>
  begun('POST', JSON.stringify({ user, password }));

async function begun(method: 'GET' | 'POST', body?: string): Promise<Session> {
  const answer = await exchange<SessionAnswer>('/session', { method, ...(body !== undefined && { body }) });
  return { ...answer, ahead_ms: Date.parse(answer.now) - Date.now() };
}

/** The time of the server, epoch ms: clocks of borrowed computers are wrong by hours. */
export const serverNow = ({ ahead_ms }: Session): number => Date.now() + ahead_ms;

export const logOut = (): Promise<void> => exchange<void>('/session', { method: 'DELETE' });

/** A one-time code makes a first password, or a new one. */
export const choosePassword = (user: string, code: string, password: string): Promise<void> =>
  exchange<void>('/first-login', { method: 'POST', body: JSON.stringify({ user, code, password }) });
