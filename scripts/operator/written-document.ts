import { isServerError } from '../../server/errors.ts';
import { readJson } from '../../server/faults/read-json.ts';
import { Failed } from '../cli.ts';

/** A JSON file that a person wrote, by the reader of the server: its faults have line and column. Throws Failed. */
export function readDocumentOf(path: string, bytes: Uint8Array): unknown {
  try {
    return readJson(bytes);
  } catch (error) {
    if (!isServerError(error)) throw error;
    const { code, faults } = error;
    throw new Failed({ en: `${path} is not JSON`, th: `ไฟล์ ${path} ไม่ใช่ JSON` }, { code, faults });
  }
}
