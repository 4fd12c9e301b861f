import { readFileSync } from 'node:fs';
import type { Log } from '../ports.ts';

/** Stands where certificates should: it is none, so no server is trusted, and not one of the system's authorities either. */
const NOBODY = 'no certificate authority could be read';

/**
 * The certificate authority of the configuration. One that cannot be read costs the line to the server and no more: programme,
 * microphone and receiver of the hall go on, and the technician's check says what to do.
 */
export function authorityOf(path: string | undefined, log: Log): { ca?: string } {
  if (path === undefined) return {};
  try {
    return { ca: readFileSync(path, 'utf8') || NOBODY };
  } catch (error) {
    log.error({ path, error }, 'the certificate authority cannot be read: no server is trusted');
    return { ca: NOBODY };
  }
}
