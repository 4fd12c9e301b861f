import type { Refused } from '../keys/document.ts';

/** More than a box may have slept through. */
const SETS_LIMIT = 256;

/** The sets of a `keys.json`, the oldest first, each as the wire would bring it. Who may sign them is the desk's to say. */
export function readKeySets(
  bytes: Uint8Array,
): { keySets: { version: number; payload: Uint8Array }[] } | Refused {
  let read: unknown;
  try {
    read = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    return { refused: 'malformed', detail: String(error) };
  }
  if (!Array.isArray(read)) return { refused: 'malformed', detail: 'not an array of key sets' };
  if (read.length > SETS_LIMIT) return { refused: 'too-large', detail: `${read.length} key sets` };
  const keySets = read.map((set: unknown) => ({
    version: versionOf(set),
    payload: new TextEncoder().encode(JSON.stringify(set)),
  }));
  return { keySets: keySets.sort((a, b) => a.version - b.version) };
}

function versionOf(set: unknown): number {
  const version: unknown = typeof set === 'object' && set !== null ? Reflect.get(set, 'version') : undefined;
  return typeof version === 'number' ? version : 0;
}
