import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sqliteConnection } from '../../../../server/drivers/database/connection.ts';
import { openDatabase } from '../../../../server/drivers/database/database.ts';
import { openSqlite } from '../../../../server/drivers/database/libsql.ts';
import { migrate } from '../../../../server/drivers/database/migrations.ts';
import { hasRight, RIGHTS_OF } from '../../../../server/operators/rights.ts';

it('one role alone never both writes and approves, nor does who keeps the keys', () => {
  for (const rights of Object.values(RIGHTS_OF)) {
    expect(rights.includes('speak') && rights.includes('approve')).toBe(false);
    expect(rights.includes('keys') && (rights.includes('speak') || rights.includes('approve'))).toBe(false);
  }
});

it('whoever may say yes may also say stop', () => {
  for (const rights of Object.values(RIGHTS_OF).filter(
    (each) => each.includes('speak') || each.includes('approve'),
  ))
    expect(rights).toContain('stop');
});

it('several roles give what each of them gives', () => {
  const both = { roles: ['technician' as const, 'auditor' as const] };
  expect(hasRight(both, 'enrol')).toBe(true);
  expect(hasRight(both, 'audit')).toBe(true);
  expect(hasRight(both, 'speak')).toBe(false);
});

it('accounts of the first version keep what they could do', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-roles-'));
  try {
    const path = join(folder, 'server.db');
    const old = openSqlite(path);
    await migrate(sqliteConnection(old), '006-speech');
    const run = (sql: string) => old.prepare(sql).run([]);
    for (const role of ['viewer', 'operator', 'admin'])
      run(`insert into operators values ('was-${role}', '${role}', '["43"]', 'x', null, null, null, 0)`);
    old.close();
    const db = await openDatabase(path);
    const roles = Object.fromEntries((await db.operators.list()).map((each) => [each.user, each.roles]));
    await db.close();
    expect(roles).toEqual({
      'was-admin': ['author', 'approver', 'technician', 'auditor', 'key-officer'],
      'was-operator': ['author'],
      'was-viewer': ['viewer'],
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
