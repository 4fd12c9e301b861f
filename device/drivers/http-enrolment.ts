import { Failure } from '../../firmware-protocol/mqtt/answer.ts';
import type { EnrolmentDoor } from '../enrolment/enrol.ts';
import { DeviceError } from '../errors.ts';

const ANSWER_DEADLINE_MS = 30_000;
/** A key set of 5,000 keys is about a megabyte. */
const ANSWER_LIMIT_BYTES = 4 * 1024 * 1024;
const NOT_FOUND = 404;

/** `GET` and `POST <serverUrl>/enrol`. A redirect is not followed: the code is for one server. */
export function httpEnrolment(serverUrl: string): EnrolmentDoor {
  const url = new URL('/enrol', serverUrl);
  return {
    async roots() {
      const { ok, status, body } = await asked(url, { method: 'GET' });
      // A server of before the question says so in its own words; anybody's page would say something else.
      if (status === NOT_FOUND && Failure.safeParse(body).success) return undefined;
      if (!ok) throw refused(url, status, body);
      return body;
    },
    async enrol(request) {
      const headers = { 'content-type': 'application/json' };
      const sent = { method: 'POST', headers, body: JSON.stringify(request) };
      const { ok, status, body } = await asked(url, sent);
      if (!ok) throw refused(url, status, body);
      return body;
    },
  };
}

async function asked(
  url: URL,
  request: RequestInit,
): Promise<{ ok: boolean; status: number; body: unknown }> {
  try {
    const signal = AbortSignal.timeout(ANSWER_DEADLINE_MS);
    const response = await fetch(url, { ...request, redirect: 'error', signal });
    const body: unknown = JSON.parse(await boundedText(response, url));
    return { ok: response.ok, status: response.status, body };
  } catch (error) {
    if (error instanceof DeviceError) throw error;
    throw failed(url, error instanceof Error ? error.message : String(error), error);
  }
}

/** The server's own words for the technician, in both languages. */
function refused(url: URL, status: number, body: unknown): DeviceError {
  const failure = Failure.safeParse(body);
  const { code, en, th } = failure.success
    ? failure.data
    : { code: undefined, en: `the server answered ${status}`, th: `เซิร์ฟเวอร์ตอบ ${status}` };
  return new DeviceError('enrolment-failed', { url: url.origin, refusal: code, why: en, why_th: th });
}

async function boundedText(response: Response, url: URL): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > ANSWER_LIMIT_BYTES) throw failed(url, 'the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function failed(url: URL, why: string, cause?: unknown): DeviceError {
  return new DeviceError('enrolment-failed', { url: url.origin, why }, cause);
}
