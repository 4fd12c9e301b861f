import { type AreaCode, deviceOf } from '../../firmware-protocol/content/area.ts';
import { filledIn, type Order, type UnsignedOrder } from '../../firmware-protocol/content/order.ts';
import type { Need } from '../../firmware-protocol/mqtt/people-requests.ts';
import { mayReach } from '../areas/reach.ts';
import type { AuditBook } from '../audit/audit-book.ts';
import { isServerError, ServerError } from '../errors.ts';
import { hasRight } from '../operators/rights.ts';
import type { Asker, Clock, Dispatch, Log, Operators } from '../ports.ts';
import type { Database } from '../tables.ts';
import { approvedOrder, contentHash, type HeldOrder, heldUntil } from './held-order.ts';
import { isAlone, needs, type Policy, type Scope } from './needs.ts';

export const APPROVAL_TIMES = {
  /** How often what waited too long is written off. */
  sweep_ms: 15_000,
} as const;

interface Needs {
  db: Pick<Database, 'held' | 'devices' | 'transaction'>;
  dispatch: Pick<Dispatch, 'send' | 'order'>;
  operators: Pick<Operators, 'identity' | 'list'>;
  audit: Pick<AuditBook, 'write'>;
  policy: Policy & { stepUp: boolean };
  clock: Pick<Clock, 'wall' | 'after'>;
  log: Log;
}

export type Submitted = { sent: { order: Order; devices: number } } | { held: HeldOrder };

/** Lets an order go out at once, or holds it until a second person said yes. What is held survives a restart. */
export class ApprovalDesk {
  readonly #needs: Needs;
  #cancelSweep: () => void = () => {};

  constructor(deskNeeds: Needs) {
    this.#needs = deskNeeds;
  }

  /** Whether the password is asked again for what is grave. */
  get stepUp(): boolean {
    return this.#needs.policy.stepUp;
  }

  /** Sends what was approved just before the server died, and begins to write off what waited too long. */
  async start(): Promise<void> {
    const { db, dispatch } = this.#needs;
    for (const held of await db.held.list(['approved'], 100))
      if ((await dispatch.order(held.order.id)) === undefined)
        await this.#release(held, held.decidedBy ?? '').catch(() => {});
    this.#sweepLater();
  }

  stop(): void {
    this.#cancelSweep();
  }

  /**
   * Rejects `step-up-needed` where the asker has to prove who it is, `no-approver` where nobody could say yes, and as
   * `Dispatch.send`. `asker.user` with a `/` is a machine (`cap/…`), which proves itself elsewhere.
   */
  async submit(unsigned: UnsignedOrder, asker: Asker): Promise<Submitted> {
    const { dispatch, policy, clock } = this.#needs;
    const order = filledIn(unsigned);
    const scope = await this.#scopeOf(order);
    const needed = needs(order, scope, policy);
    if (needed.length === 0) return { sent: await dispatch.send(order, asker.written) };
    if (policy.stepUp && !asker.proved && !isMachine(asker.user)) throw new ServerError('step-up-needed');
    if (isAlone(scope, policy)) return this.#alone(order, needed, asker);
    const now = clock.wall();
    const held: HeldOrder = {
      ...{ order, by: asker.user, needs: needed, sha256: contentHash(order) },
      ...{ askedAt: now, until: heldUntil(order, now), state: 'waiting' },
      ...{ decidedBy: null, decidedAt: null, reason: null },
    };
    await this.#refuseWithoutApprover(held, scope.areas);
    await asker.written;
    await this.#needs.db.held.add(held);
    return { held };
  }

  async get(id: string): Promise<HeldOrder | undefined> {
    const held = await this.#needs.db.held.get(id);
    return held && this.#asOfNow(held);
  }

  /** Newest first. */
  async list(limit: number): Promise<HeldOrder[]> {
    return (await this.#needs.db.held.list(undefined, limit)).map((held) => this.#asOfNow(held));
  }

  /**
   * The second person says yes to exactly this content. Rejects `own-request`, `content-differs`, `not-waiting`, `step-up-needed`, and as
   * `Dispatch.send`.
   */
  async approve(
    id: string,
    sha256: string,
    { user: by, proved }: Asker,
  ): Promise<{ order: Order; devices: number }> {
    const held = await this.#waiting(id);
    if (held.by === by) throw new ServerError('own-request');
    if (held.sha256 !== sha256) throw new ServerError('content-differs');
    if (this.#needs.policy.stepUp && !proved) throw new ServerError('step-up-needed');
    await this.#refuseFormerAuthor(held);
    await this.#decide(held, { state: 'approved', by, reason: null });
    return this.#release(held, by);
  }

  /** Whoever may say yes says no, or the author takes it back. */
  async refuse(id: string, by: string, reason: string): Promise<void> {
    await this.#decide(await this.#waiting(id), { state: 'refused', by, reason });
  }

  async #alone(order: UnsignedOrder, needed: Need[], { written }: Asker): Promise<Submitted> {
    const { audit, dispatch, log } = this.#needs;
    const told = { order: order.id, needs: needed };
    const loud = audit.write({ who: order.by, act: 'alone', outcome: 'done', result: told });
    log.warn({ by: order.by, ...told }, 'one person alone sent what elsewhere needs two');
    return { sent: await dispatch.send(order, Promise.all([written, loud])) };
  }

  async #waiting(id: string): Promise<HeldOrder> {
    const held = await this.get(id);
    if (held === undefined) throw new ServerError('unknown-order', { context: { order: id } });
    if (held.state !== 'waiting') throw new ServerError('not-waiting', { context: { state: held.state } });
    return held;
  }

  /** Of a yes and a no that come at once, the first one counts. */
  async #decide(
    { order: { id } }: HeldOrder,
    decision: { state: 'approved' | 'refused'; by: string; reason: string | null },
  ): Promise<void> {
    const at = this.#needs.clock.wall();
    const counts = await this.#needs.db.held.decide(id, { ...decision, at });
    if (!counts) throw new ServerError('not-waiting', { context: { state: 'decided' } });
  }

  async #release(held: HeldOrder, by: string): Promise<{ order: Order; devices: number }> {
    const { db, dispatch, clock } = this.#needs;
    try {
      return await dispatch.send(approvedOrder(held.order, by, clock.wall()));
    } catch (error) {
      await db.held.failed(held.order.id, isServerError(error) ? error.code : 'internal');
      throw error;
    }
  }

  /** Whoever lost the right to speak meanwhile does not speak through another's yes. */
  async #refuseFormerAuthor({ by }: HeldOrder): Promise<void> {
    if (isMachine(by)) return;
    const author = await this.#needs.operators.identity(by);
    if (author === undefined || !hasRight(author, 'speak'))
      throw new ServerError('not-allowed', { context: { role: author?.roles.join(', ') ?? '-' } });
  }

  /** Better told at once than waiting for somebody who does not exist. */
  async #refuseWithoutApprover({ by }: HeldOrder, areas: AreaCode[]): Promise<void> {
    const { operators } = this.#needs;
    for (const { user } of await operators.list()) {
      const other = user === by ? undefined : await operators.identity(user);
      if (
        other !== undefined &&
        hasRight(other, 'approve') &&
        areas.every((area) => mayReach(other.areas, area))
      )
        return;
    }
    throw new ServerError('no-approver', { context: { areas: areas.join(', ') } });
  }

  async #scopeOf({ to }: UnsignedOrder): Promise<Scope> {
    const areas = await Promise.all(
      to.map(async (target) => {
        const device = deviceOf(target);
        return device === undefined ? target : (await this.#needs.db.devices.get(device))?.village;
      }),
    );
    return { areas: areas.filter((area) => area !== undefined), now: this.#needs.clock.wall() };
  }

  #asOfNow(held: HeldOrder): HeldOrder {
    const late = held.state === 'waiting' && held.until <= this.#needs.clock.wall();
    return late ? { ...held, state: 'expired' } : held;
  }

  #sweepLater(): void {
    this.#cancelSweep = this.#needs.clock.after(APPROVAL_TIMES.sweep_ms, () => {
      this.#sweep()
        .catch((error: unknown) => this.#needs.log.error({ error }, 'late approvals were not written off'))
        .finally(() => this.#sweepLater());
    });
  }

  async #sweep(): Promise<void> {
    const { db, audit, clock } = this.#needs;
    for (const { order, by } of await db.held.expire(clock.wall()))
      await audit.write({
        ...{ who: 'server', act: 'approval/expired', outcome: 'done' },
        result: { order: order.id, by },
      });
  }
}

function isMachine(user: string): boolean {
  return user.includes('/');
}
