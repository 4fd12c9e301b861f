import type { AlertSource } from '../alerts/alert-sources.ts';
import { linksIn } from '../alerts/feed-links.ts';
import { XML_LIMITS } from '../alerts/xml.ts';
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
      const bytes = response.status === 304 ? undefined : await bodyOf(response);
      const links = bytes === undefined ? [] : linksIn(bytes, url, readXml).filter((link) => !read.has(link));
      if (bytes !== undefined && links.length === 0) await receive(bytes);
      for (const link of links.slice(0, LIMITS.linksAtOnce)) {
        await receive(await bodyOf(await get(link, {})));
        read.add(link);
      }
      for (const oldest of [...read].slice(0, Math.max(0, read.size - LIMITS.remembered)))
        read.delete(oldest);
      // Unread links are asked for again with the whole feed.
      etag = links.length > LIMITS.linksAtOnce ? undefined : (response.headers.get('etag') ?? etag);
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
