import multipart from '@fastify/multipart';
import websocket from '@fastify/websocket';
import fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RouteHandlerMethod,
} from 'fastify';
import { MQTT_OVER_WEBSOCKET } from '../../../firmware-protocol/http/catalogue.ts';
import { UPLOAD_LIMITS } from '../../../firmware-protocol/http/media.ts';
import { TOPICS } from '../../../firmware-protocol/mqtt/catalogue.ts';
import { MAX_PACKET_BYTES } from '../../../firmware-protocol/mqtt/topic-row.ts';
import { BodyDeadlines } from './body-deadlines.ts';
import { answerNoRequest } from './no-request.ts';

/** The framework under its own name: everything else of HTTP asks here for its types. */
export type Framework = FastifyInstance;
export type Asked = FastifyRequest;
export type Reply = FastifyReply;
export type Handler = RouteHandlerMethod;

const TIMEOUTS = {
  /** Any body but an upload: the largest good request, 250 KB, needs half of it on a line of 64 kbit/s. */
  bodyMs: 60_000,
  /** A whole upload over a village's uplink: 256 MB at 2 Mbit/s is 17 minutes. */
  requestMs: 30 * 60_000,
  /** Silence on a connection: an hour of sound is prepared within it. */
  idleMs: 15 * 60_000,
} as const;

interface Options {
  proxies: string[];
  bodyMs?: number;
  /** Answers every refusal, also of what never comes to a route. */
  refuse: (error: unknown, request: Asked, reply: Reply) => Reply;
}

/** A framework without routes: bodies as bytes, uploads, and how long each may take. */
export function newFramework({ proxies, bodyMs = TIMEOUTS.bodyMs, refuse }: Options): Framework {
  const app: Framework = fastify({
    bodyLimit: TOPICS.operatorRequest.maxBytes,
    requestTimeout: TIMEOUTS.requestMs,
    connectionTimeout: TIMEOUTS.idleMs,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    frameworkErrors: refuse,
    clientErrorHandler: answerNoRequest,
    ...(proxies.length > 0 && { trustProxy: proxies }),
  });
  // Bodies are read by our own parser: its faults have a place, and two languages.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.register(multipart, { limits: { files: 1, fields: 8, fileSize: UPLOAD_LIMITS.bytes + 1 } });
  app.register(websocket, {
    options: {
      // A frame is no larger than a packet with its header; the broker counts packets, whatever their frames.
      maxPayload: MAX_PACKET_BYTES + 5,
      perMessageDeflate: false,
      handleProtocols: (offered) => offered.has(MQTT_OVER_WEBSOCKET.protocol) && MQTT_OVER_WEBSOCKET.protocol,
    },
    // A frozen page must not keep a server from ending.
    preClose(done) {
      for (const line of this.websocketServer.clients) line.terminate();
      this.websocketServer.close(() => done());
    },
  });
  app.setErrorHandler(refuse);
  hurry(app, new BodyDeadlines(bodyMs));
  return app;
}

function hurry(app: Framework, deadlines: BodyDeadlines): void {
  app.addHook('onRequest', async (request) => {
    // An upload may take as long as its line needs.
    if (!request.isMultipart()) deadlines.begin(request);
  });
  app.addHook('preHandler', async (request) => deadlines.end(request));
  app.addHook('onResponse', async (request) => deadlines.end(request));
}
