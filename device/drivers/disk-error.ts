import { DeviceError } from '../errors.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT']);

/** The errno of a failed system call: `ENOENT`, `ENOSPC`; undefined = the error came from elsewhere. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' && error.code.startsWith('E') ? error.code : undefined;
}

/** A failed system call as `store-full` or `store-failed`; any other error as it is. */
export function diskError(error: unknown, context: Record<string, unknown>): unknown {
  const errno = errnoOf(error);
  if (errno === undefined || error instanceof DeviceError) return error;
  return new DeviceError(FULL.has(errno) ? 'store-full' : 'store-failed', { ...context, errno }, error);
}
