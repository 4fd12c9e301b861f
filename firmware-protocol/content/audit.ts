import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Sha256 } from './announcement.ts';
import { canonicalJson } from './canonical-json.ts';
import { Instant } from './instant.ts';

/**
 * One line of a server's audit: who did what, when, and how it ended. Numbered without gaps; each line carries the hash
 * of the one before, and its own: SHA-256 of its RFC 8785 canonical JSON without `hash`.
 */
export const AuditEntry = z.looseObject({
  n: z.int().min(1),
  /** `hash` of line n-1; 64 zeros for the first. */
  prev: Sha256,
  at: Instant,
  /** An account's name; `server`, or `machine`: who sits at the server's own files. */
  who: z.string().min(1).max(64),
  /** `request/push`, `log-on`, `account/code`, ... */
  act: z.string().min(1).max(64),
  outcome: z.enum(['asked', 'done', 'refused']),
  /** The line `asked` that this one ends. */
  of: z.int().min(1).optional(),
  /** Why it was refused: an error code of the server. */
  code: z.string().max(64).optional(),
  /** Where it came from, where that is known: a network address. */
  from: z.string().max(64).optional(),
  /** What was asked for, where it is short; `sha256` of its canonical JSON always. */
  document: z.unknown().optional(),
  sha256: Sha256.optional(),
  /** What came of it: an order's id, a version, how many halls. */
  result: z.record(z.string(), z.unknown()).optional(),
  hash: Sha256,
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** How far a chain goes: note it elsewhere, and a chain whose end was cut off is found too. */
export const AuditHead = z.object({ n: z.int().min(0), hash: Sha256 });
export type AuditHead = z.infer<typeof AuditHead>;

export const AUDIT_START: AuditHead = { n: 0, hash: '0'.repeat(64) };

export function sha256Of(value: unknown): Sha256 {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** What follows `head` in the chain. */
export function chained(head: AuditHead, fact: Omit<AuditEntry, 'n' | 'prev' | 'hash'>): AuditEntry {
  const entry = { ...fact, n: head.n + 1, prev: head.hash };
  return AuditEntry.parse({ ...entry, hash: sha256Of(entry) });
}

export type AuditFault = 'not-an-entry' | 'hash-wrong' | 'number-wrong' | 'prev-wrong';

/** The first line (from 1) at which lines of JSON are no longer the chain that follows `head`; or where it ends. */
export function followChain(
  lines: Iterable<string>,
  head: AuditHead,
): { head: AuditHead; fault?: { line: number; fault: AuditFault } } {
  let last = head;
  let line = 0;
  for (const text of lines) {
    line++;
    const entry = readEntry(text);
    const fault = entry === undefined ? 'not-an-entry' : faultOf(entry, last);
    if (entry === undefined || fault !== undefined)
      return { head: last, fault: { line, fault: fault ?? 'not-an-entry' } };
    last = { n: entry.n, hash: entry.hash };
  }
  return { head: last };
}

type RawEntry = Record<string, unknown> & AuditHead & { prev: string };
const Frame = z.looseObject({ n: z.int(), prev: Sha256, hash: Sha256 });

/** As it came: a member that a schema dropped would be missing in its hash. */
function readEntry(text: string): RawEntry | undefined {
  try {
    return Frame.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function faultOf(entry: RawEntry, last: AuditHead): AuditFault | undefined {
  const { hash, ...hashed } = entry;
  if (sha256Of(hashed) !== hash) return 'hash-wrong';
  if (entry.n !== last.n + 1) return 'number-wrong';
  return entry.prev === last.hash ? undefined : 'prev-wrong';
}
