import type { AlertRoom } from '../../alerts/alert-room.ts';
import { ServerError } from '../../errors.ts';
import { hasRight } from '../../operators/rights.ts';
import type { OperatorIdentity } from '../../ports.ts';

/** What a form of another site cannot say of its body. */
const XML_TYPE = /^(?:application|text)\/(?:[\w.-]+\+)?xml\b/i;

/** A request as the framework gives it. */
interface Posted {
  headers: { 'content-type'?: string | undefined };
  body: unknown;
}

/** A CAP file, feed or envelope, posted by an account that may speak; each alert of it is answered. */
export async function postedAlerts(
  by: OperatorIdentity,
  { headers, body }: Posted,
  receive: AlertRoom['receive'],
): Promise<{ status: number; answer: object }> {
  if (!hasRight(by, 'speak'))
    throw new ServerError('not-allowed', { context: { role: by.roles.join(', ') } });
  if (!XML_TYPE.test(headers['content-type'] ?? '')) throw new ServerError('alert-not-xml');
  const received = await receive(body instanceof Uint8Array ? body : new Uint8Array(), `post:${by.user}`);
  const isRefused = received.every(({ record }) => record.state === 'refused');
  const alerts = received.map(({ record, isDuplicate, reply }) => ({
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
    ...(reply !== undefined && { reply }),
  }));
  return { status: isRefused ? 422 : 200, answer: { alerts } };
}
