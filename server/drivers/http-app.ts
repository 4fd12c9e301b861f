import { Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RouteHandlerMethod,
} from 'fastify';
import { ROUTES, type RouteName, type RouteRow } from '../../firmware-protocol/http/catalogue.ts';
import { EnrolmentAnswer, EnrolmentRequest } from '../../firmware-protocol/http/enrolment.ts';
import { FirstLoginRequest } from '../../firmware-protocol/http/first-login.ts';
import { MEDIA_TYPE, UPLOAD_LIMITS } from '../../firmware-protocol/http/media.ts';
import { TOPICS } from '../../firmware-protocol/mqtt/catalogue.ts';
import type { AlertRoom } from '../alerts/alert-room.ts';
import type { MediaLibrary, Upload } from '../content/media-library.ts';
import type { PictureLibrary } from '../content/picture-library.ts';
import { isServerError, ServerError } from '../errors.ts';
import { readDocument, readLeniently } from '../faults/read-document.ts';
import { readJson } from '../faults/read-json.ts';
import { EXPOSITION_TYPE } from '../metrics/exposition.ts';
import { hasRight } from '../operators/rights.ts';
import type {
  Clock,
  Dispatch,
  Door,
  Enrolment,
  Fleet,
  Log,
  OperatorIdentity,
  Operators,
  RequestHandler,
  WebServer,
} from '../ports.ts';
import { postedAlerts } from './http-alerts.ts';
import { BodyDeadlines } from './http-body-deadlines.ts';
import { refuseCrossSite } from './http-cross-site.ts';
import { fromFramework, statusOf } from './http-errors.ts';
import { HttpGuests } from './http-guests.ts';
import { icalDownload } from './http-ical.ts';
import { mediaAnswer } from './http-media.ts';
import { ProgressLines } from './http-progress-lines.ts';
import { PAGE_POLICY, statusPage } from './http-status-page.ts';
import { surviveAcceptErrors } from './listening.ts';

export interface HttpNeeds {
  /** Port 0 takes a free one; `proxies` are those whose `X-Forwarded-For` is believed. */
  listen: { host: string; port: number; proxies?: string[] };
  door: Door;
  operators: Pick<Operators, 'redeemCode'>;
  enrolment: Pick<Enrolment, 'enrol'>;
  requests: RequestHandler;
  library: Pick<MediaLibrary, 'add' | 'size' | 'read'>;
  pictures: Pick<PictureLibrary, 'add' | 'info'>;
  fleet: Pick<Fleet, 'devices'>;
  dispatch: Pick<Dispatch, 'recent'>;
  receiveAlerts: AlertRoom['receive'];
  /** What Prometheus reads; absent = nothing is measured. */
  metrics?: () => Promise<string>;
  clock: Pick<Clock, 'wall'>;
  log: Log;
  /** TIMEOUTS unless a test says otherwise. */
  timeouts?: { bodyMs: number };
}

const TIMEOUTS = {
  /** Any body but an upload: the largest good request, 250 KB, needs half of it on a line of 64 kbit/s. */
  bodyMs: 60_000,
  /** A whole upload over a village's uplink: 256 MB at 2 Mbit/s is 17 minutes. */
  requestMs: 30 * 60_000,
  /** Silence on a connection: an hour of sound is prepared within it. */
  idleMs: 15 * 60_000,
} as const;

/** Held in memory whole: alerts with their sound inside. Larger ones are uploads. */
const LARGEST_BODY = ROUTES.alerts.maxBytes;
const ORDERS_SHOWN = 10;
const NDJSON = 'application/x-ndjson';
const JSON_TYPE = /^application\/json\b/i;

/** What the server serves over HTTP. Every route asks who is there, but for health, enrolment and first log-on. */
export class HttpApp implements WebServer {
  readonly #needs: HttpNeeds;
  readonly #app: FastifyInstance;
  readonly #guests: HttpGuests;

  constructor(needs: HttpNeeds) {
    this.#needs = needs;
    this.#guests = new HttpGuests(needs.door);
    const { proxies = [] } = needs.listen;
    this.#app = fastify({
      bodyLimit: TOPICS.operatorRequest.maxBytes,
      requestTimeout: TIMEOUTS.requestMs,
      connectionTimeout: TIMEOUTS.idleMs,
      forceCloseConnections: true,
      exposeHeadRoutes: false,
      ...(proxies.length > 0 && { trustProxy: proxies }),
    });
    this.#prepare();
    this.#hurry();
    this.#route();
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

  #prepare(): void {
    const app = this.#app;
    // Bodies are read by our own parser: its faults have a place, and two languages.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    app.register(multipart, { limits: { files: 1, fields: 8, fileSize: UPLOAD_LIMITS.bytes + 1 } });
    app.addHook('onRequest', async (request, reply) => {
      reply.headers({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      });
      refuseCrossSite(request);
    });
    app.setErrorHandler((error: FastifyError, request, reply) => this.#fail(error, request, reply));
    app.setNotFoundHandler((request, reply) => this.#fail(new ServerError('unknown-page'), request, reply));
  }

  #route(): void {
    const app = this.#app;
    const { requests, enrolment, operators } = this.#needs;
    const guests = this.#guests;
    app.get('/healthz', async () => ({ status: 'ok' }));
    const { metrics } = this.#needs;
    if (metrics !== undefined)
      app.get(
        '/metrics',
        { onRequest: (request) => guests.admitOperator(request) },
        async (_request, reply) => reply.type(EXPOSITION_TYPE).send(await metrics()),
      );
    app.get('/', { onRequest: (request) => guests.admitOperator(request) }, (request, reply) =>
      this.#page(guests.operator(request), reply),
    );
    this.#serve('upload', (request, reply) => this.#upload(guests.operator(request), request, reply));
    this.#serve('uploadPicture', async (request) =>
      this.#needs.pictures.add(await uploadOf(guests.operator(request), request)),
    );
    this.#serve('media', (request, reply) => this.#download(request, reply));
    this.#serve('enrol', async (request) => {
      const asked = readLeniently(EnrolmentRequest, readJson(bytesOf(request)));
      const { secret, public: key, device } = asked;
      return EnrolmentAnswer.parse(await enrolment.enrol(secret, key, request.ip, device));
    });
    this.#serve('firstLogin', async (request, reply) => {
      const login = readDocument(FirstLoginRequest, readJson(bytesOf(request)));
      await operators.redeemCode({ ...login, from: request.ip });
      return reply.code(204).send();
    });
    this.#serve('alerts', async (request, reply) => {
      const by = guests.operator(request);
      const { status, answer } = await postedAlerts(by, request, this.#needs.receiveAlerts);
      return reply.code(status).send(answer);
    });
    this.#serve('ical', async (request, reply) => {
      const { user } = guests.operator(request);
      const file = await icalDownload(user, paramOf(request, 'area'), request.query, requests);
      return reply.code(file.status).headers(file.headers).send(file.body);
    });
    this.#serve('request', async (request, reply) => {
      const { user } = guests.operator(request);
      const answer = await requests(user, paramOf(request, 'what'), bytesOf(request));
      return reply.code(answer.status === 'ok' ? 200 : statusOf(answer.error.code)).send(answer);
    });
  }

  /** A route of the wire, as its row says: who may come is known before a byte of the body is read. */
  #serve(name: RouteName, handler: RouteHandlerMethod): void {
    const row: RouteRow = ROUTES[name];
    const guests = this.#guests;
    const admit = row.from === 'operator' ? guests.admitOperator : guests.admit;
    this.#app.route({
      method: row.method === 'GET' ? ['GET', 'HEAD'] : row.method,
      url: row.path.replace(/\{(\w+)\}/g, ':$1'),
      ...(row.proof === 'basic' && { onRequest: (request) => admit.call(guests, request) }),
      // A multipart upload is no body in memory, and has a limit of its own.
      ...(row.method === 'POST' && {
        bodyLimit: row.maxBytes > LARGEST_BODY ? TOPICS.operatorRequest.maxBytes : row.maxBytes,
      }),
      handler,
    });
  }

  #hurry(): void {
    const deadlines = new BodyDeadlines(this.#needs.timeouts?.bodyMs ?? TIMEOUTS.bodyMs);
    this.#app.addHook('onRequest', async (request) => {
      // An upload may take as long as its line needs.
      if (!request.isMultipart()) deadlines.begin(request);
    });
    this.#app.addHook('preHandler', async (request) => deadlines.end(request));
    this.#app.addHook('onResponse', async (request) => deadlines.end(request));
  }

  async #page(reader: OperatorIdentity, reply: FastifyReply): Promise<FastifyReply> {
    const { fleet, dispatch, clock } = this.#needs;
    const rows = await Promise.all(reader.areas.map((area) => fleet.devices(area)));
    const orders = await dispatch.recent(reader.areas, ORDERS_SHOWN);
    return reply
      .header('content-security-policy', PAGE_POLICY)
      .type('text/html; charset=utf-8')
      .send(statusPage(reader, rows.flat(), orders, new Date(clock.wall())));
  }

  async #upload(by: OperatorIdentity, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const upload = await uploadOf(by, request);
    if (request.headers.accept !== NDJSON) return this.#needs.library.add(upload);
    const lines = new ProgressLines((stream) => reply.type(NDJSON).send(stream));
    try {
      const media = await this.#needs.library.add({ ...upload, onProgress: (done) => lines.progress(done) });
      lines.end({ media });
    } catch (error) {
      // Before the first line the status can still say it.
      if (!lines.begun) throw error;
      lines.end({ error: this.#known(error, request).failure() });
    }
    return reply;
  }

  async #download(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { library, pictures } = this.#needs;
    const { status, headers, sha256, range } = await mediaAnswer(
      paramOf(request, 'sha256'),
      request.headers,
      {
        size: (name) => library.size(name),
        typeOf: async (name) => (await pictures.info(name))?.type ?? MEDIA_TYPE,
      },
    );
    reply.code(status).headers(headers);
    if (range === undefined || request.method === 'HEAD') return reply.send();
    return reply.send(Readable.from(library.read(sha256, range.from, range.to)));
  }

  #fail(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const known = this.#known(error, request);
    if (known.code === 'not-authenticated')
      reply.header('www-authenticate', 'Basic realm="prakat", charset="UTF-8"');
    if (known.code === 'too-many-attempts') reply.header('retry-after', known.context.seconds ?? 60);
    if (known.code === 'range-invalid') reply.header('content-range', `bytes */${known.context.bytes}`);
    // The rest of a refused upload is not waited for.
    if (request.isMultipart()) reply.header('connection', 'close');
    return reply
      .removeHeader('content-length')
      .code(known.status)
      .type('application/json; charset=utf-8')
      .send(known.failure());
  }

  #known(error: unknown, request: FastifyRequest): ServerError {
    const known = isServerError(error) ? error : fromFramework(error, request);
    if (known !== undefined) return known;
    this.#needs.log.error({ error, method: request.method, url: request.url }, 'an HTTP request failed');
    return new ServerError('internal', { cause: error });
  }
}

/** The one file of a form, from somebody who may upload. Rejects `not-allowed`, `upload-missing`. */
async function uploadOf(by: OperatorIdentity, request: FastifyRequest): Promise<Upload> {
  if (!hasRight(by, 'speak'))
    throw new ServerError('not-allowed', { context: { role: by.roles.join(', ') } });
  const part = request.isMultipart() ? await request.file() : undefined;
  if (part === undefined) throw new ServerError('upload-missing');
  return { chunks: part.file, fileName: part.filename, by: by.user };
}

/** A body that says it is JSON: a form of another site cannot say so. */
function bytesOf(request: FastifyRequest): Uint8Array {
  const bytes = request.body instanceof Uint8Array ? request.body : new Uint8Array();
  if (bytes.length > 0 && !JSON_TYPE.test(request.headers['content-type'] ?? ''))
    throw new ServerError('json-broken', {
      context: {
        why: 'say so with content-type: application/json',
        why_th: 'ต้องระบุ content-type: application/json',
      },
    });
  return bytes;
}

function paramOf(request: FastifyRequest, name: string): string {
  const params: unknown = request.params;
  return typeof params === 'object' && params !== null ? String(Reflect.get(params, name) ?? '') : '';
}
