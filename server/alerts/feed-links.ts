import { alertsIn } from './find-alerts.ts';
import { isXmlFault, type ReadXml, type XmlNode } from './xml.ts';
import { doctypeLine, xmlText } from './xml-text.ts';

const ATOM = 'http://www.w3.org/2005/Atom';

/** What stands in a feed: alerts themselves, or where they are; `neither`: it is no feed, or cannot be read. */
export type FeedContents = { kind: 'alerts' | 'neither' } | { kind: 'links'; links: string[] };

/**
 * Links only on the feed's own host: another one could be a machine inside. A feed without entries has no links: nothing is
 * warned of.
 */
export function contentsOfFeed(bytes: Uint8Array, url: string, readXml: ReadXml): FeedContents {
  const text = xmlText(bytes);
  if (typeof text !== 'string' || doctypeLine(text) !== undefined) return { kind: 'neither' };
  const found = readXml(text, ({ root }): FeedContents => {
    if (alertsIn(root).length > 0) return { kind: 'alerts' };
    return FEEDS.has(root.name) ? { kind: 'links', links: entryLinks(root) } : { kind: 'neither' };
  });
  if (isXmlFault(found)) return { kind: 'neither' };
  return found.kind === 'links' ? { kind: 'links', links: onHostOf(url, found.links) } : found;
}

/** Atom, RSS 2.0, RSS 1.0. */
const FEEDS: ReadonlySet<string> = new Set(['feed', 'rss', 'RDF']);

function onHostOf(url: string, links: readonly string[]): string[] {
  const base = new URL(url);
  const addresses = links.flatMap((link) => (URL.canParse(link, url) ? [new URL(link, base)] : []));
  const own = addresses.filter(({ protocol, host }) => protocol === base.protocol && host === base.host);
  return [...new Set(own.map(({ href }) => href))].filter((href) => href !== base.href);
}

function entryLinks(root: XmlNode): string[] {
  const entries = descendants(root).filter(({ name }) => name === 'entry' || name === 'item');
  return entries.flatMap((entry) => {
    const links = entry.children.filter(({ name }) => name === 'link').map(linkOf);
    const caps = links.filter(({ type }) => type === 'application/cap+xml');
    const [first] = caps.length > 0 ? caps : links.filter(({ rel }) => rel === 'alternate');
    return first === undefined || first.href === '' ? [] : [first.href];
  });
}

/** An Atom link has its address in an attribute, one of RSS in its text. */
function linkOf({ namespace, attributes, text }: XmlNode): { href: string; type: string; rel: string } {
  const attribute = (name: string) => attributes.find((each) => each.name === name)?.value ?? '';
  const href = namespace === ATOM ? attribute('href') : text.trim();
  return { href, type: attribute('type'), rel: attribute('rel') || 'alternate' };
}

function descendants(node: XmlNode): XmlNode[] {
  return node.children.flatMap((child) => [child, ...descendants(child)]);
}
