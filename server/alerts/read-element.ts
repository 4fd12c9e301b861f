import { z } from 'zod';
import { CAP_NAMESPACE } from './cap-schema.ts';
import { REASONS, type Reason, type ReasonCode } from './reasons.ts';
import type { XmlNode } from './xml.ts';

/** An element -> what its schema makes of it, or everything that is wrong with it, each with place and line. */
export function readElement<S extends z.ZodObject>(
  node: XmlNode,
  schema: S,
): { ok: true; value: z.output<S> } | { ok: false; reasons: Reason[] } {
  const walk: Walk = { lines: new Map(), reasons: [] };
  const raw = objectOf(node, schema, node.name, walk);
  const read = schema.safeParse(raw);
  if (!read.success)
    for (const issue of read.error.issues) walk.reasons.push(reasonOf(issue, node, raw, walk));
  if (read.success && walk.reasons.length === 0) return { ok: true, value: read.data };
  return { ok: false, reasons: walk.reasons.slice(0, MAX_REASONS) };
}

/** More faults than this say only that it is no CAP. */
const MAX_REASONS = 50;
/** What follows the last element of an alert (xs:any of the schema). */
const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
/** Attributes that XML Schema lets stand on any element (part 1, 2.6); none of them says anything here. */
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const HINTS: ReadonlySet<string> = new Set(['schemaLocation', 'noNamespaceSchemaLocation']);

interface Walk {
  /** Place -> line, for faults that are found later. */
  lines: Map<string, number>;
  reasons: Reason[];
}
type Raw = { [name: string]: Raw | string | (Raw | string)[] };

/** What may stand in an element, by name in the order in which it must. */
interface Member {
  index: number;
  repeats: boolean;
  /** The schema of its elements; undefined = it holds text. */
  group: z.ZodObject | undefined;
}

const membersOf = new WeakMap<z.ZodObject, Map<string, Member>>();

function members(schema: z.ZodObject): Map<string, Member> {
  const known = membersOf.get(schema);
  if (known !== undefined) return known;
  const made = new Map(
    Object.entries(schema.shape).map(([name, type], index) => [name, memberOf(type, index)]),
  );
  membersOf.set(schema, made);
  return made;
}

function memberOf(type: unknown, index: number): Member {
  let inner = type;
  let repeats = false;
  for (;;) {
    if (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) inner = inner.unwrap();
    else if (inner instanceof z.ZodArray) {
      repeats = true;
      inner = inner.element;
    } else break;
  }
  return { index, repeats, group: inner instanceof z.ZodObject ? inner : undefined };
}

function objectOf(node: XmlNode, schema: z.ZodObject, place: string, walk: Walk): Raw {
  const raw: Raw = {};
  walk.lines.set(place, node.line);
  checkAttributes(node, place, walk);
  if (node.text.trim() !== '') walk.reasons.push({ code: 'stray-text', place, line: node.line });
  let last = 0;
  for (const child of node.children) {
    const at = (code: ReasonCode) =>
      walk.reasons.push({ code, place, line: child.line, says: { name: child.name.slice(0, 60) } });
    if (child.namespace === DSIG && place === 'alert') {
      last = Number.POSITIVE_INFINITY;
      continue;
    }
    const member = child.namespace === CAP_NAMESPACE ? members(schema).get(child.name) : undefined;
    if (member === undefined) {
      at('element-unknown');
      continue;
    }
    if (member.index < last) at('element-order');
    if (!member.repeats && Object.hasOwn(raw, child.name)) at('element-repeated');
    last = Math.max(last, member.index);
    put(raw, child, member, place, walk);
  }
  return raw;
}

function put(raw: Raw, child: XmlNode, { repeats, group }: Member, place: string, walk: Walk): void {
  const listed = raw[child.name];
  const list = Array.isArray(listed) ? listed : [];
  const own = repeats ? `${place}.${child.name}[${list.length}]` : `${place}.${child.name}`;
  const value = group === undefined ? textOf(child, own, walk) : objectOf(child, group, own, walk);
  if (repeats) list.push(value);
  raw[child.name] = repeats ? list : value;
}

function textOf(node: XmlNode, place: string, walk: Walk): string {
  walk.lines.set(place, node.line);
  checkAttributes(node, place, walk);
  for (const { name, line } of node.children)
    walk.reasons.push({ code: 'element-unknown', place, line, says: { name: name.slice(0, 60) } });
  return node.text;
}

function checkAttributes({ attributes, line }: XmlNode, place: string, walk: Walk): void {
  for (const { namespace, name } of attributes)
    if (namespace !== XSI || !HINTS.has(name))
      walk.reasons.push({ code: 'attribute-unknown', place, line, says: { name: name.slice(0, 60) } });
}

/** Whether the element or one in it names a schema elsewhere. */
export function namesSchema(node: XmlNode): boolean {
  return (
    node.attributes.some(({ namespace, name }) => namespace === XSI && HINTS.has(name)) ||
    node.children.some(namesSchema)
  );
}

const isReasonCode = (code: unknown): code is ReasonCode =>
  typeof code === 'string' && Object.hasOwn(REASONS, code);

function reasonOf(issue: z.core.$ZodIssue, root: XmlNode, raw: Raw, walk: Walk): Reason {
  const place = issue.path.reduce<string>(
    (path, step) => (typeof step === 'number' ? `${path}[${step}]` : `${path}.${String(step)}`),
    root.name,
  );
  const name = String(issue.path.findLast((step) => typeof step === 'string') ?? root.name);
  const value = issue.path.reduce<unknown>((at, step) => Object(at)[step], raw);
  const isMissing = value === undefined;
  const parent = place.slice(0, place.lastIndexOf('.'));
  const line = walk.lines.get(isMissing ? parent : place) ?? root.line;
  const says = { name, value: typeof value === 'string' ? value.trim().slice(0, 80) : '' };
  const where = { place: isMissing ? parent : place, line };
  if (isMissing) return { code: 'element-missing', ...where, says };
  const params: Record<string, unknown> = issue.code === 'custom' ? (issue.params ?? {}) : {};
  const code = isReasonCode(params.code) ? params.code : 'value-unlisted';
  return { code, ...where, says: { ...says, why: String(params.why ?? '') } };
}
