import { z } from 'zod';
import { AreaCode } from '../../../firmware-protocol/content/area.ts';
import { ROLES } from '../../ports.ts';
import type { OperatorRecord, OperatorTable } from '../../tables.ts';
import { type Connection, readJson } from './connection.ts';
import type { Schema } from './schema.ts';

const Areas = z.array(AreaCode);
const Roles = z.array(z.enum(ROLES)).min(1);

export function operatorTable(db: Connection): OperatorTable {
  return {
    async get(user) {
      const row = await db.selectFrom('operators').selectAll().where('user', '=', user).executeTakeFirst();
      return row && recordOf(row);
    },
    async list() {
      const rows = await db.selectFrom('operators').selectAll().orderBy('user').execute();
      return rows.map(recordOf);
    },
    async put(record) {
      const { user, ...rest } = rowOf(record);
      await db
        .insertInto('operators')
        .values({ user, ...rest })
        .onConflict((conflict) => conflict.column('user').doUpdateSet(rest))
        .execute();
    },
  };
}

function rowOf(record: OperatorRecord): Schema['operators'] {
  return {
    user: record.user,
    roles: JSON.stringify(record.roles),
    areas: JSON.stringify(record.areas),
    password_hash: record.passwordHash,
    broker_hash: record.brokerHash,
    code_hash: record.codeHash,
    code_expires_at: record.codeExpiresAt,
    code_attempts: record.codeAttempts,
  };
}

function recordOf(row: Schema['operators']): OperatorRecord {
  return {
    user: row.user,
    roles: readJson(Roles, row.roles, `operators/${row.user}`),
    areas: readJson(Areas, row.areas, `operators/${row.user}`),
    passwordHash: row.password_hash,
    brokerHash: row.broker_hash,
    codeHash: row.code_hash,
    codeExpiresAt: row.code_expires_at,
    codeAttempts: row.code_attempts,
  };
}
