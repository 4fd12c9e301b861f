import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AuditBook } from '../../../server/audit/audit-book.ts';
import { databaseOn } from '../../../server/drivers/database/database.ts';
import { openSqlite, type SqliteFile } from '../../../server/drivers/database/libsql.ts';
import type { Database } from '../../../server/tables.ts';
import {
  addHall,
  announceTo,
  batchOf,
  chain,
  type Hall,
  type Office,
  openOffice,
} from '../../unit/server/office.ts';

const pragma = (file: SqliteFile, text: string) =>
  Object.values(file.prepare(`pragma ${text}`).all([])[0] ?? {})[0];

/** What SQLite says where the disk has no room, or the folder became read-only. */
const TROUBLES = [
  {
    name: 'has no room left',
    begin: (file: SqliteFile) => pragma(file, `max_page_count = ${pragma(file, 'page_count')}`),
    end: (file: SqliteFile) => pragma(file, 'max_page_count = 1000000'),
    en: 'its disk is full',
    th: 'ดิสก์เต็ม',
  },
  {
    name: 'can only be read',
    begin: (file: SqliteFile) => pragma(file, 'query_only = on'),
    end: (file: SqliteFile) => pragma(file, 'query_only = off'),
    en: 'its file can only be read',
    th: 'ไฟล์ฐานข้อมูลอ่านได้อย่างเดียว',
  },
];

let folder: string;
let file: SqliteFile;
let db: Database;
let office: Office;
let hall: Hall;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prakat-full-'));
  file = openSqlite(join(folder, 'server.db'));
  db = await databaseOn(file);
  office = await openOffice(db);
  hall = await addHall(db, 'hall-mae', '43010101');
});
afterEach(async () => {
  await db.close();
  await rm(folder, { recursive: true });
});

/** More than what is left in the pages that there are. */
const reports = chain(
  Array.from({ length: 200 }, () => ({ type: 'booted', version: '1'.repeat(60), clean: true })),
);

describe.each(TROUBLES)('a SQLite that $name', ({ begin, end, en, th }) => {
  it('receipts no report, tells people why, lets nothing leave, and goes on by itself', async () => {
    const { dispatcher, ledger, clock, broker } = office;
    const book = new AuditBook({ db, clock });
    begin(file);
    const down = {
      code: 'database-down',
      context: { why: expect.stringContaining(en), why_th: expect.stringContaining(th) },
    };
    await expect(ledger.take(hall.record, batchOf(hall, reports))).rejects.toMatchObject(down);
    const order = announceTo(clock, ['43']);
    const push = () =>
      book.recordedWith({ who: 'somchai', act: 'request/push' }, (asked) => dispatcher.send(order, asked));
    // Until the pages that there are have no room for a line either.
    const fill = async () => {
      for (;;) await book.write({ who: 'somchai', act: 'log-on', outcome: 'done' });
    };
    await expect(fill()).rejects.toMatchObject(down);
    await expect(push()).rejects.toMatchObject(down);
    expect(broker.sent).toEqual([]);
    // What is there is read.
    expect((await db.devices.many(['hall-mae'])).size).toBe(1);
    expect((await db.reports.counts('43')).size).toBe(0);

    end(file);
    expect(await ledger.take(hall.record, batchOf(hall, reports))).toMatchObject({ n: reports.length });
    expect((await push()).devices).toBe(1);
    expect(broker.sent).toHaveLength(1);
  });
});
