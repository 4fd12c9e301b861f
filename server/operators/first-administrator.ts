import { isServerError } from '../errors.ts';
import type { Operators, Role } from '../ports.ts';
import type { Database } from '../tables.ts';

const FIRST_ADMINISTRATOR = 'admin';
/** One person begins with everything, and gives roles away as others come. Nobody approves what is his own all the same. */
const FIRST_ROLES: Role[] = ['author', 'approver', 'technician', 'auditor', 'key-officer'];

/**
 * A server nobody can log on to yet gets an administrator of the nation, and a fresh one-time code at each start until
 * that code was exchanged for a password. Resolves with the code to show, or undefined when there is no need.
 */
export async function firstAdministrator(
  db: Database,
  operators: Operators,
): Promise<{ user: string; code: string; expiresAt: number } | undefined> {
  const accounts = await db.operators.list();
  if (accounts.some((account) => account.passwordHash !== null)) return undefined;
  const user = FIRST_ADMINISTRATOR;
  const made = accounts.some((account) => account.user === user)
    ? await operators.renewCode(user)
    : await madeOrRenewed(operators, user);
  return { user, ...made };
}

/** Of servers that start at once on a new database, the last code is the one that opens. */
async function madeOrRenewed(
  operators: Operators,
  user: string,
): Promise<{ code: string; expiresAt: number }> {
  try {
    return await operators.create({ user, roles: FIRST_ROLES, areas: ['th'] });
  } catch (error) {
    if (!isServerError(error, 'name-taken')) throw error;
    return operators.renewCode(user);
  }
}
