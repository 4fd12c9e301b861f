import { lineageOf, zoneOf } from '../../firmware-protocol/content/area.ts';
import { TOPICS, type TopicName } from '../../firmware-protocol/mqtt/catalogue.ts';
import type { Party } from '../../firmware-protocol/mqtt/topic-row.ts';
import { filterOf, readTopic } from '../../firmware-protocol/mqtt/topics.ts';
import type { Principal } from '../ports.ts';

const names = Object.keys(TOPICS) as TopicName[];

/** The rows of the catalogue that a party sends, or hears. */
export const rowsFrom = (party: Party) => names.filter((name) => TOPICS[name].from === party);
export const rowsTo = (party: Party) => names.filter((name) => TOPICS[name].to === party);

/** Whether this message may come from this party: its own row and name, and as the row says. */
export function mayPublish(
  who: Principal,
  message: { topic: string; retain: boolean; bytes: number },
): boolean {
  const read = readTopic(message.topic);
  if (read === undefined) return false;
  const row = TOPICS[read.name];
  const own = (who.kind === 'device' ? read.params.device : read.params.user) === who.user;
  const zone = who.kind === 'operator' || read.params.zone === zoneOf(who.village);
  const form = message.bytes <= row.maxBytes && (!message.retain || row.retained);
  return row.from === who.kind && own && zone && form;
}

/** The filters a party may subscribe to. A device's areas are named one by one: it hears no other village. */
export function subscribableFilters(who: Principal): string[] {
  return rowsTo(who.kind).flatMap((name) => {
    if (who.kind === 'operator') return [filterOf(name, { user: who.user })];
    if (!TOPICS[name].pattern.includes('{area}'))
      return [filterOf(name, { zone: zoneOf(who.village), device: who.user })];
    return lineageOf(who.village).map((area) => filterOf(name, { zone: zoneOf(area), area }));
  });
}

/** Whether one of `allowed` covers every topic that `wanted` matches. `#` and `$share` are covered by nothing. */
export function coveredBy(allowed: string[], wanted: string): boolean {
  const levels = wanted.split('/');
  return allowed.some((filter) => {
    const own = filter.split('/');
    return (
      own.length === levels.length &&
      own.every((level, at) => levels[at] === level || (level === '+' && levels[at] !== '#'))
    );
  });
}
