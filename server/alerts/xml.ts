/** XML as the domain sees it: plain trees, and the canonical octets that signatures are made of. Types and limits only. */

/** What a file may cost before it is refused. Alerts with sound inside are met at 0.5 MB; feeds hold some hundred. */
export const XML_LIMITS = {
  bytes: 6 * 1024 * 1024,
  /** An alert in EDXL-DE in SOAP is 12 deep. */
  depth: 40,
  /** Elements and attributes: an alert of a thousand areas has some 10,000. */
  nodes: 60_000,
  /** A tag has at most an end; comments are few. Counted before anything is parsed. */
  brackets: 150_000,
  /** Alerts of one file; the feed of a whole country has some 500. */
  alerts: 1_000,
  /** What stands directly in an alert: some twenty elements, and an info for each language and place. */
  members: 3_000,
} as const;

export interface XmlAttribute {
  namespace: string;
  name: string;
  value: string;
}

export interface XmlNode {
  /** Empty = none. Names are matched by namespace, never by prefix. */
  namespace: string;
  name: string;
  /** From 1; in a file that holds several documents, of the document. */
  line: number;
  attributes: XmlAttribute[];
  children: XmlNode[];
  /** Its own characters, those of children left out. */
  text: string;
}

/** Canonical XML 1.0 or Exclusive Canonical XML 1.0. */
export interface CanonicalForm {
  exclusive: boolean;
  comments: boolean;
  /** Prefixes that the exclusive form treats as the inclusive one does. */
  prefixes: readonly string[];
}

/** One element that carries signatures, as a document of its own. */
export interface SignedXml {
  /** Without the child elements `Signature` of these numbers, from 0 in the order of the document. */
  content(without: readonly number[], form: CanonicalForm): string;
  /** `SignedInfo` of the n-th signature. */
  signedInfo(index: number, form: CanonicalForm): string;
}

export interface XmlSource {
  root: XmlNode;
  signed(node: XmlNode): SignedXml;
}

export interface XmlFault {
  fault: 'not-xml' | 'not-one-document' | 'xml-too-deep' | 'xml-too-many';
  line: number;
  /** In the words of the parser, English. */
  detail: string;
}

/**
 * Reads one document without looking anything up: no DTD, no entity but the five, no network, no XInclude. What `use` is
 * given is gone after it returned. Never throws for what the text holds.
 */
export type ReadXml = <T>(text: string, use: (source: XmlSource) => T) => T | XmlFault;

export function isXmlFault(read: unknown): read is XmlFault {
  return typeof read === 'object' && read !== null && 'fault' in read;
}
