import { ServerError } from '../errors.ts';
import { jsonFault } from './json-fault.ts';

/** Bytes -> JSON value. Throws ServerError `json-broken` with line and column, or where the bytes are not UTF-8. */
export function readJson(bytes: Uint8Array): unknown {
  const text = utf8(bytes);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const fault = jsonFault(text);
    throw new ServerError('json-broken', {
      context: { why: fault.en, why_th: fault.th },
      faults: [fault],
      cause,
    });
  }
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    // Thai typed in an old Windows console arrives as TIS-620.
    const fault = {
      path: '',
      code: 'not-utf8',
      en: 'the text is not UTF-8 (TIS-620 or Windows-874 is not taken)',
      th: 'ข้อความไม่ได้เข้ารหัสแบบ UTF-8 (ไม่รับ TIS-620 หรือ Windows-874)',
    };
    throw new ServerError('json-broken', {
      context: { why: fault.en, why_th: fault.th },
      faults: [fault],
      cause,
    });
  }
}
