import { isServerError } from '../../server/errors.ts';
import { refusedBy } from './refusal.ts';

/** What a part of the server threw in this process, as the end of a verb; what is no ServerError stays what it is. */
export function serverFailure(error: unknown): unknown {
  return isServerError(error) ? refusedBy(error.failure(), error.cause) : error;
}
