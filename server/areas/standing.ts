import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import { OUTPUTS } from '../../firmware-protocol/content/band.ts';
import type { DeviceRecord } from '../tables.ts';
import { STANDINGS, type Standing, type StandingRecord } from './place-records.ts';

/** How a box fares by what was last heard of it. */
export function standingOf({ presence, state }: Pick<DeviceRecord, 'presence' | 'state'>): Standing {
  if (presence === null && state === null) return 'new';
  if (presence?.state !== 'online') return 'offline';
  const outputs = OUTPUTS.flatMap((output) => state?.outputs[output] ?? []);
  return outputs.length > 0 && outputs.every(({ works }) => works) ? 'working' : 'impaired';
}

/**
 * Since when it fares so, epoch ms: a box that is away since it was last heard, one that never spoke since it was enrolled, and
 * the others since the change was seen; where nobody saw it, undefined.
 */
export function sinceOf(
  standing: Standing,
  record: DeviceRecord,
  journal: StandingRecord | undefined,
): number | undefined {
  if (standing === 'new') return record.enrolledAt;
  if (standing === 'offline') return record.seenAt ?? undefined;
  return journal?.standing === standing ? journal.since : undefined;
}

/** Of several boxes in a village the one that fares best speaks for it. */
export function bestFirst(a: Standing, b: Standing): number {
  return STANDINGS.indexOf(a) - STANDINGS.indexOf(b);
}

/** The districts of a province, the tambons of a district, the villages of a tambon: the area one step below that holds `village`. */
export function childOf(area: AreaCode, village: AreaCode): AreaCode {
  return area === 'th' ? village.slice(0, 2) : village.slice(0, Math.min(area.length + 2, village.length));
}
