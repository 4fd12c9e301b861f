import { expect, it } from 'vitest';
import { Inbox } from '../../../server/inbox.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };

it('hands out what came in its order, also what comes while others wait', async () => {
  const handled: number[] = [];
  const inbox: Inbox<number> = new Inbox<number>({
    name: 'test',
    limit: { items: 5_000, bytes: 5_000, itemsOfOne: 5_000 },
    senderOf: String,
    bytesOf: () => 1,
    order: 'free',
    atOnce: 1,
    handle: async (item) => {
      handled.push(item);
      await Promise.resolve();
      // Each of the first hundred brings one more, behind all that wait.
      if (item < 100) inbox.put(item + 3_000);
    },
    log: silent,
  });
  for (let item = 0; item < 3_000; item++) inbox.put(item);
  await expect.poll(() => inbox.held().items).toBe(0);
  expect(handled).toEqual(Array.from({ length: 3_100 }, (_, at) => at));
  expect(inbox.held().dropped).toBe(0);
});
