import { type AreaCode, contains, levelOf } from '../../firmware-protocol/content/area.ts';
import { BANDS, OUTPUTS } from '../../firmware-protocol/content/band.ts';
import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import type { UnsignedOrder } from '../../firmware-protocol/content/order.ts';
import type { ProgrammeEntry } from '../../firmware-protocol/content/programme.ts';
import { startsOfEntry } from '../../firmware-protocol/content/resolver.ts';
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

/** What is wanted, as far as it may take two: an order and a programme are measured alike. */
interface Wish {
  isAlert: boolean;
  areas: AreaCode[];
  /** When a tower would be heard, epoch ms. */
  heardAt: number[];
}

/**
 * What takes a second person: what frightens, what reaches far, what wakes people. To stop and to clear never do: a false
 * alarm must end as fast as one person can type.
 */
const TABLE: Readonly<Record<Need, (wish: Wish, policy: Policy) => boolean>> = {
  alert: ({ isAlert }) => isAlert,
  wide: ({ areas }) => {
    const beyond = areas.some((area) => ['nation', 'province'].includes(levelOf(area)));
    return beyond || new Set(areas.map((area) => area.slice(0, 4))).size > 1;
  },
  'quiet-hours': ({ heardAt }, { quiet }) =>
    heardAt.some((ms) => quietUntil({ ...NO_LAWS, quiet }, ms) !== undefined),
};

/** Why this order waits for a second person; none = it goes at once. */
export function needs(order: UnsignedOrder, { areas, now }: Scope, policy: Policy): Need[] {
  if (!('announcement' in order)) return [];
  const { announcement, band, outputs = OUTPUTS, start_at } = order;
  const heardAt = start_at === undefined ? now : Math.max(now, epochMsOf(start_at));
  // An alert is meant to wake people; it has a row of its own.
  const isHeard = announcement.tower !== undefined && outputs.includes('tower') && band < BANDS.ceremony;
  return needed({ isAlert: order.kind === 'alert', areas, heardAt: isHeard ? [heardAt] : [] }, policy);
}

/**
 * The same of what a programme says that it did not say before, until `untilMs`; what only falls silent waits for nobody. A ceremony counts
 * as well: no law of a hall keeps it from waking people.
 */
export function needsOfEntries(
  said: readonly ProgrammeEntry[],
  { areas, now, untilMs }: Scope & { untilMs: number },
  policy: Policy,
): Need[] {
  if (said.length === 0) return [];
  const heard = said.filter(
    ({ announcement, outputs }) => announcement.tower !== undefined && outputs.includes('tower'),
  );
  const heardAt = heard.flatMap((entry) => startsOfEntry(entry, now, untilMs));
  return needed({ isAlert: false, areas, heardAt }, policy);
}

function needed(wish: Wish, policy: Policy): Need[] {
  return (Object.keys(TABLE) as Need[]).filter((need) => TABLE[need](wish, policy));
}

/** Whether all of it lies where one person is enough. */
export function isAlone({ areas }: Pick<Scope, 'areas'>, { alone }: Policy): boolean {
  return areas.every((area) => alone.some((outer) => contains(outer, area)));
}
