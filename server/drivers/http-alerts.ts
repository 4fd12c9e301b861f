import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AlertRoom } from '../alerts/alert-room.ts';
import { ServerError } from '../errors.ts';
import { hasRight } from '../operators/rights.ts';
import type { OperatorIdentity } from '../ports.ts';

/** What a form of another site cannot say of its body. */
const XML_TYPE = /^(?:application|text)\/(?:[\w.-]+\+)?xml\b/i;

/** A CAP file, feed or envelope, posted by an account that may speak; each alert of it is answered. */
export async function postedAlerts(
  by: OperatorIdentity,
  request: FastifyRequest,
  reply: FastifyReply,
  receive: AlertRoom['receive'],
): Promise<FastifyReply> {
  if (!hasRight(by, 'speak'))
    throw new ServerError('not-allowed', { context: { role: by.roles.join(', ') } });
  const bytes = request.body instanceof Uint8Array ? request.body : new Uint8Array();
  if (!XML_TYPE.test(request.headers['content-type'] ?? '')) throw new ServerError('alert-not-xml');
  const received = await receive(bytes, `post:${by.user}`);
  const isRefused = received.every(({ record }) => record.state === 'refused');
  return reply.code(isRefused ? 422 : 200).send({
    alerts: received.map(({ record, isDuplicate, reply: answer }) => ({
      alert: record.id,
      identifier: record.identifier,
      sender: record.sender,
      sent: record.sent,
      verdict: record.verdict,
      reasons: [...new Set(record.reasons.map(({ code }) => code))],
      state: record.state,
      ...(record.why !== undefined && { why: record.why }),
      trust: record.trust,
      duplicate: isDuplicate,
      ...(answer !== undefined && { reply: answer }),
    })),
  });
}
