import type { AuditHead } from '../../../firmware-protocol/content/audit.ts';
import { hashOf } from '../wire/hash.ts';

/** One line as it was written, for reading. */
export interface AuditLine {
  n: number;
  at: string;
  who: string;
  act: string;
  outcome: string;
  code?: string;
  from?: string;
  document?: unknown;
  result?: unknown;
}

export type ChainFault = 'not-an-entry' | 'hash-wrong' | 'number-wrong' | 'prev-wrong';

const START: AuditHead = { n: 0, hash: '0'.repeat(64) };

/**
 * Follows lines of JSON by their hashes, in this browser and not at the server: how far the chain holds, and at which line it is
 * broken. The same rules as `followChain` of firmware-protocol/content/audit.ts and scripts/audit-verify.py.
 */
export async function followLines(
  lines: readonly string[],
  from: AuditHead = START,
): Promise<{ head: AuditHead; fault?: { line: number; fault: ChainFault } }> {
  let head = from;
  for (const [at, line] of lines.entries()) {
    const fault = await faultOf(line, head);
    if (typeof fault === 'string') return { head, fault: { line: head.n + 1, fault } };
    head = fault;
    if (at % 500 === 499) await breath();
  }
  return { head };
}

async function faultOf(line: string, head: AuditHead): Promise<ChainFault | AuditHead> {
  const entry = readLine(line);
  if (entry === undefined) return 'not-an-entry';
  const { hash, ...hashed } = entry;
  if ((await hashOf(hashed)) !== hash) return 'hash-wrong';
  if (entry.n !== head.n + 1) return 'number-wrong';
  return entry.prev === head.hash ? { n: entry.n, hash } : 'prev-wrong';
}

type Raw = Record<string, unknown> & { n: number; prev: string; hash: string };

function readLine(line: string): Raw | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const isEntry =
      typeof value === 'object' && value !== null && 'n' in value && 'prev' in value && 'hash' in value;
    return isEntry ? (value as Raw) : undefined;
  } catch {
    return undefined;
  }
}

/** A line for reading; one that is damaged is shown by its number alone. */
export function readable(line: string, n: number): AuditLine {
  const entry = readLine(line);
  const text = (name: string) => (typeof entry?.[name] === 'string' ? String(entry[name]) : '');
  return {
    n: entry?.n ?? n,
    at: text('at'),
    who: text('who'),
    act: text('act'),
    outcome: text('outcome'),
    code: text('code'),
    from: text('from'),
    document: entry?.document,
    result: entry?.result,
  };
}

/** The page goes on answering while a long chain is followed. */
const breath = () => new Promise<void>((done) => setTimeout(done));
