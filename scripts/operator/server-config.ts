import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { configFrom, ServerConfig } from '../../server/config.ts';
import { isServerError } from '../../server/errors.ts';
import { readDocument } from '../../server/faults/read-document.ts';
import { Failed } from '../cli.ts';
import { readDocumentOf } from './written-document.ts';

/**
 * The configuration of a file; without one, a server for trying out in the present folder. Throws Failed with the path
 * of each fault, in both languages.
 */
export async function serverConfigAt(path: string | undefined): Promise<ServerConfig> {
  if (path === undefined) return configFrom({}, process.cwd());
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new Failed({ en: `cannot read ${path}`, th: `อ่านไฟล์ ${path} ไม่ได้` }, { code: 'no-file', cause });
  });
  const written = readDocumentOf(path, bytes);
  try {
    readDocument(ServerConfig, written);
  } catch (error) {
    if (!isServerError(error)) throw error;
    const words = { en: `the configuration ${path} has faults`, th: `ไฟล์ตั้งค่า ${path} ไม่ถูกต้อง` };
    throw new Failed(words, { code: 'config-invalid', faults: error.faults });
  }
  return configFrom(written, dirname(resolve(path)));
}
