import type { AlertSource } from '../../alerts/alert-sources.ts';
import { contentsOfFeed } from '../../alerts/feed-links.ts';
import { XML_LIMITS } from '../../alerts/xml.ts';
import { readXml } from './libxml.ts';

const LIMITS = {
  /** A feed that hangs holds up nobody: it is asked again next time. */
  answerMs: 20_000,
  /** Alerts fetched at a time; the next round takes the next. */
  linksAtOnce: 50,
  /** Addresses remembered as read. */
  remembered: 5_000,
} as const;

/** A feed of alerts, or of links to alerts, which are followed on its own host only. */
export function alertFeed({ url, every_s }: { url: string; every_s: number }): AlertSource {
  const read = new Set<string>();
  /** Asked for after those that were never tried. */
  const failed = new Set<string>();
  let etag: string | undefined;
  const get = async (address: string, headers: Record<string, string>): Promise<Response> => {
    // A redirect could lead to a machine inside: whoever runs the feed moves it in our configuration.
    const response = await fetch(address, {
      headers: { accept: 'application/cap+xml, application/atom+xml, application/xml, text/xml', ...headers },
      redirect: 'error',
      signal: AbortSignal.timeout(LIMITS.answerMs),
    });
    if (!response.ok && response.status !== 304) throw new Error(`${address} answered ${response.status}`);
    return response;
  };
  return {
    via: `feed:${url}`,
    everyMs: every_s * 1_000,
    async take(receive) {
      const response = await get(url, etag === undefined ? {} : { 'if-none-match': etag });
      if (response.status === 304) return;
      const bytes = await bodyOf(response);
      const contents = contentsOfFeed(bytes, url, readXml);
      if (contents.kind !== 'links') await receive(bytes);
      const unread = contents.kind === 'links' ? contents.links.filter((link) => !read.has(link)) : [];
      const due = [
        ...unread.filter((link) => !failed.has(link)),
        ...unread.filter((link) => failed.has(link)),
      ];
      failed.clear();
      for (const link of due.slice(0, LIMITS.linksAtOnce)) {
        // One that is gone holds up none of those after it.
        const alert = await get(link, {})
          .then(bodyOf)
          .catch(() => undefined);
        if (alert === undefined) {
          failed.add(link);
          continue;
        }
        await receive(alert);
        read.add(link);
      }
      for (const oldest of [...read].slice(0, Math.max(0, read.size - LIMITS.remembered)))
        read.delete(oldest);
      // Unread links are asked for again with the whole feed.
      const isAllRead = failed.size === 0 && due.length <= LIMITS.linksAtOnce;
      etag = isAllRead ? (response.headers.get('etag') ?? etag) : undefined;
      if (failed.size > 0) throw new Error(`cannot be read: ${[...failed].slice(0, 5).join(', ')}`);
    },
  };
}

/** At most one byte more than is read: then it is refused for its size. */
async function bodyOf(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > XML_LIMITS.bytes) break;
  }
  return Buffer.concat(chunks);
}
