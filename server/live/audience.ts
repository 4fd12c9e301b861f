import type { EventName } from '../../firmware-protocol/mqtt/event-messages.ts';
import { topicOf } from '../../firmware-protocol/mqtt/topics.ts';
import { isServerError } from '../errors.ts';
import type { Broker, Clock, Log, OperatorIdentity, Operators } from '../ports.ts';
import type { Database } from '../tables.ts';
import type { PeopleLines } from './people-lines.ts';

interface Needs {
  operators: Pick<Operators, 'identity'>;
  lines: PeopleLines;
  broker: Pick<Broker, 'publish'>;
  /** Whether people may be looking at pages of other servers; who listens there is not known here. */
  shared: boolean;
  db: Pick<Database, 'sessions'>;
  clock: Pick<Clock, 'wall'>;
  log: Pick<Log, 'warn'>;
}

/** Who looks at the server's pages now, and may be told of changes without asking. */
export class Audience {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Nobody would hear it: then nothing is looked up. Asked at each message of 75,000 halls. */
  isEmpty(what: EventName): boolean {
    return !this.#needs.shared && !this.#needs.lines.isHeard(what);
  }

  /** Those at the lines of this server. */
  here(what: EventName): Promise<OperatorIdentity[]> {
    return this.#known(this.#needs.lines.listeners(what));
  }

  /** Those too who have a session and may be at the pages of another server. */
  async everywhere(what: EventName): Promise<OperatorIdentity[]> {
    const { shared, lines, db, clock } = this.#needs;
    const elsewhere = shared ? await db.sessions.users(clock.wall()) : [];
    return this.#known([...new Set([...lines.listeners(what), ...elsewhere])]);
  }

  /** At the lines of this server alone. */
  tellHere(user: string, what: EventName, event: object): void {
    this.#needs.lines.tell(user, what, Buffer.from(JSON.stringify(event)));
  }

  /** Wherever this person hears it. Never rejects: what was missed is asked for when somebody looks. */
  async tell(user: string, what: EventName, event: object): Promise<void> {
    const topic = topicOf('operatorEvent', { user, what });
    const payload = Buffer.from(JSON.stringify(event));
    try {
      await this.#needs.broker.publish({ topic, payload, qos: 1, retained: false });
    } catch (error) {
      if (!isServerError(error, 'broker-down')) throw error;
      this.#needs.log.warn({ user, what }, 'the broker is away; an event is lost');
    }
  }

  /** With roles and areas of this moment: who lost them hears nothing more. */
  async #known(users: string[]): Promise<OperatorIdentity[]> {
    const known = await Promise.all(users.map((user) => this.#needs.operators.identity(user)));
    return known.filter((identity) => identity !== undefined);
  }
}
