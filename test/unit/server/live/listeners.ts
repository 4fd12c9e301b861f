import { Audience } from '../../../../server/live/audience.ts';
import type { OperatorIdentity } from '../../../../server/ports.ts';
import { type Office, silent } from '../office.ts';

/** Who listens to what, by hand, and what each was told. */
export class Listeners {
  readonly people = new Map<string, OperatorIdentity>();
  readonly told: { user: string; what: string; event: unknown }[] = [];
  /** How often somebody was looked up: nothing, where nobody listens. */
  asked = 0;
  listening: string[] = [];

  add(user: string, ...areas: string[]): void {
    this.people.set(user, { user, roles: ['viewer'], areas });
    this.listening.push(user);
  }

  audience({ db, clock, broker }: Pick<Office, 'db' | 'clock' | 'broker'>, shared = false): Audience {
    return new Audience({
      operators: {
        identity: async (user) => {
          this.asked += 1;
          return this.people.get(user);
        },
      },
      lines: {
        isHeard: () => this.listening.length > 0,
        listeners: () => this.listening,
        tell: (user, what, payload) =>
          this.told.push({ user, what, event: JSON.parse(Buffer.from(payload).toString()) }),
      },
      ...{ broker, shared, db, clock, log: silent },
    });
  }

  /** Events to this person so far, by either way; forgets them. */
  to(user: string, { broker }: Pick<Office, 'broker'>): unknown[] {
    const published = broker.sent
      .filter(({ topic }) => topic.startsWith(`prakat/v1/operator/${user}/event/`))
      .map(({ payload }) => JSON.parse(Buffer.from(payload).toString()));
    const here = this.told.filter((each) => each.user === user).map(({ event }) => event);
    this.told.splice(0, this.told.length, ...this.told.filter((each) => each.user !== user));
    broker.sent.splice(
      0,
      broker.sent.length,
      ...broker.sent.filter(({ topic }) => !topic.includes(`/${user}/`)),
    );
    return [...here, ...published];
  }
}
