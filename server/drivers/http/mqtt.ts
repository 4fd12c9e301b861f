import { MQTT_OVER_WEBSOCKET } from '../../../firmware-protocol/http/catalogue.ts';
import { ServerError } from '../../errors.ts';
import type { Session, Sessions } from '../../operators/sessions.ts';
import type { Clock, Door, Log, Principal } from '../../ports.ts';
import type { PageBroker } from '../broker/aedes-broker.ts';
import { isOwnOrigin } from './cross-site.ts';
import type { Asked, Framework } from './framework.ts';
import { sessionCookieIn } from './session-cookie.ts';
import { WebSocketStream } from './web-socket-stream.ts';

export const PAGE_LINE_LIMITS = {
  /** Tabs of one browser. */
  ofOneSession: 20,
  /** A session that ends elsewhere, on another server or by its hours, is found out within this. */
  lookAgain_s: 30,
} as const;

interface Needs {
  sessions: Pick<Sessions, 'of' | 'byId' | 'onEnded'>;
  door: Door;
  pages: PageBroker;
  clock: Pick<Clock, 'after'>;
  log: Pick<Log, 'error'>;
}

/** MQTT in a browser: the lines of pages to the broker, each as good as the session whose cookie it came with. */
export class HttpMqtt {
  readonly #needs: Needs;
  readonly #came = new WeakMap<Asked, Session>();
  /** By the session's id; what came with a password of its own is the broker's affair. */
  readonly #lines = new Map<string, Set<WebSocketStream>>();
  #cancelLook: (() => void) | undefined;

  constructor(needs: Needs) {
    this.#needs = needs;
    needs.sessions.onEnded((id) => this.#cut(id));
  }

  serve(app: Framework): void {
    // Inside a plugin of its own: only routes that come after the one for WebSockets are upgraded.
    app.register(async (inner) => {
      const options = { websocket: true, onRequest: (request: Asked) => this.#admit(request) } as const;
      inner.get(MQTT_OVER_WEBSOCKET.path, options, (socket, request) => {
        const session = this.#came.get(request);
        const stream = new WebSocketStream(socket);
        if (session !== undefined) this.#keep(session.id, stream);
        this.#needs.pages.welcome(stream, { from: request.ip, enter: this.#doorOf(request.ip, session) });
      });
    });
    app.addHook('onClose', async () => this.#cancelLook?.());
  }

  /** Rejects `unknown-page`, `cross-site`, `not-authenticated`, `busy`: the line is refused before it is one. */
  async #admit(request: Asked): Promise<void> {
    const { headers } = request;
    const offered = String(headers['sec-websocket-protocol'] ?? '').split(/\s*,\s*/);
    if (!request.ws || !offered.includes(MQTT_OVER_WEBSOCKET.protocol)) throw new ServerError('unknown-page');
    // A browser sends the cookie with the socket of any page that may; programs name no origin.
    if (headers.origin !== undefined && !isOwnOrigin(request)) throw new ServerError('cross-site');
    const cookie = sessionCookieIn(headers.cookie);
    if (cookie === undefined) return;
    if (headers.origin === undefined) throw new ServerError('cross-site');
    const session = await this.#needs.sessions.of(cookie);
    if (session === undefined) throw new ServerError('not-authenticated');
    if ((this.#lines.get(session.id)?.size ?? 0) >= PAGE_LINE_LIMITS.ofOneSession)
      throw new ServerError('busy');
    this.#came.set(request, session);
  }

  /** With a session: its own name, and the password stays where it is. Without: as on TCP, but for people alone. */
  #doorOf(from: string, session: Session | undefined) {
    const { door, sessions } = this.#needs;
    if (session === undefined)
      return async (user: string, password: string): Promise<Principal | undefined> => {
        const who = await door.open(user, password, from);
        return who?.kind === 'operator' ? who : undefined;
      };
    return async (user: string): Promise<Principal | undefined> => {
      // Again: between the handshake and CONNECT it may have ended.
      const identity = (await sessions.byId(session.id))?.identity;
      return identity?.user === user ? { kind: 'operator', user, identity } : undefined;
    };
  }

  #keep(id: string, stream: WebSocketStream): void {
    const lines = this.#lines.get(id) ?? new Set();
    this.#lines.set(id, lines.add(stream));
    stream.once('close', () => {
      lines.delete(stream);
      if (lines.size === 0 && this.#lines.get(id) === lines) this.#lines.delete(id);
    });
    this.#lookLater();
  }

  #cut(id: string): void {
    for (const stream of this.#lines.get(id) ?? []) stream.destroy();
  }

  #lookLater(): void {
    this.#cancelLook ??= this.#needs.clock.after(PAGE_LINE_LIMITS.lookAgain_s * 1_000, () => {
      this.#cancelLook = undefined;
      this.#look()
        .catch((error: unknown) => this.#needs.log.error({ error }, 'sessions could not be looked at again'))
        .finally(() => this.#lines.size > 0 && this.#lookLater());
    });
  }

  async #look(): Promise<void> {
    for (const id of [...this.#lines.keys()])
      if ((await this.#needs.sessions.byId(id)) === undefined) this.#cut(id);
  }
}
