import type { z } from 'zod';
import { isServerError, ServerError } from '../errors.ts';
import { readDocument } from './read-document.ts';

/** `config-invalid`: the member of the configuration at `path` cannot be used, and why. */
export function configFault(
  path: string,
  { en, th }: { en: string; th: string },
  cause?: unknown,
): ServerError {
  return new ServerError('config-invalid', {
    context: { why: `${path}: ${en}`, why_th: `${path}: ${th}` },
    cause,
  });
}

/** What is said of a file that the configuration names. */
export function unreadable(path: string, cause: unknown): { en: string; th: string } {
  const code = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : '';
  return { en: `${path} cannot be read${code}`, th: `อ่านไฟล์ ${path} ไม่ได้${code}` };
}

/** A configuration as written -> as the schema makes it. Throws `config-invalid` with every fault, in both languages. */
export function readConfigured<S extends z.ZodType>(schema: S, written: unknown): z.output<S> {
  try {
    return readDocument(schema, written);
  } catch (error) {
    if (!isServerError(error, 'request-invalid')) throw error;
    const told = (lang: 'en' | 'th') =>
      error.faults
        .map((fault) => (fault.path === '' ? fault[lang] : `${fault.path}: ${fault[lang]}`))
        .join('; ');
    throw new ServerError('config-invalid', {
      context: { why: told('en'), why_th: told('th') },
      cause: error,
    });
  }
}
