import { type AreaCode, type DeviceId, lineageOf, zoneOf } from '../../firmware-protocol/content/area.ts';
import { hallTopics } from '../../firmware-protocol/mqtt/hall-topics.ts';

/** What a hall listens to: its own topics, and orders and programmes of its village and everything above. */
export function subscriptionsOf(device: DeviceId, village: AreaCode): string[] {
  const { topicOf, filterOf } = hallTopics;
  const own = { zone: zoneOf(village), device };
  const areas = lineageOf(village).map((area) => ({ zone: zoneOf(area), area }));
  return [
    topicOf('keys', {}),
    topicOf('receipt', own),
    topicOf('timeAnswer', own),
    topicOf('deviceOrder', own),
    filterOf('deviceRequest', own),
    ...areas.map((area) => topicOf('areaOrder', area)),
    ...areas.map((area) => topicOf('areaProgramme', area)),
    ...areas.map((area) => topicOf('areaRelease', area)),
  ];
}
