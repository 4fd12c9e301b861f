import { instantOf } from '../../../firmware-protocol/content/instant.ts';
import { LogOnRequest, type SessionAnswer } from '../../../firmware-protocol/http/session.ts';
import { readDocument } from '../../faults/read-document.ts';
import { readJson } from '../../faults/read-json.ts';
import { rightsOf } from '../../operators/rights.ts';
import { SESSION_LIMITS, type Session, type Sessions } from '../../operators/sessions.ts';
import type { Clock, OperatorIdentity } from '../../ports.ts';
import { bytesOf } from './bodies.ts';
import { refuseUnlessOwnPage } from './cross-site.ts';
import type { Asked, Framework } from './framework.ts';
import type { HttpGuests } from './guests.ts';
import { sessionCookie, sessionCookieIn } from './session-cookie.ts';
import { route } from './wire-routes.ts';

/** What a page is told of the server itself. */
export type ServerFacts = Pick<SessionAnswer, 'training' | 'step_up' | 'voice' | 'version'>;

interface Needs {
  sessions: Pick<Sessions, 'begin' | 'of' | 'end'>;
  facts: ServerFacts;
  clock: Pick<Clock, 'wall'>;
}

/** Log-on of a browser, who is logged on, log-off. */
export function serveSession(app: Framework, guests: HttpGuests, { sessions, facts, clock }: Needs): void {
  const answerTo = ({ user, roles, areas }: OperatorIdentity, session?: Session): SessionAnswer => ({
    ...{ user, roles, areas, rights: rightsOf({ roles }) },
    ...(session !== undefined && { until: instantOf(session.until) }),
    ...facts,
    now: instantOf(clock.wall()),
  });

  route(app, guests, 'logOn', async (request, reply) => {
    // A page of another site must not log its visitor on under a name of its own choice.
    if (saysWhere(request)) refuseUnlessOwnPage(request);
    const { user, password } = readDocument(LogOnRequest, readJson(bytesOf(request)));
    const { cookie, ...session } = await sessions.begin(user, password, request.ip);
    await endEarlier(request);
    reply.header('set-cookie', sessionCookie(request, cookie, SESSION_LIMITS.lifeHours * 3_600));
    return answerTo(session.identity, session);
  });
  route(app, guests, 'session', async (request) =>
    answerTo(guests.operator(request), guests.session(request)),
  );
  route(app, guests, 'logOff', async (request, reply) => {
    const session = guests.session(request);
    if (session !== undefined) await sessions.end(session, request.ip);
    return reply
      .code(204)
      .header('set-cookie', sessionCookie(request, '', 0))
      .send();
  });

  /** Of the same browser: whoever sits down at it is not to find the one before still logged on in another tab. */
  async function endEarlier(request: Asked): Promise<void> {
    const before = sessionCookieIn(request.headers.cookie);
    const earlier = before === undefined ? undefined : await sessions.of(before);
    if (earlier !== undefined) await sessions.end(earlier, request.ip);
  }
}

/** Programs say nothing of a page; browsers always do. */
function saysWhere({ headers }: Asked): boolean {
  return headers['sec-fetch-site'] !== undefined || headers.origin !== undefined;
}
