import { ServerError } from '../../errors.ts';

/** What may be tried again from the start, because another transaction was in the way: serialisation failure, deadlock. */
export function isCollision(error: unknown): boolean {
  return ['40001', '40P01'].includes(codeOf(error));
}

/** The row is there: it was before, or another transaction brought it just now. */
export function isTaken(error: unknown): boolean {
  return codeOf(error) === '23505';
}

/** Throws `database-down` where the server or the way to it is gone, else what came. */
export function fail(error: unknown): never {
  if (!isAway(error)) throw error;
  const why = error instanceof Error ? error.message : String(error);
  throw new ServerError('database-down', { context: { why: why || codeOf(error) }, cause: error });
}

/**
 * Appendix A of PostgreSQL's manual: class 08 connection, 57P0x shutting down or starting up, 53300 too many sessions,
 * 28xxx and 3D000 not let in. Without a code of that form: the socket, or the client's own deadline.
 */
export function isAway(error: unknown): boolean {
  const code = codeOf(error);
  return !/^[0-9A-Z]{5}$/.test(code) || /^(08|57P0|53300|28|3D)/.test(code);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
