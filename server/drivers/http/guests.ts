import { ServerError } from '../../errors.ts';
import type { Session, Sessions } from '../../operators/sessions.ts';
import type { Door, OperatorIdentity, Principal } from '../../ports.ts';
import { basicCredentials } from './basic-auth.ts';
import { refuseUnlessOwnPage, type Sent } from './cross-site.ts';
import { sessionCookieIn } from './session-cookie.ts';

/** A request as the framework gives it. */
interface Knock extends Sent {
  headers: Sent['headers'] & { authorization?: string | undefined; cookie?: string | undefined };
  ip: string;
}

/** Who stands behind each request, by a password or the cookie of a session: asked once, before its body is read. */
export class HttpGuests {
  readonly #door: Door;
  readonly #sessions: Pick<Sessions, 'of'>;
  readonly #known = new WeakMap<Knock, Principal>();
  readonly #sessionOf = new WeakMap<Knock, Session>();

  constructor(door: Door, sessions: Pick<Sessions, 'of'>) {
    this.#door = door;
    this.#sessions = sessions;
  }

  /** Rejects `not-authenticated`, `cross-site`. */
  async admit(request: Knock): Promise<void> {
    const { authorization } = request.headers;
    const known =
      authorization === undefined ? await this.#byCookie(request) : await this.#byPassword(request);
    if (known === undefined) throw new ServerError('not-authenticated');
    this.#known.set(request, known);
  }

  /** As `admit`, and `not-allowed` for devices. */
  async admitOperator(request: Knock): Promise<void> {
    await this.admit(request);
    this.operator(request);
  }

  /** The operator who was admitted. Throws `not-allowed` for a device, `not-authenticated` where nobody was. */
  operator(request: Knock): OperatorIdentity {
    const principal = this.#known.get(request);
    if (principal === undefined) throw new ServerError('not-authenticated');
    if (principal.kind === 'device') throw new ServerError('not-allowed', { context: { role: 'device' } });
    return principal.identity;
  }

  /** The session by whose cookie the request was admitted; undefined = it came with a password. */
  session(request: Knock): Session | undefined {
    return this.#sessionOf.get(request);
  }

  async #byPassword({ headers, ip }: Knock): Promise<Principal | undefined> {
    const typed = basicCredentials(headers.authorization);
    return typed && this.#door.open(typed.user, typed.password, ip);
  }

  async #byCookie(request: Knock): Promise<Principal | undefined> {
    const cookie = sessionCookieIn(request.headers.cookie);
    if (cookie === undefined) return undefined;
    refuseUnlessOwnPage(request);
    const session = await this.#sessions.of(cookie);
    if (session === undefined) return undefined;
    this.#sessionOf.set(request, session);
    const { identity } = session;
    return { kind: 'operator', user: identity.user, identity };
  }
}
