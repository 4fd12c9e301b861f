import { alertsIn } from './find-alerts.ts';
import { isXmlFault, type ReadXml, type XmlNode } from './xml.ts';
import { doctypeLine, xmlText } from './xml-text.ts';

const ATOM = 'http://www.w3.org/2005/Atom';

/**
 * The alerts that a feed only links to, on its own host: another one could be a machine inside. Empty where the feed holds
 * alerts itself, or is none.
 */
export function linksIn(bytes: Uint8Array, url: string, readXml: ReadXml): string[] {
  const text = xmlText(bytes);
  if (typeof text !== 'string' || doctypeLine(text) !== undefined) return [];
  const links = readXml(text, ({ root }) => (alertsIn(root).length > 0 ? [] : entryLinks(root)));
  if (isXmlFault(links)) return [];
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
