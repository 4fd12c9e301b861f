import type { Upload } from '../../content/media-library.ts';
import { ServerError } from '../../errors.ts';
import { hasRight } from '../../operators/rights.ts';
import type { OperatorIdentity } from '../../ports.ts';
import type { Asked } from './framework.ts';

const JSON_TYPE = /^application\/json\b/i;

/** A body that says it is JSON: a form of another site cannot say so. */
export function bytesOf(request: Asked): Uint8Array {
  const bytes = request.body instanceof Uint8Array ? request.body : new Uint8Array();
  if (bytes.length > 0 && !JSON_TYPE.test(request.headers['content-type'] ?? ''))
    throw new ServerError('json-broken', {
      context: {
        why: 'say so with content-type: application/json',
        why_th: 'ต้องระบุ content-type: application/json',
      },
    });
  return bytes;
}

/** The one file of a form, from somebody who may upload. Rejects `not-allowed`, `upload-missing`. */
export async function uploadOf(by: OperatorIdentity, request: Asked): Promise<Upload> {
  if (!hasRight(by, 'speak'))
    throw new ServerError('not-allowed', { context: { role: by.roles.join(', ') } });
  const part = request.isMultipart() ? await request.file() : undefined;
  if (part === undefined) throw new ServerError('upload-missing');
  return { chunks: part.file, fileName: part.filename, by: by.user };
}

/** A part of the path that the route names; '' = there is none. */
export function paramOf(request: Asked, name: string): string {
  const params: unknown = request.params;
  return typeof params === 'object' && params !== null ? String(Reflect.get(params, name) ?? '') : '';
}
