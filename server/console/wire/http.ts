import type { Answer, Failure } from '../../../firmware-protocol/mqtt/answer.ts';
import type { AnswerTo, RequestName, RequestOf } from '../../../firmware-protocol/mqtt/requests.ts';
import { Refused, Unreachable } from './failure.ts';

/** Longer than the server takes for anything but an upload. */
const ANSWER_MS = 30_000;

/** Any request of the MQTT wire by `POST /api/request/{what}`. Rejects `Refused` and `Unreachable`. */
export async function askByHttp<N extends RequestName>(
  what: N,
  request: RequestOf<N>,
  signal?: AbortSignal,
): Promise<AnswerTo<N>> {
  const answer: Answer<AnswerTo<N>> = await exchange(`/api/request/${what}`, {
    method: 'POST',
    body: JSON.stringify(request),
    ...(signal && { signal }),
  });
  if (answer.status === 'error') throw new Refused(answer.error);
  return answer.data;
}

/** JSON there and back, with the session's cookie; an empty answer is undefined. */
export async function exchange<T>(path: string, init: RequestInit = {}): Promise<T> {
  const deadline = AbortSignal.timeout(ANSWER_MS);
  const response = await fetch(path, {
    ...init,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...(typeof init.body === 'string' && { 'content-type': 'application/json' }),
    },
    signal: init.signal ? AbortSignal.any([init.signal, deadline]) : deadline,
  }).catch((cause: unknown) => {
    throw init.signal?.aborted === true ? cause : new Unreachable(cause);
  });
  return read<T>(response);
}

/** The body of an answer. Errors of the gate come as a bare failure, those of a request inside its answer. */
async function read<T>(response: Response): Promise<T> {
  const text = await response.text().catch((cause: unknown) => {
    throw new Unreachable(cause);
  });
  let body: unknown;
  try {
    body = text === '' ? undefined : JSON.parse(text);
  } catch (cause) {
    throw new Unreachable(cause);
  }
  if (!response.ok) throw new Refused(failureIn(body, response.status));
  return body as T;
}

function failureIn(body: unknown, status: number): Failure {
  const found = typeof body === 'object' && body !== null && 'error' in body ? body.error : body;
  if (typeof found === 'object' && found !== null && 'code' in found && 'th' in found)
    return found as Failure;
  return { code: `http-${status}`, en: `HTTP ${status}`, th: `HTTP ${status}`, faults: [] };
}
