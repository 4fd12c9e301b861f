import { ServerError } from '../../errors.ts';

/** A request as the framework gives it. */
export interface Sent {
  method: string;
  headers: Record<string, string | string[] | undefined>;
  /** With its port, as the browser names it. */
  host: string;
}

const READING: readonly string[] = ['GET', 'HEAD'];
const OWN_PAGES: readonly unknown[] = [undefined, 'same-origin', 'none'];

/** A browser sends remembered Basic passwords with any page's form; what it says of the page's origin is true. */
export function refuseCrossSite({ method, headers }: Sent): void {
  if (!READING.includes(method) && !OWN_PAGES.includes(headers['sec-fetch-site']))
    throw new ServerError('cross-site');
}

/**
 * With a cookie, which a browser adds by itself, what changes something has to come from a page of ours, and say so: by
 * `Sec-Fetch-Site`, or in a browser that does not know it by `Origin`.
 */
export function refuseUnlessOwnPage(sent: Sent): void {
  if (READING.includes(sent.method)) return;
  const site = sent.headers['sec-fetch-site'];
  const isOwn = site === undefined ? isOwnOrigin(sent) : site === 'same-origin';
  if (!isOwn) throw new ServerError('cross-site');
}

/** Whether it says where it comes from, and that is here. */
export function isOwnOrigin({ headers, host }: Pick<Sent, 'headers' | 'host'>): boolean {
  const { origin } = headers;
  return typeof origin === 'string' && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}
