import {
  type AreaCode,
  contains,
  deviceOf,
  type Target,
  zoneOf,
} from '../../firmware-protocol/content/area.ts';
import { topicOf } from '../../firmware-protocol/mqtt/topics.ts';
import type { Tables } from '../tables.ts';

/** The topics of a first publish: one per area, whatever its size; an area inside another needs none of its own. */
export async function topicsOf(tables: Tables, to: Target[]): Promise<string[]> {
  const topics = outermostOf(to).map((area) => topicOf('areaOrder', { zone: zoneOf(area), area }));
  for (const target of to) {
    const device = deviceOf(target);
    const record = device === undefined ? undefined : await tables.devices.get(device);
    if (record !== undefined) topics.push(deviceTopic(record.id, record.village));
  }
  return [...new Set(topics)];
}

/** The areas among them, each once, without those that lie in another. */
export function outermostOf(to: readonly Target[]): AreaCode[] {
  const areas = [...new Set(to.filter((target) => deviceOf(target) === undefined))];
  return areas.filter((area) => !areas.some((other) => other !== area && contains(other, area)));
}

export function deviceTopic(device: string, village: string): string {
  return topicOf('deviceOrder', { zone: zoneOf(village), device });
}
