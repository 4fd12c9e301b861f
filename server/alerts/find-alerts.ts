import { CAP_NAMESPACE } from './cap-schema.ts';
import type { Reason } from './reasons.ts';
import type { XmlNode } from './xml.ts';

/** Earlier CAPs, by their namespace. They are other documents: nothing of them is guessed. */
const OTHER_VERSIONS: Readonly<Record<string, string>> = {
  'http://www.incident.com/cap/1.0': '1.0',
  'urn:oasis:names:tc:emergency:cap:1.0': '1.0',
  'urn:oasis:names:tc:emergency:cap:1.1': '1.1',
};
const XINCLUDE = 'http://www.w3.org/2001/XInclude';
const EDXL = 'urn:oasis:names:tc:emergency:EDXL:DE:1.0';

export interface FoundAlert {
  node: XmlNode;
  /** What the file around it says of it. */
  wrapping: Reason[];
}

/** The alerts of a document: its root, or wherever they stand in Atom, RSS, EDXL-DE or a list. */
export function alertsIn(root: XmlNode): FoundAlert[] {
  if (root.name === 'alert') return [{ node: root, wrapping: [] }];
  const found: FoundAlert[] = [];
  const visit = (node: XmlNode, wrapping: Reason[]): void => {
    if (node.name === 'alert' && isCap(node.namespace)) found.push({ node, wrapping });
    else {
      const own = [...wrapping, ...envelopeReasons(node)];
      for (const child of node.children) visit(child, own);
    }
  };
  visit(root, []);
  return found;
}

function isCap(namespace: string): boolean {
  return namespace === CAP_NAMESPACE || Object.hasOwn(OTHER_VERSIONS, namespace);
}

/** An envelope for an exercise or a test makes what it holds one, whatever that says of itself. */
function envelopeReasons(node: XmlNode): Reason[] {
  if (node.namespace !== EDXL || node.name !== 'EDXLDistribution') return [];
  const said = node.children.find(
    ({ namespace, name }) => namespace === EDXL && name === 'distributionStatus',
  );
  const status = said?.text.trim() ?? '';
  if (said === undefined || status === 'Actual') return [];
  return [{ code: 'wrapper-not-actual', line: said.line, says: { status: status.slice(0, 40) } }];
}

/** Alerts that a feed carries as text, not as elements: `<content type="html">&lt;alert …`. */
export function writtenAlerts(node: XmlNode): string[] {
  const text = node.text.trimStart();
  const own = text.startsWith('<') && text.includes('urn:oasis:names:tc:emergency:cap:') ? [text] : [];
  return [...own, ...node.children.flatMap(writtenAlerts)];
}

/** Why an element `alert` is no CAP 1.2 at all. */
export function otherVersion({ namespace, line }: XmlNode): Reason | undefined {
  if (namespace === CAP_NAMESPACE) return undefined;
  const version = OTHER_VERSIONS[namespace];
  return version === undefined ? { code: 'namespace', line } : { code: 'version', line, says: { version } };
}

export function xincludeLine(node: XmlNode): number | undefined {
  if (node.namespace === XINCLUDE) return node.line;
  for (const child of node.children) {
    const line = xincludeLine(child);
    if (line !== undefined) return line;
  }
  return undefined;
}
