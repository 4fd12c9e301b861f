import { expect, test } from 'vitest';
import { beginBoot, endBoot } from '../../../device/time/boot.ts';
import { SeededRandom } from '../../../scripts/virtual-world/seeded-random.ts';

function factStore() {
  const facts = new Map<string, string>();
  return {
    fact: async (name: string) => facts.get(name),
    commit: async (change: { facts?: Record<string, string> }) => {
      for (const [name, value] of Object.entries(change.facts ?? {})) facts.set(name, value);
    },
  };
}

test('each start has its own number and nonce, and knows whether the last one ended by itself', async () => {
  const store = factStore();
  const random = new SeededRandom(1);
  const first = await beginBoot(store, random);
  expect(first).toMatchObject({ number: 1, clean: true });
  const second = await beginBoot(store, random);
  expect(second).toMatchObject({ number: 2, clean: false });
  expect(second.nonce).not.toBe(first.nonce);
  expect(second.nonce.length).toBeGreaterThanOrEqual(16);
  await endBoot(store, second);
  expect(await beginBoot(store, random)).toMatchObject({ number: 3, clean: true });
});
