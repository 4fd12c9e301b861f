import type { LogOnRecord } from '../audit/log-on-record.ts';
import { ServerError } from '../errors.ts';
import type { Clock, Door, OperatorIdentity, Random } from '../ports.ts';
import type { Database } from '../tables.ts';
import type { Attempts } from './attempts.ts';
import { networkOf } from './network-of.ts';
import { fastHash } from './one-time-code.ts';

export const SESSION_LIMITS = {
  /** A shift in a duty room, and not the next one. It does not end by idleness: a wall that asks for a password shows nothing. */
  lifeHours: 12,
  cookieBytes: 32,
  /** Browsers of one person; the oldest is logged off. Whoever has the password cannot fill the table. */
  ofOneAccount: 20,
} as const;

/** Somebody who is logged on. */
export interface Session {
  id: string;
  identity: OperatorIdentity;
  /** Epoch ms. */
  until: number;
}

interface Needs {
  db: Pick<Database, 'operators' | 'sessions'>;
  door: Door;
  attempts: Attempts;
  clock: Pick<Clock, 'wall'>;
  random: Pick<Random, 'bytes'>;
  logOns: Pick<LogOnRecord, 'came'>;
}

/** Log-ons of browsers. What the account may is read afresh at each look: a session knows only whose it is. */
export class Sessions {
  readonly #needs: Needs;
  readonly #onEnded = new Set<(id: string) => void>();

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** A new session and its cookie, which is told once. Rejects `not-authenticated`, `too-many-attempts`. */
  async begin(user: string, password: string, from: string): Promise<Session & { cookie: string }> {
    const { db, door, attempts, clock, random, logOns } = this.#needs;
    // Whether the account exists or not: the wait tells nothing of it.
    const key = `session ${user} ${networkOf(from)}`;
    const seconds = attempts.waitSeconds(key);
    if (seconds > 0) throw new ServerError('too-many-attempts', { context: { seconds } });
    // Read before the password is checked: one that changes meanwhile leaves a session that is void, not one that is its heir.
    const record = await db.operators.get(user);
    const known = await door.open(user, password, from);
    const passwordHash = record?.passwordHash ?? null;
    if (known?.kind !== 'operator' || passwordHash === null) {
      if (passwordHash === null) attempts.failedAtNobody(key);
      else attempts.failed(key);
      throw new ServerError('not-authenticated');
    }
    attempts.succeeded(key);
    const cookie = Buffer.from(random.bytes(SESSION_LIMITS.cookieBytes)).toString('base64url');
    const beganAt = clock.wall();
    const session = {
      id: fastHash(cookie),
      user,
      beganAt,
      until: beganAt + SESSION_LIMITS.lifeHours * 3_600_000,
    };
    await db.sessions.dropExpired(beganAt);
    await db.sessions.add({ ...session, passwordSha: fastHash(passwordHash) }, SESSION_LIMITS.ofOneAccount);
    logOns.came({ who: user, from, act: 'session/begin' });
    return { id: session.id, identity: known.identity, until: session.until, cookie };
  }

  /** Whose cookie this is; undefined = nobody's, or no more. */
  of(cookie: string): Promise<Session | undefined> {
    return this.byId(fastHash(cookie));
  }

  /** The session as it stands now; undefined = it has ended, by whichever way. */
  async byId(id: string): Promise<Session | undefined> {
    const { db, clock } = this.#needs;
    const session = await db.sessions.get(id);
    if (session === undefined || session.until <= clock.wall()) return undefined;
    const account = await db.operators.get(session.user);
    if (account === undefined || account.passwordHash === null) return undefined;
    if (fastHash(account.passwordHash) !== session.passwordSha) return undefined;
    const { user, roles, areas } = account;
    return { id, identity: { user, roles, areas }, until: session.until };
  }

  async end({ id, identity }: Session, from: string): Promise<void> {
    await this.#needs.db.sessions.drop(id);
    this.#needs.logOns.came({ who: identity.user, from, act: 'session/end' });
    for (const call of this.#onEnded) call(id);
  }

  /** Calls with the id of each session that somebody ends here. */
  onEnded(call: (id: string) => void): void {
    this.#onEnded.add(call);
  }
}
