import { isServerError, ServerError } from '../../errors.ts';
import type { Log } from '../../ports.ts';
import { fromFramework } from './errors.ts';
import type { Asked, Reply } from './framework.ts';
import { sessionCookieIn } from './session-cookie.ts';

/** Every refusal of a route as people and programs read it, with the headers that belong to it. */
export class HttpFailures {
  readonly #log: Pick<Log, 'error'>;

  constructor(log: Pick<Log, 'error'>) {
    this.#log = log;
  }

  readonly answer = (error: unknown, request: Asked, reply: Reply): Reply => {
    const known = this.known(error, request);
    if (known.code === 'not-authenticated' && !isAskedByPage(request))
      reply.header('www-authenticate', 'Basic realm="prakat", charset="UTF-8"');
    if (known.code === 'too-many-attempts') reply.header('retry-after', known.context.seconds ?? 60);
    if (known.code === 'range-invalid') reply.header('content-range', `bytes */${known.context.bytes}`);
    // The rest of a refused upload is not waited for. A request that came to no route has none of the framework's own words.
    if (/^multipart\//i.test(request.headers['content-type'] ?? '')) reply.header('connection', 'close');
    return reply
      .removeHeader('content-length')
      .code(known.status)
      .type('application/json; charset=utf-8')
      .send(known.failure());
  };

  /** In the server's words; what is nobody's fault outside goes to the log. */
  known(error: unknown, request: Asked): ServerError {
    const known = isServerError(error) ? error : fromFramework(error, request);
    if (known !== undefined) return known;
    this.#log.error({ error, method: request.method, url: request.url }, 'an HTTP request failed');
    return new ServerError('internal', { cause: error });
  }
}

/**
 * A browser that is asked for a password opens a window of its own over the page whose script asked. Without TLS it does not say
 * that a script asks: then it is known by what the script wants, or by the cookie of a session that is over.
 */
function isAskedByPage({ headers }: Pick<Asked, 'headers'>): boolean {
  const mode = headers['sec-fetch-mode'];
  if (mode !== undefined) return mode !== 'navigate';
  return /^application\/json\b/i.test(headers.accept ?? '') || sessionCookieIn(headers.cookie) !== undefined;
}
