import { DeviceId } from '../../firmware-protocol/content/area.ts';
import { typedCode } from '../../firmware-protocol/http/enrolment.ts';
import { isServerError, ServerError } from '../errors.ts';
import type { Clock, OperatorIdentity, Operators, PasswordHash, Random } from '../ports.ts';
import type { Database, OperatorRecord, Tables } from '../tables.ts';
import type { Attempts } from './attempts.ts';
import { MOSQUITTO_ROUNDS, MOSQUITTO_SALT_BYTES, mosquittoHash } from './mosquitto-hash.ts';
import { networkOf } from './network-of.ts';
import { fastHash, fastMatches, newCode, shownCode } from './one-time-code.ts';

export const ACCOUNT_LIMITS = {
  passwordChars: 10,
  /** argon2 and the broker read it whole. */
  passwordMaxChars: 128,
  /** Long enough to reach a colleague, short enough not to lie about. */
  codeLifeHours: 72,
  /** Then the code is void, whoever tried. */
  codeAttempts: 10,
} as const;

interface Needs {
  db: Database;
  hash: PasswordHash;
  clock: Clock;
  random: Random;
  attempts: Attempts;
  /** Told after an account got another password, or lost the one it had. */
  onCredentials: (user: string) => Promise<void>;
}

/** Accounts of people. Nobody gets a password from the server: each is chosen against a one-time code. */
export class Accounts implements Operators {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  async identity(user: string): Promise<OperatorIdentity | undefined> {
    const record = await this.#needs.db.operators.get(user);
    return record === undefined || record.passwordHash === null ? undefined : identityOf(record);
  }

  async list(): Promise<OperatorIdentity[]> {
    return (await this.#needs.db.operators.list()).map(identityOf);
  }

  async create({ user, roles, areas }: OperatorIdentity): Promise<{ code: string; expiresAt: number }> {
    if (!DeviceId.safeParse(user).success) throw new ServerError('name-invalid');
    return this.#needs.db.transaction(async (tables) => {
      // One name space for people and boxes: the broker's rules know only the name (`%u`).
      const taken = (await tables.operators.get(user)) ?? (await tables.devices.get(user));
      if (taken !== undefined) throw new ServerError('name-taken', { context: { name: user } });
      const { code, record } = this.#withNewCode({
        user,
        roles,
        areas,
        passwordHash: null,
        brokerHash: null,
        codeHash: null,
        codeExpiresAt: null,
        codeAttempts: 0,
      });
      await tables.operators.put(record);
      return code;
    });
  }

  async renewCode(user: string): Promise<{ code: string; expiresAt: number }> {
    const { db, onCredentials } = this.#needs;
    const renewed = await db.transaction(async (tables) => {
      const before = await tables.operators.get(user);
      if (before === undefined) throw new ServerError('unknown-operator', { context: { user } });
      // Lost may mean stolen: nobody speaks with the old password while its owner looks for the code.
      const { code, record } = this.#withNewCode({ ...before, passwordHash: null, brokerHash: null });
      await tables.operators.put(record);
      await tables.passkeys.dropOf(user);
      return code;
    });
    await onCredentials(user);
    return renewed;
  }

  async change({ user, roles, areas }: OperatorIdentity): Promise<void> {
    await this.#changed(user, (before) => ({ ...before, roles, areas }));
  }

  async close(user: string): Promise<void> {
    const shut = { passwordHash: null, brokerHash: null, codeHash: null, codeExpiresAt: null };
    await this.#changed(user, (before) => ({ ...before, ...shut }));
    await this.#needs.db.passkeys.dropOf(user);
    await this.#needs.onCredentials(user);
  }

  async #changed(user: string, change: (before: OperatorRecord) => OperatorRecord): Promise<void> {
    await this.#needs.db.transaction(async (tables) => {
      const before = await tables.operators.get(user);
      if (before === undefined) throw new ServerError('unknown-operator', { context: { user } });
      await tables.operators.put(change(before));
    });
  }

  async redeemCode(login: { user: string; code: string; password: string; from: string }): Promise<void> {
    const { attempts, db, hash, onCredentials, random } = this.#needs;
    const key = `code ${login.user} ${networkOf(login.from)}`;
    const seconds = attempts.waitSeconds(key);
    if (seconds > 0) throw new ServerError('too-many-attempts', { context: { seconds } });
    refuseWeak(login.user, login.password);
    try {
      // Before the slow hashes: they are for those who have the code, and strangers knock here.
      await db.transaction((tables) => this.#holder(tables, login));
      const passwordHash = await hash.hash(login.password);
      const salt = random.bytes(MOSQUITTO_SALT_BYTES);
      const brokerHash = await mosquittoHash(login.password, salt, MOSQUITTO_ROUNDS.person);
      await db.transaction(async (tables) => {
        // Again: of two who came at once with one code, the first has the account.
        const record = await this.#holder(tables, login);
        const used = { codeHash: null, codeExpiresAt: null, codeAttempts: 0 };
        await tables.operators.put({ ...record, passwordHash, brokerHash, ...used });
      });
    } catch (error) {
      const isWrong = isServerError(error, 'code-wrong');
      const isSomebody = !isWrong || (await this.#countWrongCode(login.user));
      if (isSomebody) attempts.failed(key);
      else attempts.failedAtNobody(key);
      throw error;
    }
    attempts.succeeded(key);
    await onCredentials(login.user);
  }

  /** Whose code this is. Rejects `code-wrong`, `code-expired`. */
  async #holder(tables: Tables, { user, code }: { user: string; code: string }): Promise<OperatorRecord> {
    const record = await tables.operators.get(user);
    const refusal = this.#refuseCode(record, code);
    if (record === undefined || refusal !== undefined) throw new ServerError(refusal ?? 'code-wrong');
    return record;
  }

  /** Stored: a restart gives no new tries. False = there is no such account. */
  async #countWrongCode(user: string): Promise<boolean> {
    return this.#needs.db.transaction(async (tables) => {
      const record = await tables.operators.get(user);
      if (record === undefined) return false;
      await tables.operators.put({ ...record, codeAttempts: record.codeAttempts + 1 });
      return true;
    });
  }

  #refuseCode(record: OperatorRecord | undefined, typed: string) {
    // No word on whether the account exists.
    if (record?.codeHash === undefined || record.codeHash === null) return 'code-wrong';
    const late = (record.codeExpiresAt ?? 0) <= this.#needs.clock.wall();
    if (late || record.codeAttempts >= ACCOUNT_LIMITS.codeAttempts) return 'code-expired';
    return fastMatches(record.codeHash, typedCode(typed)) ? undefined : 'code-wrong';
  }

  #withNewCode(before: OperatorRecord) {
    const secret = newCode(this.#needs.random);
    const expiresAt = this.#needs.clock.wall() + ACCOUNT_LIMITS.codeLifeHours * 3_600_000;
    const record = { ...before, codeHash: fastHash(secret), codeExpiresAt: expiresAt, codeAttempts: 0 };
    return { code: { code: shownCode(secret), expiresAt }, record };
  }
}

function identityOf({ user, roles, areas }: OperatorRecord): OperatorIdentity {
  return { user, roles, areas };
}

function refuseWeak(user: string, password: string): void {
  const { passwordChars, passwordMaxChars } = ACCOUNT_LIMITS;
  const fits = password.length >= passwordChars && password.length <= passwordMaxChars;
  if (!fits || password.toLowerCase() === user)
    throw new ServerError('password-weak', { context: { chars: passwordChars, most: passwordMaxChars } });
}
