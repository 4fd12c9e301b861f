import { Failure } from '../../firmware-protocol/mqtt/answer.ts';
import type { EnrolmentExchange } from '../enrolment/enrol.ts';
import { DeviceError } from '../errors.ts';

const ANSWER_DEADLINE_MS = 30_000;
/** A key set of 5,000 keys is about a megabyte. */
const ANSWER_LIMIT_BYTES = 4 * 1024 * 1024;

/** `POST <serverUrl>/enrol`. A redirect is not followed: the code is for one server. */
export function httpEnrolment(serverUrl: string): EnrolmentExchange {
  return async (request) => {
    const url = new URL('/enrol', serverUrl);
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'error',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
        signal: AbortSignal.timeout(ANSWER_DEADLINE_MS),
      });
      const body: unknown = JSON.parse(await boundedText(response, url));
      if (!response.ok) throw refused(url, response.status, body);
      return body;
    } catch (error) {
      if (error instanceof DeviceError) throw error;
      throw failed(url, error instanceof Error ? error.message : String(error), error);
    }
  };
}

/** The server's own words for the technician, in both languages. */
function refused(url: URL, status: number, body: unknown): DeviceError {
  const failure = Failure.safeParse(body);
  const { en, th } = failure.success
    ? failure.data
    : { en: `the server answered ${status}`, th: `เซิร์ฟเวอร์ตอบ ${status}` };
  return new DeviceError('enrolment-failed', { url: url.origin, why: en, why_th: th });
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
