/**
 * RFC 8785 text of a JSON value: members by their UTF-16 code units, numbers and strings as ECMAScript writes them. A member that is
 * undefined is left out, as JSON does. Throws TypeError on what JSON cannot say (NaN, half a surrogate pair), RangeError on a circle.
 */
export function canonicalJson(value: unknown): string {
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
  if ('toJSON' in object && typeof object.toJSON === 'function') return canonicalJson(object.toJSON());
  let text = '';
  for (const name of inOrder(Object.keys(object))) {
    const member = (object as Record<string, unknown>)[name];
    if (member === undefined) continue;
    if (text !== '') text += ',';
    text += canonicalString(name);
    text += ':';
    text += canonicalJson(member);
  }
  return `{${text}}`;
}

function canonicalArray(items: readonly unknown[]): string {
  let text = '';
  for (const [at, item] of items.entries()) {
    if (at > 0) text += ',';
    text += item === undefined ? 'null' : canonicalJson(item);
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
