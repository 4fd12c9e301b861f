import { instantOf } from '../../firmware-protocol/content/instant.ts';
import { ApprovalEvent } from '../../firmware-protocol/mqtt/people-requests.ts';
import { topicOf } from '../../firmware-protocol/mqtt/topics.ts';
import type { Broker, Log, Operators } from '../ports.ts';
import type { Database } from '../tables.ts';
import type { Held } from './held.ts';
import { mayApprove } from './may-approve.ts';
import { areasOf, targetsOf } from './release.ts';

interface Needs {
  db: Pick<Database, 'devices'>;
  operators: Pick<Operators, 'identity' | 'list'>;
  broker: Pick<Broker, 'publish'>;
  log: Pick<Log, 'warn'>;
}

/**
 * Tells whoever may say yes that something waits, and them and its author what became of it: an inbox that is open stays true. Not
 * kept by the broker and not sent again, since `approvals` tells all of it to who comes later.
 */
export class ApprovalNotices {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Nothing waits for it, and nothing fails by it. */
  readonly tell = (held: Held): void => {
    this.#tellAll(held).catch((error: unknown) =>
      this.#needs.log.warn({ error, order: held.id }, 'not everybody was told of what waits'),
    );
  };

  async #tellAll(held: Held): Promise<void> {
    const { operators, broker } = this.#needs;
    const areas = await areasOf(targetsOf(held), this.#needs);
    const payload = Buffer.from(JSON.stringify(eventOf(held)));
    for (const { user } of await operators.list()) {
      const who = await operators.identity(user);
      if (who === undefined || (user !== held.by && !mayApprove(who, areas))) continue;
      const topic = topicOf('operatorEvent', { user, what: 'approvals' });
      await broker.publish({ topic, payload, qos: 1, retained: false });
    }
  }
}

function eventOf(held: Held): ApprovalEvent {
  const { id, by, needs, sha256, until, state, decidedBy, reason } = held;
  return ApprovalEvent.parse({
    ...{ order: id, to: targetsOf(held), by, needs, sha256, state, until: instantOf(until) },
    ...(decidedBy !== null && { decided_by: decidedBy }),
    ...(reason !== null && { reason }),
  });
}
