import type { Reason } from './reasons.ts';
import { XML_LIMITS } from './xml.ts';

/** Bytes of a file -> XML text without its declaration, or why it is refused before any parser sees it. */
export function xmlText(bytes: Uint8Array): string | Reason {
  if (bytes.length > XML_LIMITS.bytes) return { code: 'too-large', says: { bytes: bytes.length } };
  const label = encodingOf(bytes);
  const decoded = decode(bytes, label);
  if (decoded === undefined) return { code: 'encoding', says: { encoding: label } };
  if (decoded.includes('\0')) return { code: 'not-xml', line: lineAt(decoded, decoded.indexOf('\0')) };
  if (countOf(decoded, '<') > XML_LIMITS.brackets) return { code: 'xml-too-many' };
  return withoutDeclaration(decoded);
}

function countOf(text: string, letter: string): number {
  let count = 0;
  for (let at = text.indexOf(letter); at !== -1; at = text.indexOf(letter, at + 1)) count += 1;
  return count;
}

/** By the mark at the beginning, else by the declaration, else UTF-8 (XML 1.0, appendix F). */
function encodingOf(bytes: Uint8Array): string {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  // UTF-16 without its mark: `<` in two bytes.
  if (first === 0x3c && second === 0x00) return 'utf-16le';
  if (first === 0x00 && second === 0x3c) return 'utf-16be';
  const head = Buffer.from(bytes.subarray(0, 256)).toString('latin1');
  const said = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.-]{1,40})["']/.exec(head)?.[1];
  return said ?? 'utf-8';
}

/** Names under which Java, Python and Windows write the Thai encoding, which the encodings of the web do not list. */
const THAI_NAMES: ReadonlySet<string> = new Set(['cp874', 'ms874', 'x-windows-874', 'ibm874', 'tis620']);
/** To the web it is Windows-1252, so that Thai in UTF-8 would be read as nonsense instead of being refused. */
const ASCII: ReadonlySet<string> = new Set(['us-ascii', 'ascii']);

function decode(bytes: Uint8Array, said: string): string | undefined {
  const name = said.toLowerCase();
  if (ASCII.has(name) && bytes.some((byte) => byte > 0x7f)) return undefined;
  const label = THAI_NAMES.has(name) ? 'windows-874' : name;
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** What it said of the encoding no longer holds; blanks keep lines and columns where they were. */
function withoutDeclaration(text: string): string {
  return text.replace(/^<\?xml\s[^>]*\?>/, (declaration) => declaration.replace(/[^\n]/g, ' '));
}

/** What may stand before the root element, and how it ends. */
const PROLOG = [
  { begins: '<!--', ends: '-->' },
  { begins: '<?', ends: '?>' },
] as const;

/**
 * A document type can stand only before the root element; anywhere else it is no XML. So only that part is looked at, and
 * text in CDATA that mentions one is left alone.
 */
export function doctypeLine(text: string): number | undefined {
  for (let at = afterBlank(text, 0); ; ) {
    const skipped = PROLOG.find(({ begins }) => text.startsWith(begins, at));
    if (skipped === undefined)
      return /^<!DOCTYPE/i.test(text.slice(at, at + 9)) ? lineAt(text, at) : undefined;
    const end = text.indexOf(skipped.ends, at + skipped.begins.length);
    if (end === -1) return undefined;
    at = afterBlank(text, end + skipped.ends.length);
  }
}

/** Tab, line feed, carriage return, blank, and the mark of the encoding. */
const BLANKS: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0d, 0x20, 0xfeff]);

function afterBlank(text: string, from: number): number {
  let at = from;
  while (BLANKS.has(text.charCodeAt(at))) at += 1;
  return at;
}

function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/**
 * Several documents in one file, one after the other: parted where one root ends and another begins. Only used when the
 * whole is not one document, and each part is read as strictly as a file of its own.
 */
export function documentsIn(text: string): string[] {
  const ends = [
    ...text.matchAll(
      /<\/(?:[\w.-]{1,40}:)?[\w.-]{1,40}\s{0,9}>\s*(?=<\?xml\s)|<\/(?:[\w.-]{1,40}:)?alert\s{0,9}>\s*(?=<[^/])/g,
    ),
  ];
  const parts: string[] = [];
  let from = 0;
  for (const { index, 0: end } of ends) {
    parts.push(text.slice(from, index + end.length));
    from = index + end.length;
  }
  return [...parts, text.slice(from)].map(withoutDeclaration).filter((part) => part.trim() !== '');
}
