import { describe, expect, it } from 'vitest';
import { TOPICS, type TopicName } from '../../../firmware-protocol/mqtt/catalogue.ts';
import { LIVE, spaceOfKeys, TRAINING } from '../../../firmware-protocol/mqtt/topic-space.ts';
import { filterOf } from '../../../firmware-protocol/mqtt/topics.ts';

const filters = (Object.keys(TOPICS) as TopicName[]).map((name) => filterOf(name));

describe('the spaces of topics', () => {
  it.each(filters)('%s of one is none of the other', (filter) => {
    expect(LIVE.wire(filter)).toBe(filter);
    const training = TRAINING.wire(filter);
    expect(training).toMatch(/^prakat-training\/v1\//);
    expect(TRAINING.inner(training)).toBe(filter);
    expect(LIVE.inner(training)).toBeUndefined();
    expect(TRAINING.inner(filter)).toBeUndefined();
  });

  it('has no way out for what is no topic of the catalogue', () => {
    for (const topic of [
      'prakat/v10/th/area/th/keys',
      'other/topic',
      '$SYS/broker',
      'prakat-training/v1/th/area/th/keys',
    ])
      expect(() => TRAINING.wire(topic)).toThrow(TypeError);
  });

  it('is what the keys say that are trusted, and nothing where they are mixed', () => {
    const set = (...ids: string[]) => ({ roots: ids.map((id) => ({ id })), keys: [] }) as never;
    expect(spaceOfKeys(set('root-1'))).toBe(LIVE);
    expect(spaceOfKeys(set('training-root-1'))).toBe(TRAINING);
    expect(spaceOfKeys(set('training-root-1', 'server-1'))).toBeUndefined();
  });
});
