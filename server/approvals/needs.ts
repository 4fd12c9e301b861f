import { type AreaCode, contains, levelOf } from '../../firmware-protocol/content/area.ts';
import { BANDS, OUTPUTS } from '../../firmware-protocol/content/band.ts';
import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import type { UnsignedOrder } from '../../firmware-protocol/content/order.ts';
import { NO_LAWS, quietUntil, type SiteLaws } from '../../firmware-protocol/content/site-laws.ts';
import type { Need } from '../../firmware-protocol/mqtt/people-requests.ts';

/** Where an order goes, and when it would be heard. */
export interface Scope {
  /** Its areas; of each device, the village where it stands. */
  areas: AreaCode[];
  /** Epoch ms. */
  now: number;
}

/** What is decided for an installation. */
export interface Policy {
  /** When a voice from a tower needs a second person. */
  quiet: SiteLaws['quiet'];
  /** Where there is only one person: within these areas an order waits for nobody, and the audit says so loudly. */
  alone: AreaCode[];
}

type Spoken = Extract<UnsignedOrder, { announcement: unknown }>;

/**
 * What takes a second person: what frightens, what reaches far, what wakes people. To stop and to clear never do: a false
 * alarm must end as fast as one person can type.
 */
const TABLE: Readonly<Record<Need, (order: Spoken, scope: Scope, policy: Policy) => boolean>> = {
  alert: ({ kind }) => kind === 'alert',
  wide: (_order, { areas }) => {
    const beyond = areas.some((area) => ['nation', 'province'].includes(levelOf(area)));
    return beyond || new Set(areas.map((area) => area.slice(0, 4))).size > 1;
  },
  'quiet-hours': (order, { now }, { quiet }) => {
    const { announcement, band, outputs = OUTPUTS, start_at } = order;
    // An alert is meant to wake people; it has a row of its own.
    if (announcement.tower === undefined || !outputs.includes('tower') || band >= BANDS.ceremony)
      return false;
    const heardAt = start_at === undefined ? now : Math.max(now, epochMsOf(start_at));
    return quietUntil({ ...NO_LAWS, quiet }, heardAt) !== undefined;
  },
};

/** Why this order waits for a second person; none = it goes at once. */
export function needs(order: UnsignedOrder, scope: Scope, policy: Policy): Need[] {
  if (!('announcement' in order)) return [];
  return (Object.keys(TABLE) as Need[]).filter((need) => TABLE[need](order, scope, policy));
}

/** Whether all of it lies where one person is enough. */
export function isAlone({ areas }: Scope, { alone }: Policy): boolean {
  return areas.every((area) => alone.some((outer) => contains(outer, area)));
}
