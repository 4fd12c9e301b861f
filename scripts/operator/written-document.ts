import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { isServerError } from '../../server/errors.ts';
import { readDocument } from '../../server/faults/read-document.ts';
import { readJson } from '../../server/faults/read-json.ts';
import { MAX_FAULTS } from '../../server/faults/zod-faults.ts';
import { unreadable } from '../cli/named-files.ts';
import type { Words } from '../cli/words.ts';
import { Failed } from '../cli.ts';

/** A JSON file that a person wrote, by the reader of the server: a fault has line and column. Rejects with Failed. */
export async function writtenJson(path: string): Promise<unknown> {
  const bytes = await readFile(path).catch(unreadable(path));
  return judged(() => readJson(bytes), { en: `${path} is not JSON`, th: `ไฟล์ ${path} ไม่ใช่ JSON` });
}

/** Throws Failed with the path of every fault, in both languages, where `written` is no good configuration. */
export function refuseConfig(path: string, schema: z.ZodType, written: unknown): void {
  const words = { en: `the configuration ${path} has faults`, th: `ไฟล์ตั้งค่า ${path} ไม่ถูกต้อง` };
  judged(() => readDocument(schema, written), words);
}

function judged<T>(read: () => T, words: Words): T {
  try {
    return read();
  } catch (error) {
    if (!isServerError(error)) throw error;
    const { code, faults } = error;
    throw new Failed(faults.length < MAX_FAULTS ? words : cutShort(words), { code, faults });
  }
}

/** Who mends twenty faults shall not wonder at the twenty-first. */
function cutShort({ en, th }: Words): Words {
  return {
    en: `${en}, of which these are the first ${MAX_FAULTS}`,
    th: `${th} แสดงเพียง ${MAX_FAULTS} ข้อแรก`,
  };
}
