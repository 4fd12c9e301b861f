import type { Dispatch } from '../../dispatch/dispatch-port.ts';
import { ServerError } from '../../errors.ts';
import { EXPOSITION_TYPE } from '../../metrics/exposition.ts';
import type { Sessions } from '../../operators/sessions.ts';
import type { Clock, Door, Fleet, Log, OperatorIdentity, WebServer } from '../../ports.ts';
import type { PageBroker } from '../broker/aedes-broker.ts';
import { serveConsole } from './console.ts';
import { ConsoleFiles } from './console-files.ts';
import { refuseCrossSite } from './cross-site.ts';
import { HttpFailures } from './failures.ts';
import { type Framework, newFramework, type Reply } from './framework.ts';
import { HttpGuests } from './guests.ts';
import { surviveAcceptErrors } from './listening.ts';
import { HttpMqtt } from './mqtt.ts';
import { type ServerFacts, serveSession } from './session.ts';
import { HALLS_SHOWN, PAGE_POLICY, statusPage } from './status-page.ts';
import { serveWire, type WireNeeds } from './wire-routes.ts';

export interface HttpNeeds extends WireNeeds {
  /** Port 0 takes a free one; `proxies` are those whose `X-Forwarded-For` is believed; `console` is a folder with its pages. */
  listen: { host: string; port: number; proxies?: string[]; console: string };
  door: Door;
  sessions: Sessions;
  /** Where the lines of pages end. */
  pages: PageBroker;
  facts: ServerFacts;
  fleet: Pick<Fleet, 'devices'>;
  dispatch: Pick<Dispatch, 'recent'>;
  /** What Prometheus reads; absent = nothing is measured. */
  metrics?: () => Promise<string>;
  clock: Pick<Clock, 'wall' | 'after'>;
  log: Log;
  /** The framework's unless a test says otherwise. */
  timeouts?: { bodyMs: number };
}

const ORDERS_SHOWN = 10;

/** What the server serves over HTTP. Every route asks who is there, but for health, enrolment, log-on, and the pages of the console. */
export class HttpApp implements WebServer {
  readonly #needs: HttpNeeds;
  readonly #app: Framework;
  readonly #guests: HttpGuests;

  constructor(needs: HttpNeeds) {
    this.#needs = needs;
    this.#guests = new HttpGuests(needs.door, needs.sessions);
    const { listen, timeouts, log } = needs;
    const failures = new HttpFailures(log);
    this.#app = newFramework({ proxies: listen.proxies ?? [], ...timeouts, refuse: failures.answer });
    this.#guard(failures);
    this.#serveOwnPages();
    serveConsole(this.#app, new ConsoleFiles(listen.console));
    serveSession(this.#app, this.#guests, needs);
    new HttpMqtt(needs).serve(this.#app);
    serveWire(this.#app, this.#guests, failures, needs);
  }

  async start(): Promise<number> {
    const { host, port } = this.#needs.listen;
    try {
      await this.#app.listen({ host, port });
    } catch (cause) {
      throw new ServerError('port-taken', { context: { where: `${host}:${port}` }, cause });
    }
    surviveAcceptErrors(this.#app.server, this.#needs.log);
    const [address] = this.#app.addresses();
    return typeof address === 'object' ? address.port : port;
  }

  async stop(): Promise<void> {
    await this.#app.close();
  }

  #guard(failures: HttpFailures): void {
    this.#app.addHook('onRequest', async (request, reply) => {
      reply.headers({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      });
      refuseCrossSite(request);
    });
    this.#app.setNotFoundHandler((request, reply) =>
      failures.answer(new ServerError('unknown-page'), request, reply),
    );
  }

  #serveOwnPages(): void {
    const guests = this.#guests;
    const { metrics } = this.#needs;
    const forOperators = {
      onRequest: (request: Parameters<HttpGuests['admit']>[0]) => guests.admitOperator(request),
    };
    this.#app.get('/healthz', async () => ({ status: 'ok' }));
    this.#app.get('/status', forOperators, (request, reply) => this.#status(guests.operator(request), reply));
    if (metrics !== undefined)
      this.#app.get('/metrics', forOperators, async (_request, reply) =>
        reply.type(EXPOSITION_TYPE).send(await metrics()),
      );
  }

  async #status(reader: OperatorIdentity, reply: Reply): Promise<Reply> {
    const { fleet, dispatch, clock } = this.#needs;
    // One more than are shown says that there are more.
    const rows = await Promise.all(reader.areas.map((area) => fleet.devices(area, HALLS_SHOWN + 1)));
    const orders = await dispatch.recent(reader.areas, ORDERS_SHOWN);
    return reply
      .header('content-security-policy', PAGE_POLICY)
      .type('text/html; charset=utf-8')
      .send(statusPage(reader, rows.flat(), orders, new Date(clock.wall())));
  }
}
