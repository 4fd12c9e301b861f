import { ServerError } from '../../errors.ts';

/** Why nothing can be asked of a database, or stored, now; it may be mended without us. */
export interface Away {
  en: string;
  th: string;
}

/** `database-down`, with the database's own words behind ours. */
export function downBecause(away: Away, cause: unknown): ServerError {
  const says = cause instanceof Error ? cause.message || codeOf(cause) : String(cause);
  const context = { why: `${away.en} (${says})`, why_th: `${away.th} (${says})` };
  return new ServerError('database-down', { context, cause });
}

/** Of an error of either database, or of a socket; '' = it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
