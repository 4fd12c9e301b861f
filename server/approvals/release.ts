import { type AreaCode, deviceOf, type Target } from '../../firmware-protocol/content/area.ts';
import type { Order } from '../../firmware-protocol/content/order.ts';
import type { Programme } from '../../firmware-protocol/content/programme.ts';
import type { Dispatch } from '../dispatch/dispatch-port.ts';
import { isServerError } from '../errors.ts';
import type { Clock, OperatorIdentity } from '../ports.ts';
import type { PlanOffice } from '../programme/plan-office.ts';
import type { Database } from '../tables.ts';
import type { Held } from './held.ts';
import { approvedOrder } from './held-order.ts';

export type Released = { order: Order; devices: number } | { programme: Programme };

export interface ReleaseNeeds {
  db: Pick<Database, 'devices'>;
  dispatch: Pick<Dispatch, 'send' | 'order'>;
  plans: Pick<PlanOffice, 'vetted' | 'issue' | 'published'>;
  clock: Pick<Clock, 'wall'>;
}

/** Whom it is for. */
export function targetsOf(held: Held): Target[] {
  return 'order' in held ? held.order.to : [held.programme.area];
}

/** Its areas; of each device, the village where it stands. */
export async function areasOf(to: readonly Target[], { db }: Pick<ReleaseNeeds, 'db'>): Promise<AreaCode[]> {
  const areas = await Promise.all(
    to.map(async (target) => {
      const device = deviceOf(target);
      return device === undefined ? target : (await db.devices.get(device))?.village;
    }),
  );
  return areas.filter((area) => area !== undefined);
}

/** Whether what was approved is out already, or something newer is: after a restart it is not let out again. */
export async function isReleased(held: Held, { dispatch, plans }: ReleaseNeeds): Promise<boolean> {
  if ('order' in held) return (await dispatch.order(held.order.id)) !== undefined;
  return (await plans.published(held.programme.area)).version !== held.programme.basedOn;
}

/**
 * Rejects where a yes would come to nothing now, as `PlanOffice.vetted`: what begins within minutes, or stands against the plan
 * since. It goes on waiting then.
 */
export async function refuseUnready(
  held: Held,
  author: OperatorIdentity | undefined,
  { plans }: ReleaseNeeds,
): Promise<void> {
  if ('order' in held || author === undefined) return;
  await plans.vetted(held.programme, author).catch((error: unknown) => {
    // It will never stand again: the yes is taken, and it fails for good.
    if (!isServerError(error, 'draft-outdated')) throw error;
  });
}

/** Sends or publishes what two people want. Rejects as `Dispatch.send` and `PlanOffice.issue`. */
export async function release(
  held: Held,
  by: string,
  author: OperatorIdentity | undefined,
  { dispatch, plans, clock }: ReleaseNeeds,
): Promise<Released> {
  if ('order' in held) return dispatch.send(approvedOrder(held.order, by, clock.wall()));
  const prospect = await plans.vetted(held.programme, author ?? { areas: [] });
  return { programme: await plans.issue(held.programme, prospect, held.by) };
}
