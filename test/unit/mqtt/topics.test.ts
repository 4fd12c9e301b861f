import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TOPICS, type TopicName } from '../../../firmware-protocol/mqtt/catalogue.ts';
import { readTopic, topicOf } from '../../../firmware-protocol/mqtt/topics.ts';

const digits = (count: number) => fc.integer({ min: 10 ** (count - 1), max: 10 ** count - 1 }).map(String);
const name = fc.stringMatching(/^[a-z0-9-]{3,32}$/);
const params = fc.record({
  zone: fc.oneof(fc.constant('th'), digits(2)),
  area: fc.oneof(fc.constant('th'), digits(2), digits(4), digits(6), digits(8)),
  device: name,
  // An operator may be called anything that is one level, even like a part of a topic.
  user: fc.oneof(name, fc.constantFrom('area', 'device', 'operator', 'th', '43', 'request')),
  what: fc.constantFrom('push', 'order', 'log', 'keys', 'state'),
});

it('a topic that was written is read back as the same row, whatever people are called', () => {
  fc.assert(
    fc.property(fc.constantFrom(...(Object.keys(TOPICS) as TopicName[])), params, (row, given) => {
      const needed = [...TOPICS[row].pattern.matchAll(/\{(\w+)\}/g)].map(([, key = '']) => key);
      const expected = Object.fromEntries(Object.entries(given).filter(([key]) => needed.includes(key)));
      expect(readTopic(topicOf(row, given))).toEqual({ name: row, params: expected });
    }),
    { numRuns: 500 },
  );
});
