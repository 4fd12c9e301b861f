import type { AreaCode, Target } from '../../firmware-protocol/content/area.ts';
import { filledIn, type Order, type UnsignedOrder } from '../../firmware-protocol/content/order.ts';
import type { Programme } from '../../firmware-protocol/content/programme.ts';
import type { Need } from '../../firmware-protocol/mqtt/people-requests.ts';
import { mayReach } from '../areas/reach.ts';
import type { Asker } from '../asker.ts';
import type { AuditBook } from '../audit/audit-book.ts';
import { stateTold } from '../errors/state-told.ts';
import { isServerError, ServerError } from '../errors.ts';
import { hasRight } from '../operators/rights.ts';
import type { Clock, Log, OperatorIdentity, Operators } from '../ports.ts';
import type { Check, Prospect } from '../programme/plan-office.ts';
import type { WantedProgramme } from '../programme/plan-records.ts';
import type { Database } from '../tables.ts';
import type { Held } from './held.ts';
import { HELD_LIFE_MS, type HeldFacts } from './held-facts.ts';
import { contentHash, type HeldOrder, heldUntil } from './held-order.ts';
import { type HeldProgramme, programmeHash } from './held-programme.ts';
import { mayApprove } from './may-approve.ts';
import { isAlone, needs, type Policy } from './needs.ts';
import {
  areasOf,
  isReleased,
  type Released,
  type ReleaseNeeds,
  refuseUnready,
  release,
  targetsOf,
} from './release.ts';
import { weighed } from './weigh.ts';

const APPROVAL_TIMES = {
  /** How often what waited too long is written off. */
  sweep_ms: 15_000,
} as const;

interface Needs extends ReleaseNeeds {
  db: Pick<Database, 'held' | 'devices'>;
  operators: Pick<Operators, 'identity' | 'list'>;
  audit: Pick<AuditBook, 'write'>;
  policy: Policy & { stepUp: boolean };
  newId: () => string;
  /** Somebody waits for it, or it was decided. */
  tell: (held: Held) => void;
  clock: Pick<Clock, 'wall' | 'after'>;
  log: Log;
}

export type Submitted = { sent: { order: Order; devices: number } } | { held: HeldOrder };
export type SubmittedProgramme =
  | { published: Programme; check: Check }
  | { held: HeldProgramme; check: Check };

/** Lets an order go out, or a programme be published, or holds it until a second person said yes. What is held survives a restart. */
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

  /** Whether one person is enough wherever it goes. */
  async isAlone(to: readonly Target[]): Promise<boolean> {
    return isAlone({ areas: await areasOf(to, this.#needs) }, this.#needs.policy);
  }

  /** Lets out what was approved just before the server died, and begins to write off what waited too long. */
  async start(): Promise<void> {
    for (const held of await this.#needs.db.held.list(['approved'], 100))
      if (!(await isReleased(held, this.#needs)))
        await this.#release(held, held.decidedBy ?? '', await this.#authorOf(held)).catch(() => {});
    this.#sweepLater();
  }

  stop(): void {
    this.#cancelSweep();
  }

  /**
   * Rejects `step-up-needed` where the asker has to prove who it is, `no-approver` where nobody could say yes, and as
   * `Dispatch.send`. `asker.user` with a `/` is a machine (`cap/…`), which proves itself elsewhere.
   */
  async submit(unsigned: UnsignedOrder, asker: Asker, why?: string): Promise<Submitted> {
    const { dispatch, policy, clock } = this.#needs;
    const order = filledIn(unsigned);
    const now = clock.wall();
    const areas = await areasOf(order.to, this.#needs);
    const needed = needs(order, { areas, now }, policy);
    const isEnough = await this.#isEnough(asker, areas, needed, { order: order.id });
    if (isEnough) return { sent: await dispatch.send(order, asker.asked) };
    const facts = { id: order.id, by: asker.user, needs: needed, sha256: contentHash(order) };
    const held = { ...this.#waiting(facts, heldUntil(order, now)), order, why: why ?? null };
    await this.#hold(held, areas, asker);
    return { held };
  }

  /** The same for a programme. Rejects as `PlanOffice.vetted` too: nobody is asked for what could not be published. */
  async submitProgramme(wanted: WantedProgramme, asker: Asker, why?: string): Promise<SubmittedProgramme> {
    const { plans, policy, clock, newId } = this.#needs;
    const { area } = wanted;
    const prospect = await plans.vetted(wanted, asker);
    const { check } = prospect;
    const { needed, change } = await weighed(wanted, prospect, { plans, policy, now: clock.wall() });
    const isEnough = await this.#isEnough(asker, [area], needed, { area });
    await asker.asked?.written();
    if (isEnough) return { published: await plans.issue(wanted, prospect, asker.user), check };
    const facts = { id: newId(), by: asker.user, needs: needed, sha256: programmeHash(wanted) };
    const waiting = { ...this.#waiting(facts, clock.wall() + HELD_LIFE_MS.other), why: why ?? null };
    const held = { ...waiting, programme: wanted, change };
    await this.#hold(held, [area], asker);
    return { held, check };
  }

  /** Why an order would wait for a second person; none = it goes out at once. */
  async needsOfOrder(order: UnsignedOrder): Promise<Need[]> {
    const { policy, clock } = this.#needs;
    const areas = await areasOf(order.to, this.#needs);
    return isAlone({ areas }, policy) ? [] : needs(order, { areas, now: clock.wall() }, policy);
  }

  /** What a programme would change, and why it would wait for a second person; none = it would not. */
  weigh(wanted: WantedProgramme, prospect: Prospect): ReturnType<typeof weighed> {
    const { plans, policy, clock } = this.#needs;
    return weighed(wanted, prospect, { plans, policy, now: clock.wall() });
  }

  async get(id: string): Promise<Held | undefined> {
    const held = await this.#needs.db.held.get(id);
    return held && this.#asOfNow(held);
  }

  /** Newest first. */
  async list(limit: number): Promise<Held[]> {
    return (await this.#needs.db.held.list(undefined, limit)).map((held) => this.#asOfNow(held));
  }

  /**
   * The second person says yes to exactly this content. Rejects `own-request`, `content-differs`, `not-waiting`, `step-up-needed`, and as
   * `Dispatch.send` and `PlanOffice.vetted`.
   */
  async approve(id: string, sha256: string, { user: by, proved }: Asker): Promise<Released> {
    const held = await this.#stillWaiting(id);
    if (held.by === by) throw new ServerError('own-request');
    if (held.sha256 !== sha256) throw new ServerError('content-differs');
    if (this.#needs.policy.stepUp && !proved) throw new ServerError('step-up-needed');
    const author = await this.#authorOf(held);
    await this.#refuseFormerAuthor(held, author);
    await refuseUnready(held, author, this.#needs);
    await this.#decide(held, { state: 'approved', by, reason: null });
    return this.#release(held, by, author);
  }

  /** Whoever may say yes says no, or the author takes it back. */
  async refuse(id: string, by: string, reason: string): Promise<void> {
    await this.#decide(await this.#stillWaiting(id), { state: 'refused', by, reason });
  }

  /**
   * Whether one person is enough. Who alone does what elsewhere takes two is written down loudly, before it is done. Rejects
   * `step-up-needed`.
   */
  async #isEnough(
    { user, proved, asked }: Asker,
    areas: AreaCode[],
    needed: Need[],
    what: Record<string, string>,
  ): Promise<boolean> {
    if (needed.length === 0) return true;
    const { audit, log, policy } = this.#needs;
    if (policy.stepUp && !proved && !isMachine(user)) throw new ServerError('step-up-needed');
    if (!isAlone({ areas }, policy)) return false;
    const told = { ...what, needs: needed };
    const loud = { who: user, act: 'alone', outcome: 'done', result: told } as const;
    if (asked === undefined) await audit.write(loud);
    else asked.also(loud);
    log.warn({ by: user, ...told }, 'one person alone did what elsewhere takes two');
    return true;
  }

  #waiting(facts: Pick<HeldFacts, 'id' | 'by' | 'needs' | 'sha256'>, until: number): HeldFacts {
    const undecided = { why: null, decidedBy: null, decidedAt: null, reason: null };
    return { ...facts, until, askedAt: this.#needs.clock.wall(), state: 'waiting', ...undecided };
  }

  async #hold(held: Held, areas: AreaCode[], { asked }: Asker): Promise<void> {
    await this.#refuseWithoutApprover(held, areas);
    await asked?.written();
    await this.#needs.db.held.add(held);
    this.#needs.tell(held);
  }

  async #stillWaiting(id: string): Promise<Held> {
    const held = await this.get(id);
    if (held === undefined) throw new ServerError('unknown-order', { context: { order: id } });
    if (held.state !== 'waiting') throw new ServerError('not-waiting', { context: stateTold(held.state) });
    return held;
  }

  /** Of a yes and a no that come at once, the first one counts. */
  async #decide(
    held: Held,
    decision: { state: 'approved' | 'refused'; by: string; reason: string | null },
  ): Promise<void> {
    const at = this.#needs.clock.wall();
    const counts = await this.#needs.db.held.decide(held.id, { ...decision, at });
    if (!counts) throw new ServerError('not-waiting', { context: stateTold('decided') });
    const { state, by, reason } = decision;
    this.#needs.tell({ ...held, state, decidedBy: by, decidedAt: at, reason });
  }

  async #release(held: Held, by: string, author: OperatorIdentity | undefined): Promise<Released> {
    try {
      return await release(held, by, author, this.#needs);
    } catch (error) {
      const reason = isServerError(error) ? error.code : 'internal';
      await this.#needs.db.held.failed(held.id, reason);
      this.#needs.tell({ ...held, state: 'failed', decidedBy: by, reason });
      throw error;
    }
  }

  async #authorOf({ by }: Held): Promise<OperatorIdentity | undefined> {
    return isMachine(by) ? undefined : this.#needs.operators.identity(by);
  }

  /** Whoever lost the right to speak there meanwhile does not speak through another's yes. */
  async #refuseFormerAuthor(held: Held, author: OperatorIdentity | undefined): Promise<void> {
    if (isMachine(held.by)) return;
    const areas = await areasOf(targetsOf(held), this.#needs);
    const may = author !== undefined && hasRight(author, 'speak');
    if (!may || !areas.every((area) => mayReach(author.areas, area)))
      throw new ServerError('not-allowed', { context: { role: author?.roles.join(', ') ?? '-' } });
  }

  /** Better told at once than waiting for somebody who does not exist. */
  async #refuseWithoutApprover({ by }: HeldFacts, areas: AreaCode[]): Promise<void> {
    const { operators } = this.#needs;
    for (const { user } of await operators.list()) {
      const other = user === by ? undefined : await operators.identity(user);
      if (other !== undefined && mayApprove(other, areas)) return;
    }
    throw new ServerError('no-approver', { context: { areas: areas.join(', ') } });
  }

  #asOfNow<H extends HeldFacts>(held: H): H {
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
    for (const held of await db.held.expire(clock.wall())) {
      const { id, by } = held;
      this.#needs.tell({ ...held, state: 'expired' });
      await audit.write({
        ...{ who: 'server', act: 'approval/expired', outcome: 'done' },
        result: { order: id, by },
      });
    }
  }
}

function isMachine(user: string): boolean {
  return user.includes('/');
}
