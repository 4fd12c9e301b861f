import { z } from 'zod';
import { hashOf, Report, type ReportEvent } from '../../../firmware-protocol/content/report.ts';
import { DeviceError } from '../../errors.ts';
import type { Change } from '../../ports.ts';
import { DAMAGED_ROW, type Database } from './database.ts';
import { HeadRow } from './schema.ts';

export type Stamped = NonNullable<Change['reports']>[number];
export type Head = z.infer<typeof HeadRow>;

/** How far below the budget one clearing goes: so that not every report of a full store drops another. */
const CLEARED_SHARE = 0.9;
const CLEAR_STEP_ROWS = 500;

const VictimRow = z.object({ n: z.int(), bytes: z.int(), type: z.string(), first: z.int().nullable() });

export async function readHead(database: Database): Promise<Head> {
  const head = await database.row(HeadRow, 'SELECT n, hash, bytes FROM head');
  if (head === undefined) throw new DeviceError('store-failed', { sqlite: DAMAGED_ROW, table: 'head' });
  return head;
}

export interface ReportRoom {
  budgetBytes: number;
  /** Makes sure that `count` numbers after `head` may be given; rejects when they may not. */
  reserve: (head: number, count: number) => Promise<void>;
}

/**
 * Numbers, chains and keeps reports; over the budget it drops old ones and says so. Inside a transaction. The head is read once:
 * each question to the database is a turn of another thread, and an alert waits for all of them.
 */
export async function append(database: Database, reports: Stamped[], room: ReportRoom): Promise<void> {
  const last = reports.at(-1);
  if (last === undefined) return;
  let head = await readHead(database);
  // One number more than asked for: dropping old reports is a report itself.
  await room.reserve(head.n, reports.length + 1);
  for (const stamped of reports) head = await appendOne(database, head, stamped);
  const dropped = await dropOver(database, head.bytes, room.budgetBytes);
  if (dropped !== undefined) await appendOne(database, head, { ...last, event: dropped });
}

/** Resolves to the head that the report makes. */
async function appendOne(database: Database, head: Head, { at, trust, boot, event }: Stamped): Promise<Head> {
  // Parsed although it is ours: one report that the server cannot read would hold up all that come after it.
  const report = Report.parse({ n: head.n + 1, prev: head.hash, at, trust, boot, event });
  const { hash, bytes } = await insertReport(database, report);
  return { n: report.n, hash, bytes: head.bytes + bytes };
}

/** Puts a report at the end of the chain, or back in its place when it was salvaged. Resolves to its hash and size. */
export async function insertReport(
  database: Database,
  report: Report,
): Promise<{ hash: string; bytes: number }> {
  const body = JSON.stringify(report);
  const bytes = Buffer.byteLength(body);
  const hash = hashOf(report);
  await database.write(
    'INSERT INTO reports (n, type, hash, bytes, body) VALUES (?, ?, ?, ?, ?)',
    report.n,
    report.event.type,
    hash,
    bytes,
    body,
  );
  await database.write(
    'UPDATE head SET bytes = bytes + ?, hash = CASE WHEN n < ? THEN ? ELSE hash END, n = max(n, ?)',
    bytes,
    report.n,
    hash,
    report.n,
  );
  return { hash, bytes };
}

/** Forgets the reports up to `n`. Inside a transaction. */
export async function forgetUpTo(database: Database, n: number): Promise<void> {
  await database.write(
    'UPDATE head SET bytes = bytes - (SELECT coalesce(sum(bytes), 0) FROM reports WHERE n <= ?)',
    n,
  );
  await database.write('DELETE FROM reports WHERE n <= ?', n);
}

export async function forgetOne(database: Database, n: number): Promise<void> {
  await database.write(
    'UPDATE head SET bytes = bytes - (SELECT coalesce(sum(bytes), 0) FROM reports WHERE n = ?)',
    n,
  );
  await database.write('DELETE FROM reports WHERE n = ?', n);
}

/** What goes first when there is no room: how the box felt, then what led to an outcome, then proof itself (DESIGN 4, Reports). */
const RANK =
  "type WHEN 'ended' THEN 2 WHEN 'warning' THEN 0 WHEN 'booted' THEN 0 WHEN 'dropped' THEN 0 ELSE 1";

/**
 * Drops the oldest that tell of health, then the oldest that are no outcome, and outcomes only when nothing else is left. An earlier `dropped`
 * goes too: the new one covers what it covered, and itself.
 */
async function dropOver(
  database: Database,
  bytes: number,
  budgetBytes: number,
): Promise<Extract<ReportEvent, { type: 'dropped' }> | undefined> {
  if (bytes <= budgetBytes) return undefined;
  let excess = bytes - budgetBytes * CLEARED_SHARE;
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  while (excess > 0) {
    const victims = await database.rows(
      VictimRow,
      `SELECT n, bytes, type, CASE type WHEN 'dropped' THEN json_extract(body, '$.event.first') END AS first
       FROM reports ORDER BY CASE ${RANK} END, n LIMIT ?`,
      CLEAR_STEP_ROWS,
    );
    if (victims.length === 0) break;
    for (const victim of victims) {
      if (excess <= 0) break;
      await forgetOne(database, victim.n);
      excess -= victim.bytes;
      first = Math.min(first, victim.first ?? victim.n);
      last = Math.max(last, victim.n);
    }
  }
  return last === 0 ? undefined : { type: 'dropped', first, last };
}
