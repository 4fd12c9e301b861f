import { describe, expect, it } from 'vitest';
import { TOPICS, type TopicName } from '../../../../firmware-protocol/mqtt/catalogue.ts';
import { topicOf } from '../../../../firmware-protocol/mqtt/topics.ts';
import { coveredBy, mayPublish, subscribableFilters } from '../../../../server/operators/topic-rights.ts';
import type { Principal } from '../../../../server/ports.ts';

const hall: Principal = { kind: 'device', user: 'hall-mae', village: '43010101' };
const person: Principal = {
  kind: 'operator',
  user: 'somchai',
  identity: { user: 'somchai', roles: ['author'], areas: ['th'] },
};
const params = { zone: '43', area: '43010101', device: 'hall-mae', user: 'somchai', what: 'push' };
const rows = Object.keys(TOPICS) as TopicName[];

describe.each([hall, person])('the rights of a $kind', (who) => {
  it.each(rows)('on %s are those of the catalogue', (row) => {
    const topic = topicOf(row, params);
    expect(mayPublish(who, { topic, retain: false, bytes: 10 })).toBe(TOPICS[row].from === who.kind);
    expect(coveredBy(subscribableFilters(who), topic)).toBe(TOPICS[row].to === who.kind);
  });
});

describe('a device', () => {
  it.each([
    ['another device', topicOf('report', { zone: '43', device: 'hall-pong' }), false, 10],
    ['another province', topicOf('report', { zone: '57', device: 'hall-mae' }), false, 10],
    ['a retained report', topicOf('report', { zone: '43', device: 'hall-mae' }), true, 10],
    ['too large a birth', topicOf('presence', { zone: '43', device: 'hall-mae' }), true, 2_000],
  ])('may not publish as, or: %s', (_what, topic, retain, bytes) => {
    expect(mayPublish(hall, { topic, retain, bytes })).toBe(false);
  });

  it.each(['th', '43', '4301', '430101', '43010101'])('hears its area %s', (area) => {
    const zone = area === 'th' ? 'th' : '43';
    expect(coveredBy(subscribableFilters(hall), topicOf('areaOrder', { zone, area }))).toBe(true);
  });

  it.each([
    '#',
    'prakat/v1/43/area/+/order',
    'prakat/v1/43/area/43010102/order',
    'prakat/v1/43/device/hall-mae/#',
    'prakat/v1/43/device/hall-mae/request/#',
    '$share/g/prakat/v1/43/device/hall-mae/order',
    'prakat/v1/43/device/hall-mae/report',
  ])('may not subscribe to %s', (filter) => {
    expect(coveredBy(subscribableFilters(hall), filter)).toBe(false);
  });
});
