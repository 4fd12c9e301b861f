import { FIRST_PREV, type ReportEvent } from '../../../firmware-protocol/content/report.ts';
import { putClaim, putFact } from './changes.ts';
import type { Database } from './database.ts';
import { restoreDocument } from './documents.ts';
import { RESERVE_REPORTS } from './pins.ts';
import { type Head, insertReport } from './reports.ts';
import type { Salvage } from './salvage.ts';
import { FORGOT_BEFORE } from './schema.ts';

/**
 * Puts what was saved of a damaged database into its successor. Resolves to what must be told besides: which reports
 * are lost. `reserved` is the number up to which reports may have been given; `now` is epoch ms.
 */
export async function refill(
  database: Database,
  saved: Salvage,
  reserved: number,
  now: number,
): Promise<ReportEvent[]> {
  for (const claim of saved.claims) await putClaim(database, claim);
  for (const { name, value } of saved.facts) await putFact(database, name, value);
  for (const row of saved.documents) await restoreDocument(database, row);
  for (const { report } of saved.reports) await insertReport(database, report);
  const base = chainBase(saved, reserved);
  await database.write('UPDATE head SET n = ?, hash = ?', base.n, base.hash);
  // An order that is not among the claims may have been played all the same: whoever accepts orders must know.
  if (!saved.allClaims) await putFact(database, FORGOT_BEFORE, String(Math.round(now)));
  return lostReports(saved, base);
}

/**
 * An older copy of the database came back: its numbers were given on since. Makes the chain begin anew above them.
 * Resolves to what must be told.
 */
export async function skipGivenNumbers(
  database: Database,
  head: Head,
  reserved: number,
): Promise<ReportEvent[]> {
  if (!wasRolledBack(head.n, reserved)) return [];
  await database.write('UPDATE head SET n = ?, hash = ?', reserved, FIRST_PREV);
  return [{ type: 'dropped', first: head.n + 1, last: reserved }];
}

/** Where the chain goes on: after its last report if that is surely known, else anew above every number ever given. */
function chainBase(
  { head, reports }: Salvage,
  reserved: number,
): Pick<Head, 'n' | 'hash'> & { sure: boolean } {
  const last = reports.at(-1)?.row;
  const sure =
    head !== undefined &&
    !wasRolledBack(head.n, reserved) &&
    (last === undefined || last.n < head.n || (last.n === head.n && last.hash === head.hash));
  if (sure) return { n: head.n, hash: head.hash, sure };
  return { n: Math.max(reserved, head?.n ?? 0, last?.n ?? 0), hash: FIRST_PREV, sure };
}

/** Numbers are reserved from the one before the first of a block: a head below that is of an older database. */
function wasRolledBack(headNumber: number, reserved: number): boolean {
  return headNumber < reserved - RESERVE_REPORTS;
}

/** The report of what is missing below the base. */
function lostReports({ reports, allReports }: Salvage, base: { n: number; sure: boolean }): ReportEvent[] {
  const oldest = reports[0]?.report.n;
  // Nothing waited for a receipt, and nothing was lost.
  if (oldest === undefined && base.sure && allReports) return [];
  const held = new Set(reports.map(({ report }) => report.n));
  for (let n = oldest ?? 1; n <= base.n; n++)
    if (!held.has(n)) return [{ type: 'dropped', first: n, last: base.n }];
  return [];
}
