import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import type { OrderEvent } from '../../firmware-protocol/mqtt/event-messages.ts';
import type { Dispatch } from '../dispatch/dispatch-port.ts';
import type { Clock, Log, OperatorIdentity } from '../ports.ts';
import type { Audience } from './audience.ts';

export const LIVE_ORDERS = {
  /** Twice a second at most: a person who watches numbers sees no more. */
  gather_ms: 500,
  /** What was noted inside a transaction counts when that is durable: looked at once more. */
  settle_ms: 2_000,
  /** Deliveries that were not answered are counted as expired by the next round of sending. */
  afterExpiry_ms: 3_000,
  /** To count 75,000 deliveries takes its time: no more than this part of all time goes into it. */
  shareOfTime: 0.1,
} as const;

interface Needs {
  audience: Pick<Audience, 'isEmpty' | 'everywhere' | 'tell'>;
  dispatch: Pick<Dispatch, 'progress'>;
  clock: Pick<Clock, 'after' | 'monotonic' | 'wall'>;
  log: Pick<Log, 'error'>;
}

/** Tells whoever looks how the orders fare that reach halls of theirs. */
export class LiveOrders {
  readonly #needs: Needs;
  #changed = new Set<string>();
  readonly #timers = new Map<string, () => void>();
  /** By order: what was told last, by the areas that it was counted for. */
  readonly #told = new Map<string, Map<string, string>>();
  #cancel: (() => void) | undefined;
  #notBefore = 0;
  #isOpen = true;
  #telling: Promise<void> = Promise.resolve();

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Something may have become of an order; also while that is being stored. */
  note(order: string): void {
    if (this.#needs.audience.isEmpty('order')) return;
    this.#look(order);
    this.#lookAgain(order, LIVE_ORDERS.settle_ms);
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    this.#cancel?.();
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    await this.#telling;
  }

  #look(order: string): void {
    if (!this.#isOpen) return;
    this.#changed.add(order);
    const wait = Math.max(LIVE_ORDERS.gather_ms, this.#notBefore - this.#needs.clock.monotonic());
    this.#cancel ??= this.#needs.clock.after(wait, () => {
      this.#telling = this.#tell().catch((error: unknown) =>
        this.#needs.log.error({ error }, 'who looks was not told how orders fare'),
      );
    });
  }

  #lookAgain(order: string, wait_ms: number): void {
    if (!this.#isOpen) return;
    this.#timers.get(order)?.();
    const look = () => {
      this.#timers.delete(order);
      this.#look(order);
    };
    this.#timers.set(order, this.#needs.clock.after(wait_ms, look));
  }

  async #tell(): Promise<void> {
    const { audience, clock } = this.#needs;
    const began = clock.monotonic();
    const changed = this.#changed;
    this.#changed = new Set();
    try {
      const listeners = await audience.everywhere('order');
      for (const order of changed)
        for (const { areas, users } of byAreas(listeners)) {
          const event = await this.#news(order, areas);
          if (event !== undefined) for (const user of users) await audience.tell(user, 'order', event);
        }
    } finally {
      this.#cancel = undefined;
      const took = clock.monotonic() - began;
      this.#notBefore = clock.monotonic() + took / LIVE_ORDERS.shareOfTime;
      for (const order of this.#changed) this.#look(order);
    }
  }

  /** Undefined: no hall of these areas is in it, or it stands as it was told. */
  async #news(order: string, areas: AreaCode[]): Promise<OrderEvent | undefined> {
    const progress = await this.#needs.dispatch.progress({ order, areas, limit: 1 });
    if (progress === undefined) return undefined;
    const { title, expires_at, fates, open } = progress;
    const event = { order, title, expires_at, fates, open };
    const [key, text] = [areas.join(), JSON.stringify(event)];
    const told = this.#told.get(order) ?? new Map<string, string>();
    const isNews = told.get(key) !== text;
    this.#told.set(order, told.set(key, text));
    this.#watchItsEnd(order, expires_at);
    return isNews ? event : undefined;
  }

  /** Nobody reports that time ran out: it is looked at once more then, and forgotten. */
  #watchItsEnd(order: string, expires_at: string): void {
    const left = epochMsOf(expires_at) + LIVE_ORDERS.afterExpiry_ms - this.#needs.clock.wall();
    if (left <= 0) this.#told.delete(order);
    else if (!this.#timers.has(order)) this.#lookAgain(order, left);
  }
}

/** People who see the same halls are told the same, which is counted once. */
function byAreas(people: OperatorIdentity[]): { areas: AreaCode[]; users: string[] }[] {
  const groups = new Map<string, { areas: AreaCode[]; users: string[] }>();
  for (const { user, areas: own } of people) {
    const areas = [...own].sort();
    const group = groups.get(areas.join()) ?? { areas, users: [] };
    group.users.push(user);
    groups.set(areas.join(), group);
  }
  return [...groups.values()];
}
