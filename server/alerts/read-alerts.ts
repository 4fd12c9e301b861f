import { type AlertFacts, factsOf, NO_FACTS } from './alert-facts.ts';
import { brokenRules } from './cap-rules.ts';
import { CapAlert } from './cap-schema.ts';
import { alertsIn, type FoundAlert, otherVersion, writtenAlerts, xincludeLine } from './find-alerts.ts';
import { namesSchema, readElement } from './read-element.ts';
import type { Reason } from './reasons.ts';
import { type CheckedSignatures, checkSignatures } from './signature.ts';
import { isXmlFault, type ReadXml, XML_LIMITS, type XmlNode, type XmlSource } from './xml.ts';
import { doctypeLine, documentsIn, xmlText } from './xml-text.ts';

type Keep = 'document' | 'nothing';
/** So that the same alert is the same text, wherever it was found. */
const WHOLE = { exclusive: true, comments: false, prefixes: [] };

/** One alert of a file as it was read. */
export interface ReadAlert {
  /** What could be read of its name, also where it is no good CAP. */
  name: { identifier: string; sender: string; sent: string; status: string; msgType: string };
  facts: AlertFacts;
  /** Absent: it breaks the schema or the rules, as `reasons` say. */
  alert?: CapAlert;
  /** Everything that is wrong, and what the file around it says. */
  reasons: Reason[];
  signatures: CheckedSignatures;
  /** The alert as a document of its own, canonical; the whole text where there is no alert in it. Only when asked for. */
  document?: string;
}

const UNSIGNED: CheckedSignatures = { state: 'none', keys: [] };
const NAMELESS = { identifier: '', sender: '', sent: '', status: '', msgType: '' };

/** A file with one alert, a feed, an envelope or several -> its alerts in order; at least one, or one reason why none. */
export function readAlerts(bytes: Uint8Array, readXml: ReadXml, keep: Keep = 'nothing'): ReadAlert[] {
  const text = xmlText(bytes);
  if (typeof text !== 'string') return [refused(text)];
  const whole = readText(text, readXml, keep);
  if (Array.isArray(whole)) return whole;
  // A second declaration or a second root: it may be several documents in a row.
  const parts = whole.code === 'not-one-document' || whole.code === 'not-xml' ? documentsIn(text) : [];
  const read =
    parts.length > 1 && parts.length <= XML_LIMITS.alerts
      ? parts.map((part) => readText(part, readXml, keep))
      : [];
  const isAllGood = read.length > 0 && read.every((each) => Array.isArray(each));
  return isAllGood ? read.flat() : [refused(whole)];
}

function refused(reason: Reason): ReadAlert {
  return { name: NAMELESS, facts: NO_FACTS, reasons: [reason], signatures: UNSIGNED };
}

function readText(text: string, readXml: ReadXml, keep: Keep, isInside = false): ReadAlert[] | Reason {
  const line = doctypeLine(text);
  if (line !== undefined) return { code: 'doctype', line };
  const read = readXml(text, (source) => readSource(source, readXml, keep, isInside));
  if (!isXmlFault(read)) return read;
  const detail = read.detail.slice(0, 200);
  return { code: read.fault, line: read.line, says: { detail } };
}

function readSource(
  source: XmlSource,
  readXml: ReadXml,
  keep: Keep,
  isInside: boolean,
): ReadAlert[] | Reason {
  const line = xincludeLine(source.root);
  if (line !== undefined) return { code: 'xinclude', line };
  const found = alertsIn(source.root);
  if (found.length > XML_LIMITS.alerts) return { code: 'xml-too-many' };
  if (found.length > 0) return found.map((each) => readFound(each, source, keep));
  const inside = isInside ? [] : writtenAlerts(source.root);
  const read = inside.slice(0, MOST_WRITTEN).flatMap((text) => {
    const alerts = readText(text, readXml, keep, true);
    return Array.isArray(alerts) ? alerts : [refused(alerts)];
  });
  return read.length > 0 ? read : { code: 'no-alert' };
}

/** Alerts that a feed carries as text; each is a document to parse. */
const MOST_WRITTEN = 200;

function readFound(found: FoundAlert, source: XmlSource, keep: Keep): ReadAlert {
  const read = readNode(found, source);
  return keep === 'nothing' ? read : { ...read, document: source.signed(found.node).content([], WHOLE) };
}

function readNode({ node, wrapping }: FoundAlert, source: XmlSource): ReadAlert {
  const [name, facts] = [nameOf(node), factsOf(node)];
  const signatures = checkSignatures(node, source.signed(node));
  const other = otherVersion(node);
  if (other !== undefined) return { name, facts, reasons: [other], signatures };
  if (node.children.length > XML_LIMITS.members)
    return { name, facts, reasons: [{ code: 'xml-too-many', line: node.line }], signatures };
  const read = readElement(node, CapAlert);
  if (!read.ok) return { name, facts, reasons: read.reasons, signatures };
  const broken = brokenRules(read.value);
  if (broken.length > 0) return { name, facts, reasons: broken, signatures };
  const notes: Reason[] = namesSchema(node) ? [{ code: 'schema-not-loaded', line: node.line }] : [];
  return { name, facts, alert: read.value, reasons: [...wrapping, ...notes], signatures };
}

/** The first of each, whatever the namespace: a person looks for the alert by these. */
function nameOf(node: XmlNode): ReadAlert['name'] {
  const textOf = (name: string) =>
    node.children
      .find((child) => child.namespace === node.namespace && child.name === name)
      ?.text.trim()
      .slice(0, 300) ?? '';
  return {
    identifier: textOf('identifier'),
    sender: textOf('sender'),
    sent: textOf('sent'),
    status: textOf('status'),
    msgType: textOf('msgType'),
  };
}
