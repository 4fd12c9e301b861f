import { createHmac } from 'node:crypto';
import type { Clock, Door, PasswordHash, Principal, Random } from '../ports.ts';
import type { Database, OperatorRecord } from '../tables.ts';
import type { Attempts } from './attempts.ts';
import { fastMatches } from './one-time-code.ts';

export const DOOR_LIMITS = {
  /** How long a verified password is known again without argon2: reconnect storms and each HTTP request. */
  rememberedSeconds: 300,
  remembered: 1_000,
} as const;

interface Needs {
  db: Database;
  hash: PasswordHash;
  clock: Clock;
  random: Random;
  attempts: Attempts;
}

/** Checks names and passwords of people and boxes, for the broker and HTTP alike. */
export class FrontDoor implements Door {
  readonly #needs: Needs;
  /** Keyed hash of a stored hash and the password that matched it -> until when (monotonic ms). */
  readonly #remembered = new Map<string, number>();
  readonly #pepper: Uint8Array;

  constructor(needs: Needs) {
    this.#needs = needs;
    this.#pepper = needs.random.bytes(32);
  }

  async open(user: string, password: string, from: string): Promise<Principal | undefined> {
    const device = await this.#needs.db.devices.get(user);
    if (device !== undefined)
      return fastMatches(device.passwordHash, password)
        ? { kind: 'device', user, village: device.village }
        : undefined;
    const operator = await this.#needs.db.operators.get(user);
    if (operator?.passwordHash === undefined || operator.passwordHash === null) return undefined;
    return this.#openToPerson(operator, operator.passwordHash, password, from);
  }

  async #openToPerson(
    { user, role, areas }: OperatorRecord,
    passwordHash: string,
    password: string,
    from: string,
  ): Promise<Principal | undefined> {
    const { attempts, clock, hash } = this.#needs;
    const principal: Principal = { kind: 'operator', user, identity: { user, role, areas } };
    // Bound to the stored hash, so a changed password forgets the old one.
    const memory = createHmac('sha256', this.#pepper).update(`${passwordHash}\n${password}`).digest('base64');
    if ((this.#remembered.get(memory) ?? 0) > clock.monotonic()) return principal;
    const key = `door ${user} ${from}`;
    if (attempts.waitSeconds(key) > 0) return undefined;
    if (!(await hash.matches(passwordHash, password))) {
      attempts.failed(key);
      return undefined;
    }
    attempts.succeeded(key);
    this.#remember(memory);
    return principal;
  }

  #remember(memory: string): void {
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size >= DOOR_LIMITS.remembered && oldest !== undefined)
      this.#remembered.delete(oldest);
    this.#remembered.set(memory, this.#needs.clock.monotonic() + DOOR_LIMITS.rememberedSeconds * 1_000);
  }
}
