import { Readable } from 'node:stream';
import { ROUTES, type RouteName, type RouteRow } from '../../../firmware-protocol/http/catalogue.ts';
import {
  EnrolmentAnswer,
  EnrolmentRequest,
  EnrolmentRoots,
} from '../../../firmware-protocol/http/enrolment.ts';
import { FirstLoginRequest } from '../../../firmware-protocol/http/first-login.ts';
import { MEDIA_TYPE } from '../../../firmware-protocol/http/media.ts';
import { TOPICS } from '../../../firmware-protocol/mqtt/catalogue.ts';
import type { AlertRoom } from '../../alerts/alert-room.ts';
import type { MediaLibrary } from '../../content/media-library.ts';
import type { PictureLibrary } from '../../content/picture-library.ts';
import { readDocument, readLeniently } from '../../faults/read-document.ts';
import { readJson } from '../../faults/read-json.ts';
import type { Enrolment, Operators, RequestHandler } from '../../ports.ts';
import { postedAlerts } from './alerts.ts';
import { bytesOf, paramOf, uploadOf } from './bodies.ts';
import { asSmallAs, takenCodings } from './encodings.ts';
import { statusOf } from './errors.ts';
import type { HttpFailures } from './failures.ts';
import type { Asked, Framework, Handler, Reply } from './framework.ts';
import type { HttpGuests } from './guests.ts';
import { icalDownload } from './ical.ts';
import { mediaAnswer } from './media.ts';
import { ProgressLines } from './progress-lines.ts';

export interface WireNeeds {
  operators: Pick<Operators, 'redeemCode'>;
  enrolment: Pick<Enrolment, 'roots' | 'enrol'>;
  requests: RequestHandler;
  library: Pick<MediaLibrary, 'add' | 'size' | 'read'>;
  pictures: Pick<PictureLibrary, 'add' | 'info'>;
  receiveAlerts: AlertRoom['receive'];
}

/** Held in memory whole: alerts with their sound inside. Larger ones are uploads. */
const LARGEST_BODY = ROUTES.alerts.maxBytes;
const NDJSON = 'application/x-ndjson';

/** What each route of the wire does. Who may come stands in its row, and is asked before. */
export function serveWire(
  app: Framework,
  guests: HttpGuests,
  failures: HttpFailures,
  needs: WireNeeds,
): void {
  const { requests, enrolment, operators, library, pictures, receiveAlerts } = needs;
  const serve = (name: RouteName, handler: Handler) => route(app, guests, name, handler);

  serve('roots', async () => EnrolmentRoots.parse({ roots: enrolment.roots() }));
  serve('enrol', async (request) => {
    const asked = readLeniently(EnrolmentRequest, readJson(bytesOf(request)));
    return EnrolmentAnswer.parse(await enrolment.enrol(asked, request.ip));
  });
  serve('firstLogin', async (request, reply) => {
    const login = readDocument(FirstLoginRequest, readJson(bytesOf(request)));
    await operators.redeemCode({ ...login, from: request.ip });
    return reply.code(204).send();
  });
  serve('upload', (request, reply) => upload(request, reply));
  serve('uploadPicture', async (request) => pictures.add(await uploadOf(guests.operator(request), request)));
  serve('media', (request, reply) => download(request, reply));
  serve('alerts', async (request, reply) => {
    const { status, answer } = await postedAlerts(guests.operator(request), request, receiveAlerts);
    return reply.code(status).send(answer);
  });
  serve('ical', async (request, reply) => {
    const { user } = guests.operator(request);
    const file = await icalDownload(user, paramOf(request, 'area'), request.query, requests);
    return reply.code(file.status).headers(file.headers).send(file.body);
  });
  serve('request', async (request, reply) => {
    const { user } = guests.operator(request);
    const answer = await requests(user, paramOf(request, 'what'), bytesOf(request));
    const taken = takenCodings(request.headers['accept-encoding']);
    const { body, coding } = await asSmallAs(taken, JSON.stringify(answer));
    if (coding !== undefined) reply.header('content-encoding', coding);
    return reply
      .code(answer.status === 'ok' ? 200 : statusOf(answer.error.code))
      .headers({ vary: 'accept-encoding', 'content-type': 'application/json; charset=utf-8' })
      .send(body);
  });

  async function upload(request: Asked, reply: Reply): Promise<unknown> {
    const sent = await uploadOf(guests.operator(request), request);
    if (request.headers.accept !== NDJSON) return library.add(sent);
    const lines = new ProgressLines((stream) => reply.type(NDJSON).send(stream));
    try {
      const media = await library.add({ ...sent, onProgress: (done) => lines.progress(done) });
      lines.end({ media });
    } catch (error) {
      // Before the first line the status can still say it.
      if (!lines.begun) throw error;
      lines.end({ error: failures.known(error, request).failure() });
    }
    return reply;
  }

  async function download(request: Asked, reply: Reply): Promise<Reply> {
    const named = paramOf(request, 'sha256');
    const { status, headers, sha256, range } = await mediaAnswer(named, request.headers, {
      size: (name) => library.size(name),
      typeOf: async (name) => (await pictures.info(name))?.type ?? MEDIA_TYPE,
    });
    reply.code(status).headers(headers);
    if (range === undefined || request.method === 'HEAD') return reply.send();
    return reply.send(Readable.from(library.read(sha256, range.from, range.to)));
  }
}

/** A route of the wire, as its row says: who may come is known before a byte of the body is read. */
export function route(app: Framework, guests: HttpGuests, name: RouteName, handler: Handler): void {
  const row: RouteRow = ROUTES[name];
  const admit = row.from === 'operator' ? guests.admitOperator : guests.admit;
  app.route({
    method: row.method === 'GET' ? ['GET', 'HEAD'] : row.method,
    url: row.path.replace(/\{(\w+)\}/g, ':$1'),
    ...(row.proof === 'basic' && { onRequest: (request: Asked) => admit.call(guests, request) }),
    // A multipart upload is no body in memory, and has a limit of its own.
    ...(row.method === 'POST' && {
      bodyLimit: row.maxBytes > LARGEST_BODY ? TOPICS.operatorRequest.maxBytes : row.maxBytes,
    }),
    handler,
  });
}
