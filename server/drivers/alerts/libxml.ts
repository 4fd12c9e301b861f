import {
  ParseOption,
  type XmlNode as XmlAnyNode,
  XmlCData,
  XmlDocument,
  XmlElement,
  XmlParseError,
  XmlText,
  XmlTreeNode,
  XmlXPath,
} from 'libxml2-wasm';
import {
  type CanonicalForm,
  type ReadXml,
  type SignedXml,
  XML_LIMITS,
  type XmlFault,
  type XmlNode,
} from '../../alerts/xml.ts';

const SAFE =
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_NO_SYS_CATALOG |
  ParseOption.XML_PARSE_BIG_LINES;

const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
/** XML_C14N_1_0 and XML_C14N_EXCLUSIVE_1_0 of libxml2. */
const MODES = { inclusive: 0, exclusive: 1 } as const;

/** libxml2, as WebAssembly: one reader for the tree, for canonical octets and for schemas, so that none sees other bytes. */
export const readXml: ReadXml = (text, use) => {
  let document: XmlDocument;
  try {
    document = parsed(text);
  } catch (error) {
    if (!(error instanceof XmlParseError)) throw error;
    return parseFault(error);
  }
  const opened = [document];
  try {
    const elements = new WeakMap<XmlNode, XmlElement>();
    const root = new TreeReader(elements).read(document.root);
    const signed = (node: XmlNode) => signedXml(standalone(node, elements, document, text), opened);
    return use({ root, signed });
  } catch (error) {
    if (error instanceof TooMuch) return error.why;
    throw error;
  } finally {
    for (const each of opened) each.dispose();
  }
};

/** As bytes: handing over a string costs a call for each letter. */
function parsed(text: string): XmlDocument {
  return XmlDocument.fromBuffer(Buffer.from(text, 'utf8'), { option: SAFE, encoding: 'utf-8' });
}

/** Messages of libxml2 for a second root element, and for depth beyond its own bound. */
const SECOND_ROOT = /extra content at the end/i;
const TOO_DEEP = /excessive depth/i;

function parseFault(error: XmlParseError): XmlFault {
  const [first] = error.details;
  const detail = (first?.message ?? error.message).trim();
  const fault = SECOND_ROOT.test(detail)
    ? 'not-one-document'
    : TOO_DEEP.test(detail)
      ? 'xml-too-deep'
      : 'not-xml';
  return { fault, line: first?.line ?? 0, detail };
}

class TooMuch extends Error {
  readonly why: XmlFault;

  constructor(fault: XmlFault['fault'], line: number) {
    super(fault);
    this.why = { fault, line, detail: '' };
  }
}

class TreeReader {
  readonly #elements: WeakMap<XmlNode, XmlElement>;
  #nodes = 0;

  constructor(elements: WeakMap<XmlNode, XmlElement>) {
    this.#elements = elements;
  }

  read(element: XmlElement, depth = 1): XmlNode {
    if (depth > XML_LIMITS.depth) throw new TooMuch('xml-too-deep', element.line);
    const attributes = element.attrs.map(({ namespaceUri, name, value }) => ({
      namespace: namespaceUri,
      name,
      value,
    }));
    this.#nodes += 1 + attributes.length;
    if (this.#nodes > XML_LIMITS.nodes) throw new TooMuch('xml-too-many', element.line);
    const node: XmlNode = {
      namespace: element.namespaceUri,
      name: element.name,
      line: element.line,
      attributes,
      children: [],
      text: '',
    };
    for (const child of childrenOf(element)) {
      if (child instanceof XmlElement) node.children.push(this.read(child, depth + 1));
      else if (child instanceof XmlText || child instanceof XmlCData) node.text += child.content;
    }
    this.#elements.set(node, element);
    return node;
  }
}

function* childrenOf(element: XmlElement): Generator<XmlAnyNode> {
  for (let child: XmlAnyNode | null = element.firstChild; child !== null; child = after(child)) yield child;
}

const NEXT = XmlXPath.compile('following-sibling::node()[1]');

/** A processing instruction is no tree node to libxml2-wasm, which gives it no neighbours: XPath knows them. */
function after(child: XmlAnyNode): XmlAnyNode | null {
  return child instanceof XmlTreeNode ? child.next : child.get(NEXT);
}

/**
 * The text of the document that the element is, or would be outside its wrapper: with the namespaces that it declares
 * itself and those that it uses.
 */
function standalone(
  node: XmlNode,
  elements: WeakMap<XmlNode, XmlElement>,
  document: XmlDocument,
  text: string,
): string {
  const element = elements.get(node);
  if (element === undefined) throw new Error('an element of another document');
  if (element.isSameNode(document.root)) return text;
  const inclusiveNamespacePrefixes = Object.keys(element.nsDeclarations);
  return element.canonicalizeToString({
    mode: MODES.exclusive,
    withComments: true,
    inclusiveNamespacePrefixes,
  });
}

/** Each set of octets is made once: several signatures ask for the same. What is `opened` is closed with the reading. */
function signedXml(text: string, opened: XmlDocument[]): SignedXml {
  const made = new Map<string, string>();
  let whole: XmlElement[] | undefined;
  const open = () => {
    const document = parsed(text);
    opened.push(document);
    return document;
  };
  return {
    content: (without, form) => {
      const key = JSON.stringify([without, form]);
      const known = made.get(key);
      if (known !== undefined) return known;
      const document = open();
      const signatures = signaturesOf(document.root);
      for (const index of without) signatures[index]?.remove();
      const octets = document.canonicalizeToString(optionsOf(form));
      made.set(key, octets);
      return octets;
    },
    signedInfo: (index, form) => {
      whole ??= signaturesOf(open().root);
      const signature = whole[index];
      const info = signature && elementsOf(signature).find(({ name }) => name === 'SignedInfo');
      return info?.canonicalizeToString(optionsOf(form)) ?? '';
    },
  };
}

function elementsOf(element: XmlElement): XmlElement[] {
  return [...childrenOf(element)].filter((child) => child instanceof XmlElement);
}

function signaturesOf(alert: XmlElement): XmlElement[] {
  return elementsOf(alert).filter(({ namespaceUri, name }) => namespaceUri === DSIG && name === 'Signature');
}

function optionsOf({ exclusive, comments, prefixes }: CanonicalForm) {
  return {
    mode: exclusive ? MODES.exclusive : MODES.inclusive,
    withComments: comments,
    ...(exclusive && prefixes.length > 0 ? { inclusiveNamespacePrefixes: [...prefixes] } : {}),
  };
}
