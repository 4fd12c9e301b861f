/**
 * RFC 8785 text of a JSON value: members by their UTF-16 code units, numbers and strings as ECMAScript writes them. A member that is
 * undefined is left out, as JSON does. Throws TypeError on what JSON cannot say (NaN, half a surrogate pair), RangeError on a circle.
 */
export function canonicalJson(value: unknown): string {
  return (isInOrder(value) ? textInOrder(value) : undefined) ?? written(value);
}

/**
 * What came as canonical text has its members in order, and JSON writes it as it came, at half the cost. Undefined where JSON has a form and
 * RFC 8785 none.
 */
function textInOrder(value: unknown): string | undefined {
  const text = JSON.stringify(value);
  // Half a pair; or a text about one.
  return text.includes('\\ud') ? undefined : text;
}

/** Whether JSON would write every member where RFC 8785 has it, and nothing that this has no form for. */
function isInOrder(value: unknown): boolean {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isInOrder);
  if (typeof value !== 'object' || 'toJSON' in value) return false;
  const names = Object.keys(value);
  for (let at = 0; at < names.length; at++) {
    const name = names[at] as string;
    if (at > 0 && name < (names[at - 1] as string)) return false;
    if (!isInOrder((value as Record<string, unknown>)[name])) return false;
  }
  return true;
}

function written(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return canonicalString(value);
    case 'number':
      if (Number.isFinite(value)) return String(value);
      break;
    case 'boolean':
      return String(value);
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? canonicalArray(value) : canonicalMembers(value);
  }
  throw new TypeError(`canonical JSON: ${String(value)} is not a JSON value`);
}

/** RFC 8785 text of an object whose members are canonical text already. */
export function canonicalObject(members: Record<string, string>): string {
  const names = inOrder(Object.keys(members));
  return `{${names.map((name) => `${canonicalString(name)}:${members[name]}`).join(',')}}`;
}

// Put together by `+=`: reports are made canonical by the ten thousand a second, and arrays to join cost as much as their text.
function canonicalMembers(object: object): string {
  if ('toJSON' in object && typeof object.toJSON === 'function') return written(object.toJSON());
  let text = '';
  for (const name of inOrder(Object.keys(object))) {
    const member = (object as Record<string, unknown>)[name];
    if (member === undefined) continue;
    if (text !== '') text += ',';
    text += canonicalString(name);
    text += ':';
    text += written(member);
  }
  return `{${text}}`;
}

function canonicalArray(items: readonly unknown[]): string {
  let text = '';
  for (const [at, item] of items.entries()) {
    if (at > 0) text += ',';
    text += item === undefined ? 'null' : written(item);
  }
  return `[${text}]`;
}

/** What JSON writes as it is: no quote, backslash, control character or half of a pair. To look is cheaper than to write anew. */
const AS_IT_IS = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

function canonicalString(text: string): string {
  if (AS_IT_IS.test(text)) return `"${text}"`;
  // JSON would write half a pair as \udxxx, RFC 8785 has no form for it (3.2.2.2).
  if (!text.isWellFormed()) throw new TypeError('canonical JSON: half a surrogate pair');
  return JSON.stringify(text);
}

/** By UTF-16 code units (3.2.3), as `sort` has them. Most come so: to look is cheaper than to sort. */
function inOrder(names: string[]): string[] {
  for (let at = 1; at < names.length; at++)
    if ((names[at - 1] as string) > (names[at] as string)) return names.sort();
  return names;
}
