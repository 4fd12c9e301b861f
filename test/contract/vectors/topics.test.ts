import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TOPICS, type TopicName } from '../../../firmware-protocol/mqtt/catalogue.ts';
import { MAX_TOPIC_LEVELS } from '../../../firmware-protocol/mqtt/topic-row.ts';
import { filterOf, readTopic, type TopicParams, topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import { readVectors } from './read-vectors.ts';

const Row = z.custom<TopicName>((name) => typeof name === 'string' && name in TOPICS);
/** All parameters of all rows: each row takes its own. */
const Params = z.custom<TopicParams<TopicName>>((params) => typeof params === 'object');

const vectors = readVectors(
  'topics.json',
  z.object({
    topics: z.array(z.object({ topic: z.string(), row: Row, params: Params })),
    strangers: z.array(z.string()),
    filters: z.array(z.object({ row: Row, params: Params, filter: z.string() })),
    unfit: z.array(z.string()),
  }),
);

describe('topics', () => {
  it.each(vectors.topics)('$topic is $row', ({ topic, row, params }) => {
    expect(readTopic(topic)).toEqual({ name: row, params });
    expect(topicOf(row, params)).toBe(topic);
    expect(topic.split('/').length).toBeLessThanOrEqual(MAX_TOPIC_LEVELS);
  });

  it('there is a vector for each row', () => {
    expect(new Set(vectors.topics.map((each) => each.row))).toEqual(new Set(Object.keys(TOPICS)));
  });

  it.each(vectors.strangers)('"%s" is none of ours', (topic) => {
    expect(readTopic(topic)).toBeUndefined();
  });

  it.each(vectors.filters)('$row filters by $filter', ({ row, params, filter }) => {
    expect(filterOf(row, params)).toBe(filter);
  });

  it.each(vectors.unfit)('"%s" is no level of a topic', (level) => {
    expect(() => topicOf('areaOrder', { zone: '43', area: level })).toThrow(TypeError);
    expect(() => filterOf('areaOrder', { area: level })).toThrow(TypeError);
  });
});
