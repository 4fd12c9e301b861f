import type { z } from 'zod';
import type { Report } from '../../../firmware-protocol/content/report.ts';
import type { Claim } from '../../ports.ts';
import { connectDatabase, type Database } from './database.ts';
import { CLAIM_COLUMNS, ClaimRow, DocumentRow, FactRow, HeadRow, ReportRow, reportOf } from './schema.ts';

/** What could still be read of a damaged database. Every row was checked as if it came from outside. */
export interface Salvage {
  claims: Claim[];
  /** Whether all claims were read: only then is an id that is not among them surely unseen. */
  allClaims: boolean;
  reports: { report: Report; row: ReportRow }[];
  allReports: boolean;
  head: z.infer<typeof HeadRow> | undefined;
  documents: DocumentRow[];
  facts: z.infer<typeof FactRow>[];
}

/** How many rows a step reads: damage ends a step, and what the steps before it read is kept. */
const STEP_ROWS = 64;

/** Never rejects: a table that cannot be read gives what was read before. `path` is a copy that may be changed. */
export async function salvage(path: string): Promise<Salvage> {
  let database: Database | undefined;
  try {
    database = await connectDatabase(path);
    const claims = await readTable(database, ClaimRow, 'claims', CLAIM_COLUMNS);
    const reports = await readTable(database, ReportRow, 'reports', 'n, hash, body');
    const head = await readTable(database, HeadRow, 'head', 'n, hash, bytes');
    const documents = await readTable(database, DocumentRow, 'documents', 'name, version, sha256, raw');
    const facts = await readTable(database, FactRow, 'facts', 'name, value');
    return {
      claims: claims.rows,
      allClaims: claims.all,
      reports: reports.rows.flatMap((row) => {
        const report = reportOf(row);
        return report === undefined ? [] : [{ report, row }];
      }),
      allReports: reports.all,
      head: head.rows[0],
      documents: documents.rows,
      facts: facts.rows,
    };
  } catch {
    return {
      claims: [],
      allClaims: false,
      reports: [],
      allReports: false,
      head: undefined,
      documents: [],
      facts: [],
    };
  } finally {
    database?.close();
  }
}

async function readTable<T>(
  database: Database,
  schema: z.ZodType<T>,
  table: string,
  columns: string,
): Promise<{ rows: T[]; all: boolean }> {
  const rows: T[] = [];
  try {
    for (;;) {
      const step = await database.rows(
        schema,
        `SELECT ${columns} FROM ${table} ORDER BY rowid LIMIT ? OFFSET ?`,
        STEP_ROWS,
        rows.length,
      );
      rows.push(...step);
      if (step.length < STEP_ROWS) return { rows, all: true };
    }
  } catch {
    return { rows, all: false };
  }
}
