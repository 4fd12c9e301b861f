import { z } from 'zod';
import { AreaCode, DeviceId } from '../content/area.ts';
import { Instant } from '../content/instant.ts';

/** The cookie of a person who logged on with a browser: 32 random bytes as base64url, and nothing in them to read. */
export const SESSION_COOKIE = 'prakat_session';

/** `POST /session`: a name and its password begin a session, which lasts as long as a shift in a duty room. */
export const LogOnRequest = z.strictObject({
  user: DeviceId,
  password: z.string().min(1).max(128),
});
export type LogOnRequest = z.infer<typeof LogOnRequest>;

/** Who is logged on, and what a page has to know of the server before it shows anything. */
export const SessionAnswer = z.object({
  user: DeviceId,
  roles: z.array(z.string()),
  /** What the roles allow: `read`, `speak`, `approve`, … A page offers what is in it; each request is judged anew. */
  rights: z.array(z.string()),
  /** Areas with all that lies below them. */
  areas: z.array(AreaCode),
  /** When the session ends; absent = asked with a password, which has no end. */
  until: Instant.optional(),
  /** No live hall hears this server. */
  training: z.boolean(),
  /** Whether what needs a second person needs the password again too. */
  step_up: z.boolean(),
  /** Whether the server has a voice (`say`); without one a person records. */
  voice: z.boolean(),
  /** The server's time: what a page calls "now" must not be the clock of a borrowed computer. */
  now: Instant,
  version: z.string(),
});
export type SessionAnswer = z.infer<typeof SessionAnswer>;
