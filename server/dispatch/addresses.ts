import {
  type AreaCode,
  type DeviceId,
  deviceOf,
  type Target,
  zoneOf,
} from '../../firmware-protocol/content/area.ts';
import { topicOf } from '../../firmware-protocol/mqtt/topics.ts';
import { AreaSet } from '../areas/area-set.ts';
import type { Tables } from '../tables.ts';

/** The topics of a first publish: one per area, whatever its size; an area inside another needs none of its own. */
export async function topicsOf(tables: Pick<Tables, 'devices'>, to: Target[]): Promise<string[]> {
  const topics = outermostOf(to).map((area) => topicOf('areaOrder', { zone: zoneOf(area), area }));
  const named = await tables.devices.speakers(devicesIn(to));
  return [...new Set([...topics, ...[...named.values()].map(({ id, village }) => deviceTopic(id, village))])];
}

/** The areas among them, each once, without those that lie in another. */
export function outermostOf(to: readonly Target[]): AreaCode[] {
  return new AreaSet(to.filter((target) => deviceOf(target) === undefined)).outermost();
}

/** The halls that are named among them. */
export function devicesIn(to: readonly Target[]): DeviceId[] {
  return to.flatMap((target) => deviceOf(target) ?? []);
}

export function deviceTopic(device: string, village: string): string {
  return topicOf('deviceOrder', { zone: zoneOf(village), device });
}
