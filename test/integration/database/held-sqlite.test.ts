import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { expect, it } from 'vitest';
import { AuditBook } from '../../../server/audit/audit-book.ts';
import { databaseOn } from '../../../server/drivers/database/database.ts';
import { openSqlite } from '../../../server/drivers/database/libsql.ts';
import { addHall, announceTo, openOffice } from '../../unit/server/office.ts';

it('a SQLite that another program held too long takes what comes once it is free', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-held-'));
  const path = join(folder, 'server.db');
  const db = await databaseOn(openSqlite(path));
  const { dispatcher, clock } = await openOffice(db);
  await addHall(db, 'hall-mae', '43010101');
  const book = new AuditBook({ db, clock });
  const order = announceTo(clock, ['43']);
  const push = () =>
    book.recordedWith({ who: 'somchai', act: 'request/push' }, (asked) => dispatcher.send(order, asked));
  const line = () => book.write({ who: 'somchai', act: 'log-on', outcome: 'done' });
  const down = { code: 'database-down', context: { why_th: expect.stringContaining('โปรแกรมอื่น') } };
  const another = new Libsql(path);
  another.exec('begin immediate');
  await expect(line()).rejects.toMatchObject(down);
  await expect(push()).rejects.toMatchObject(down);
  another.exec('rollback');
  another.close();
  await line();
  expect((await push()).devices).toBe(1);
  await db.close();
  await rm(folder, { recursive: true });
});
