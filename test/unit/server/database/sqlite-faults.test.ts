import { expect, test } from 'vitest';
import { lockSqlite, openSqlite } from '../../../../server/drivers/database/libsql.ts';
import { asked } from '../../../../server/drivers/database/sqlite-faults.ts';

const coded = (code: string) => Object.assign(new Error(`SQLite says ${code}`), { code });
const failing = (code: string) => () =>
  asked(() => {
    throw coded(code);
  });

test.each([
  ['SQLITE_FULL', 'ดิสก์เต็ม'],
  ['SQLITE_READONLY', 'อ่านได้อย่างเดียว'],
  ['SQLITE_READONLY_DBMOVED', 'ถูกย้ายหรือถูกลบ'],
  ['SQLITE_IOERR_FSYNC', 'ดิสก์ขัดข้อง'],
  ['SQLITE_BUSY', 'โปรแกรมอื่น'],
  ['SQLITE_BUSY_SNAPSHOT', 'โปรแกรมอื่น'],
  ['SQLITE_CORRUPT_INDEX', 'เสียหาย'],
])('%s: the database is away', (code, th) => {
  expect(failing(code)).toThrow(
    expect.objectContaining({
      code: 'database-down',
      context: expect.objectContaining({ why_th: expect.stringContaining(th) }),
    }),
  );
});

test.each(['SQLITE_CONSTRAINT_PRIMARYKEY', 'SQLITE_ERROR'])('%s is what it is', (code) => {
  expect(failing(code)).toThrow(`SQLite says ${code}`);
});

test('a folder that is not there is said in both languages', () => {
  const down = expect.objectContaining({ code: 'database-down' });
  expect(() => openSqlite('/nowhere/server.db')).toThrow(down);
  expect(() => lockSqlite('/nowhere/dispatch.lock')).toThrow(down);
});
