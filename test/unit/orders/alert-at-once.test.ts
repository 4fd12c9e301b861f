import { describe, expect, test } from 'vitest';
import { PLAYOUT_LIMITS } from '../../../device/playout/playout-times.ts';
import { alert, LONG, notice, server, setDesk, to } from './desk-stage.ts';

/** A desk whose journal writes when it is told to. */
function setSlowDesk(scripts: Parameters<typeof setDesk>[0]) {
  const hall = setDesk(scripts);
  let write = () => {};
  hall.journal.slow = new Promise((resolve) => {
    write = resolve;
  });
  return { ...hall, write: () => write() };
}

describe('an alert that can begin at once', () => {
  test('is claimed and started in one record, which is durable before it sounds', async () => {
    const order = alert();
    const hall = setSlowDesk({ [order.id]: LONG });
    hall.take(order);
    await hall.clock.advance(10);
    expect(hall.performer.onAir()).toEqual([]);
    expect(hall.journal.claims.size).toBe(0);
    hall.write();
    await hall.clock.advance(10);
    expect(hall.performer.onAir().map(({ play }) => play)).toEqual([order.id]);
    expect(hall.journal.records).toEqual(['accepted started']);
    expect(hall.journal.claims.get(`${order.id} tower`)).toMatchObject({
      state: 'started',
      document: JSON.stringify(order),
    });
  });

  test('also at a hall without a sign, which is told in the same record', async () => {
    const order = alert(['tower', 'panel']);
    const hall = setDesk({ [order.id]: LONG });
    hall.take(order);
    await hall.clock.advance(10);
    expect(hall.performer.onAir().map(({ play }) => play)).toEqual([order.id]);
    expect(hall.journal.lines()).toEqual([
      `accepted ${order.id}`,
      `ended ${order.id} rejected no-panel`,
      `started ${order.id}`,
    ]);
    expect(hall.journal.records).toEqual(['accepted ended started']);
    expect(hall.journal.claims.get(`${order.id} panel`)).toMatchObject({
      state: 'ended',
      outcome: 'rejected',
    });
    expect(hall.journal.claims.get(`${order.id} tower`)).toMatchObject({ state: 'started' });
  });

  test('that comes twice while its claim is written sounds once (F17)', async () => {
    const order = alert();
    const hall = setSlowDesk({ [order.id]: LONG });
    hall.take(order);
    hall.take(order);
    await hall.clock.advance(10);
    hall.take(order);
    hall.write();
    await hall.clock.advance(200);
    expect(hall.told.refused).toEqual([`seen ${order.id}`, `seen ${order.id}`]);
    expect(hall.journal.records).toEqual(['accepted started']);
    expect(hall.performer.stretches).toHaveLength(1);
  });

  test('that is cleared while its claim is written is not heard, and its whole story is told', async () => {
    const order = alert();
    const hall = setSlowDesk({ [order.id]: LONG });
    hall.take(order);
    await hall.clock.advance(10);
    hall.take(server.make({ kind: 'all-clear', to, clears: order.id }));
    await hall.clock.advance(10);
    hall.write();
    await hall.clock.advance(1_000);
    expect(hall.performer.stretches).toEqual([]);
    const lines = hall.journal.lines().filter((line) => line.includes(order.id));
    expect(lines).toEqual([
      `accepted ${order.id}`,
      `started ${order.id}`,
      `ended ${order.id} cancelled stopped`,
    ]);
  });
});

test('an alert that is cleared while it asks the store whether it was is not heard (F18)', async () => {
  const order = alert();
  const hall = setDesk({ [order.id]: LONG });
  let answer = () => {};
  const { claimed } = hall.needs.store;
  hall.needs.store.claimed = async (plays) => {
    const found = await claimed(plays);
    await new Promise<void>((resolve) => {
      answer = resolve;
    });
    return found;
  };
  hall.take(order);
  await hall.clock.advance(10);
  hall.take(server.make({ kind: 'all-clear', to, clears: order.id }));
  await hall.clock.advance(100);
  answer();
  await hall.clock.advance(1_000);
  expect(hall.performer.stretches).toEqual([]);
  expect(hall.journal.lines().filter((line) => line.includes(order.id))).toEqual([
    `accepted ${order.id}`,
    `ended ${order.id} cancelled stopped`,
  ]);
});

describe('an alert that cannot begin at once', () => {
  test('is claimed by itself while it waits for another one', async () => {
    const [first, second] = [alert(), alert()];
    const hall = setDesk({ [first.id]: LONG, [second.id]: LONG });
    hall.take(first);
    hall.take(second);
    await hall.clock.advance(200);
    expect(hall.performer.onAir().map(({ play }) => play)).toEqual([first.id]);
    expect(hall.journal.records).toEqual(['accepted started', 'accepted']);
    expect(hall.journal.claims.get(`${second.id} tower`)?.state).toBe('accepted');
  });

  test('tells that it was accepted with the end that says why it was not heard', async () => {
    const order = alert();
    const hall = setDesk({ [order.id]: { prepareFails: 'media-undecodable' } });
    hall.take(order);
    await hall.clock.advance(1_000);
    expect(hall.journal.records).toEqual(['accepted ended']);
    expect(hall.journal.claims.get(`${order.id} tower`)).toMatchObject({
      state: 'ended',
      outcome: 'rejected',
    });
  });

  test('and is one too many, at a hall without a sign, tells of both outputs', async () => {
    const before = Array.from({ length: PLAYOUT_LIMITS.plays }, () => alert());
    const order = alert(['tower', 'panel']);
    const hall = setDesk(Object.fromEntries([...before, order].map(({ id }) => [id, LONG])));
    for (const each of before) hall.take(each);
    await hall.clock.advance(1_000);
    hall.take(order);
    await hall.clock.advance(1_000);
    const told = hall.journal.lines().filter((line) => line.includes(order.id));
    expect(told.sort()).toEqual([
      `accepted ${order.id}`,
      `ended ${order.id} rejected no-panel`,
      `ended ${order.id} rejected queue-full`,
    ]);
  });

  test('is claimed when the store writes again, though it sounded meanwhile (F5)', async () => {
    const order = alert();
    const hall = setDesk({ [order.id]: LONG });
    hall.journal.isFull = true;
    hall.take(order);
    await hall.clock.advance(1_000);
    expect(hall.performer.onAir().map(({ play }) => play)).toEqual([order.id]);
    hall.journal.isFull = false;
    await hall.clock.advance(10_000);
    expect(hall.journal.records).toEqual(['accepted started']);
    expect(hall.journal.claims.get(`${order.id} tower`)?.document).toBe(JSON.stringify(order));
  });
});

test('a notice is durable before it is handed over', async () => {
  const order = notice();
  const hall = setDesk({ [order.id]: LONG });
  hall.take(order);
  await hall.clock.advance(200);
  expect(hall.journal.records).toEqual(['accepted', 'started']);
});
