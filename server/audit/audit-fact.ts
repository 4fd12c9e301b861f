import {
  AUDIT_START,
  type AuditEntry,
  type AuditHead,
  chained,
  sha256Of,
} from '../../firmware-protocol/content/audit.ts';
import { canonicalJson } from '../../firmware-protocol/content/canonical-json.ts';
import { instantOf } from '../../firmware-protocol/content/instant.ts';

/** A longer request is told by its hash alone: the order or programme that came of it is kept whole elsewhere. */
export const DOCUMENT_BYTES = 16 * 1024;

/** What is to be written down; number, time and hashes are added. */
export type AuditFact = Pick<AuditEntry, 'who' | 'act' | 'outcome'> &
  Partial<Pick<AuditEntry, 'of' | 'code' | 'from' | 'result'>> & { document?: object };

/** What was asked, before it is known how it ends. */
export type AskedFact = Omit<AuditFact, 'outcome' | 'of'>;

/** The lines that say these facts, in their order behind `head` (absent: the first of all). `wall` in epoch ms. */
export function entriesOf(
  facts: readonly ToldFact[],
  head: AuditHead = AUDIT_START,
  wall: number,
): AuditEntry[] {
  let last = head;
  return facts.map((fact) => {
    const entry = chained(last, { ...fact, at: instantOf(wall) });
    last = entry;
    return entry;
  });
}

/** What a line says of a fact. Throws what `canonicalJson` throws, where it has no canonical form. */
export type ToldFact = Omit<AuditEntry, 'n' | 'prev' | 'at' | 'hash'>;

export function toldOf({ document, ...fact }: AuditFact): ToldFact {
  canonicalJson(fact);
  if (document === undefined) return fact;
  const text = canonicalJson(document);
  const short = Buffer.byteLength(text) <= DOCUMENT_BYTES;
  return { ...fact, ...(short && { document }), sha256: sha256Of(document) };
}
