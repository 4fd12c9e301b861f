import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DeviceConfig } from '../../../device/config.ts';
import { topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import { configFrom } from '../../../server/config.ts';

const text = readFileSync(new URL('../../../docs/operate.md', import.meta.url), 'utf8');
const json = [...text.matchAll(/```json\n(.*?)```/gs)].map(([, block = '']) => JSON.parse(block));

it('every configuration of a server in docs/operate.md is one', () => {
  for (const block of json.filter((block) => 'approvals' in block)) configFrom(block, '/');
  const servers = json.filter((block) => 'broker' in block);
  expect(servers.map((block) => configFrom(block, '/').broker.kind)).toEqual([
    'embedded',
    'embedded',
    'external',
  ]);
});

it('every configuration of a hall in docs/operate.md is one', () => {
  const halls = json.filter((block) => 'place' in block);
  expect(halls.map((block) => DeviceConfig.parse(block).place)).toEqual(['บ้านเสาเล้า']);
});

it('the topics of its push by hand are those of the catalogue', () => {
  const own = { user: 'somchai', what: 'push' };
  expect(text).toContain(`-t ${topicOf('operatorRequest', own)} `);
  expect(text).toContain(`-t ${topicOf('operatorResponse', own)} -C 1`);
});
