import { createHmac } from 'node:crypto';
import type { LogOnRecord } from '../audit/log-on-record.ts';
import type { Clock, Door, PasswordHash, Principal, Random } from '../ports.ts';
import type { Database, OperatorRecord } from '../tables.ts';
import { ACCOUNT_LIMITS } from './accounts.ts';
import type { Attempts } from './attempts.ts';
import { NarrowDoor } from './narrow-door.ts';
import { networkOf } from './network-of.ts';
import { fastMatches } from './one-time-code.ts';

export const DOOR_LIMITS = {
  /** How long a verified password is known again without argon2: reconnect storms and each HTTP request. */
  rememberedSeconds: 300,
  remembered: 1_000,
  /** Slow hashes at a time, 19 MiB and a core each; the other cores go on serving. */
  checksAtOnce: 2,
  /** A second's work. Whoever comes to a longer queue is refused: a flood of log-ons must not take the server down. */
  checksWaiting: 64,
} as const;

interface Needs {
  db: Database;
  hash: PasswordHash;
  clock: Clock;
  random: Random;
  attempts: Attempts;
  logOns: Pick<LogOnRecord, 'came' | 'refused'>;
}

/** Checks names and passwords of people and boxes, for the broker and HTTP alike. */
export class FrontDoor implements Door {
  readonly #needs: Needs;
  /** Keyed hash of a stored hash and the password that matched it -> until when (monotonic ms). */
  readonly #remembered = new Map<string, number>();
  readonly #pepper: Uint8Array;
  /** The same password again while it is being checked, as browsers and reconnecting clients send it. */
  readonly #checking = new Map<string, Promise<boolean>>();
  readonly #queue = new NarrowDoor(DOOR_LIMITS.checksAtOnce, DOOR_LIMITS.checksWaiting);

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
    { user, roles, areas }: OperatorRecord,
    passwordHash: string,
    password: string,
    from: string,
  ): Promise<Principal | undefined> {
    const { clock } = this.#needs;
    if (password.length > ACCOUNT_LIMITS.passwordMaxChars) return undefined;
    const principal: Principal = { kind: 'operator', user, identity: { user, roles, areas } };
    // Bound to the stored hash, so a changed password forgets the old one.
    const memory = createHmac('sha256', this.#pepper).update(`${passwordHash}\n${password}`).digest('base64');
    if ((this.#remembered.get(memory) ?? 0) > clock.monotonic()) return principal;
    const under =
      this.#checking.get(memory) ?? this.#check(memory, passwordHash, password, { who: user, from });
    return (await under) ? principal : undefined;
  }

  async #check(
    memory: string,
    passwordHash: string,
    password: string,
    logOn: { who: string; from: string },
  ): Promise<boolean> {
    const { attempts, hash, logOns } = this.#needs;
    const key = `door ${logOn.who} ${networkOf(logOn.from)}`;
    if (attempts.waitSeconds(key) > 0 || this.#queue.isFull) return false;
    // Counted before it is known: guesses that come all at once are slowed down like those that come in turn.
    attempts.failed(key);
    const matched = this.#queue.pass(() => hash.matches(passwordHash, password));
    this.#checking.set(memory, matched);
    try {
      if (!(await matched)) {
        logOns.refused(logOn);
        return false;
      }
    } finally {
      this.#checking.delete(memory);
    }
    attempts.succeeded(key);
    logOns.came(logOn);
    this.#remember(memory);
    return true;
  }

  #remember(memory: string): void {
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size >= DOOR_LIMITS.remembered && oldest !== undefined)
      this.#remembered.delete(oldest);
    this.#remembered.set(memory, this.#needs.clock.monotonic() + DOOR_LIMITS.rememberedSeconds * 1_000);
  }
}
