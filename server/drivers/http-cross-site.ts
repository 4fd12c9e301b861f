import { ServerError } from '../errors.ts';

/** A request as the framework gives it. */
interface Sent {
  method: string;
  headers: Record<string, string | string[] | undefined>;
}

const READING: readonly string[] = ['GET', 'HEAD'];
const OWN_PAGES: readonly unknown[] = [undefined, 'same-origin', 'none'];

/** A browser sends remembered Basic passwords with any page's form; what it says of the page's origin is true. */
export function refuseCrossSite({ method, headers }: Sent): void {
  if (!READING.includes(method) && !OWN_PAGES.includes(headers['sec-fetch-site']))
    throw new ServerError('cross-site');
}
