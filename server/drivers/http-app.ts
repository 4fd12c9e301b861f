import { Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { Sha256 } from '../../firmware-protocol/content/announcement.ts';
import { EnrolmentAnswer, EnrolmentRequest } from '../../firmware-protocol/http/enrolment.ts';
import { FirstLoginRequest } from '../../firmware-protocol/http/first-login.ts';
import { MEDIA_TYPE, UPLOAD_LIMITS } from '../../firmware-protocol/http/media.ts';
import { TOPICS } from '../../firmware-protocol/mqtt/catalogue.ts';
import { rangeOf } from '../content/byte-range.ts';
import type { MediaLibrary } from '../content/media-library.ts';
import { isServerError, ServerError } from '../errors.ts';
import { readDocument, readMessage } from '../faults/read-document.ts';
import { readJson } from '../faults/read-json.ts';
import type {
  Clock,
  Door,
  Enrolment,
  Fleet,
  Log,
  OperatorIdentity,
  Operators,
  Principal,
  RequestHandler,
  WebServer,
} from '../ports.ts';
import { basicCredentials } from './http-basic-auth.ts';
import { fromFramework, statusOf } from './http-errors.ts';
import { ProgressLines } from './http-progress-lines.ts';
import { PAGE_POLICY, statusPage } from './http-status-page.ts';

export interface HttpNeeds {
  /** Port 0 takes a free one. */
  listen: { host: string; port: number };
  door: Door;
  operators: Pick<Operators, 'redeemCode'>;
  enrolment: Pick<Enrolment, 'enrol'>;
  requests: RequestHandler;
  library: Pick<MediaLibrary, 'add' | 'size' | 'read'>;
  fleet: Pick<Fleet, 'devices'>;
  clock: Pick<Clock, 'wall'>;
  log: Log;
}

const TIMEOUTS = {
  /** A whole upload over a village's uplink: 256 MB at 2 Mbit/s is 17 minutes. */
  requestMs: 30 * 60_000,
  /** Silence on a connection: an hour of sound is prepared within it. */
  idleMs: 15 * 60_000,
} as const;

const NDJSON = 'application/x-ndjson';
const JSON_TYPE = /^application\/json\b/i;

/** What the server serves over HTTP. Every route asks who is there, but for health, enrolment and first log-on. */
export class HttpApp implements WebServer {
  readonly #needs: HttpNeeds;
  readonly #app: FastifyInstance;

  constructor(needs: HttpNeeds) {
    this.#needs = needs;
    this.#app = fastify({
      bodyLimit: TOPICS.operatorRequest.maxBytes,
      requestTimeout: TIMEOUTS.requestMs,
      connectionTimeout: TIMEOUTS.idleMs,
      forceCloseConnections: true,
      exposeHeadRoutes: false,
    });
    this.#prepare();
    this.#route();
  }

  async start(): Promise<number> {
    const { host, port } = this.#needs.listen;
    try {
      await this.#app.listen({ host, port });
    } catch (cause) {
      throw new ServerError('port-taken', { context: { where: `${host}:${port}` }, cause });
    }
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
    app.get('/healthz', async () => ({ status: 'ok' }));
    app.get('/', (request, reply) => this.#page(request, reply));
    app.post('/media', (request, reply) => this.#upload(request, reply));
    app.route({
      method: ['GET', 'HEAD'],
      url: '/media/:sha256',
      handler: (request, reply) => this.#download(request, reply),
    });
    app.post('/enrol', async (request) => {
      const { secret, public: key } = readMessage(EnrolmentRequest, jsonBody(request));
      return EnrolmentAnswer.parse(await this.#needs.enrolment.enrol(secret, key, request.ip));
    });
    app.post('/first-login', async (request, reply) => {
      const login = readDocument(FirstLoginRequest, jsonBody(request));
      await this.#needs.operators.redeemCode({ ...login, from: request.ip });
      return reply.code(204).send();
    });
    app.post('/api/request/:what', (request, reply) => this.#request(request, reply));
  }

  async #request(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { user } = await this.#operator(request);
    const answer = await this.#needs.requests(user, paramOf(request, 'what'), bytesOf(request));
    return reply.code(answer.status === 'ok' ? 200 : statusOf(answer.error.code)).send(answer);
  }

  async #page(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const reader = await this.#operator(request);
    const rows = await Promise.all(reader.areas.map((area) => this.#needs.fleet.devices(area)));
    return reply
      .header('content-security-policy', PAGE_POLICY)
      .type('text/html; charset=utf-8')
      .send(statusPage(reader, rows.flat(), new Date(this.#needs.clock.wall())));
  }

  async #upload(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const by = await this.#operator(request);
    if (by.role === 'viewer') throw new ServerError('not-allowed', { context: { role: by.role } });
    if (!request.isMultipart()) throw new ServerError('upload-missing');
    const part = await request.file();
    if (part === undefined) throw new ServerError('upload-missing');
    const upload = { chunks: part.file, fileName: part.filename, by: by.user };
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
    await this.#somebody(request);
    const named = Sha256.safeParse(paramOf(request, 'sha256'));
    const bytes = named.success ? await this.#needs.library.size(named.data) : undefined;
    if (!named.success || bytes === undefined)
      throw new ServerError('unknown-media', {
        context: { sha256: paramOf(request, 'sha256').slice(0, 64) },
      });
    const tag = `"${named.data}"`;
    // Content is named by its hash: it can never change.
    reply.headers({
      etag: tag,
      'accept-ranges': 'bytes',
      'cache-control': 'private, max-age=31536000, immutable',
    });
    if (request.headers['if-none-match'] === tag) return reply.code(304).send();
    const stale = request.headers['if-range'] !== undefined && request.headers['if-range'] !== tag;
    const range = rangeOf(stale ? undefined : request.headers.range, bytes);
    if (range === 'unsatisfiable') {
      reply.header('content-range', `bytes */${bytes}`);
      throw new ServerError('range-invalid', { context: { bytes } });
    }
    const { from, to } = range === 'whole' ? { from: 0, to: bytes - 1 } : range;
    if (range !== 'whole') reply.code(206).header('content-range', `bytes ${from}-${to}/${bytes}`);
    reply.type(MEDIA_TYPE).header('content-length', to - from + 1);
    if (request.method === 'HEAD') return reply.send();
    return reply.send(Readable.from(this.#needs.library.read(named.data, from, to)));
  }

  async #somebody(request: FastifyRequest): Promise<Principal> {
    const typed = basicCredentials(request.headers.authorization);
    const known = typed && (await this.#needs.door.open(typed.user, typed.password, request.ip));
    if (known === undefined) throw new ServerError('not-authenticated');
    return known;
  }

  async #operator(request: FastifyRequest): Promise<OperatorIdentity> {
    const principal = await this.#somebody(request);
    if (principal.kind === 'operator') return principal.identity;
    throw new ServerError('not-allowed', { context: { role: 'device' } });
  }

  #fail(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const known = this.#known(error, request);
    if (known.code === 'not-authenticated')
      reply.header('www-authenticate', 'Basic realm="prakat", charset="UTF-8"');
    if (known.code === 'too-many-attempts') reply.header('retry-after', known.context.seconds ?? 60);
    // The rest of a refused upload is not waited for.
    if (request.isMultipart()) reply.header('connection', 'close');
    return reply
      .removeHeader('content-length')
      .code(known.status)
      .type('application/json; charset=utf-8')
      .send(known.failure());
  }

  #known(error: unknown, request: FastifyRequest): ServerError {
    const known = isServerError(error) ? error : fromFramework(error);
    if (known !== undefined) return known;
    this.#needs.log.error({ error, method: request.method, url: request.url }, 'an HTTP request failed');
    return new ServerError('internal', { cause: error });
  }
}

/** A browser sends remembered Basic passwords with any page's form; what it says of the page's origin is true. */
function refuseCrossSite(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site'];
  if (
    request.method !== 'GET' &&
    request.method !== 'HEAD' &&
    site !== undefined &&
    site !== 'same-origin' &&
    site !== 'none'
  )
    throw new ServerError('cross-site');
}

/** The JSON of a body that says it is: a form of another site cannot say so. */
function jsonBody(request: FastifyRequest): unknown {
  return readJson(bytesOf(request));
}

function bytesOf(request: FastifyRequest): Uint8Array {
  const bytes = request.body instanceof Uint8Array ? request.body : new Uint8Array();
  if (bytes.length > 0 && !JSON_TYPE.test(request.headers['content-type'] ?? ''))
    throw new ServerError('json-broken', { context: { why: 'content-type: application/json' } });
  return bytes;
}

function paramOf(request: FastifyRequest, name: string): string {
  const params: unknown = request.params;
  return typeof params === 'object' && params !== null ? String(Reflect.get(params, name) ?? '') : '';
}
