import { describe, expect, test } from 'vitest';
import { DeviceError } from '../../../device/errors.ts';
import { instantOf } from '../../../firmware-protocol/content/instant.ts';
import type { Order } from '../../../firmware-protocol/content/order.ts';
import { FLOOD_NOTICE } from '../../../scripts/virtual-world/sayings.ts';
import { alert, LONG, NEVER, notice, server, setDesk, stop, to } from './desk-stage.ts';

/** Lines about towers only: a stop is reported for both outputs. */
const about = (lines: string[], { id }: Order) => lines.filter((line) => line.includes(id));

describe('while the store does not answer', () => {
  test('a stop silences within a second, and is recorded once when the store is back (F8)', async () => {
    const order = notice();
    const hall = setDesk({ [order.id]: LONG });
    hall.take(order);
    await hall.clock.advance(1_000);
    let back = () => {};
    hall.disk.answers = hall.journal.slow = new Promise((resolve) => {
      back = resolve;
    });
    const silence = stop(order.id);
    hall.take(silence);
    await hall.clock.advance(900);
    expect(hall.performer.onAir()).toEqual([]);
    hall.take(silence);
    await hall.clock.advance(20_000);
    back();
    await hall.clock.advance(1_000);
    expect(about(hall.journal.lines(), order).at(-1)).toBe(`ended ${order.id} cancelled stopped`);
    expect(hall.journal.ends().filter(({ play }) => play === silence.id)).toHaveLength(2);
    expect(hall.told.refused).toEqual([`seen ${silence.id}`]);
  });

  test('a stop that turns out to be an old one repeated is not recorded again', async () => {
    const hall = setDesk();
    const silence = stop('everything');
    hall.take(silence);
    await hall.clock.advance(100);
    const restarted = setDesk();
    for (const [name, claim] of hall.journal.claims) restarted.journal.claims.set(name, claim);
    let back = () => {};
    restarted.disk.answers = new Promise((resolve) => {
      back = resolve;
    });
    restarted.take(silence);
    await restarted.clock.advance(5_000);
    back();
    await restarted.clock.advance(100);
    expect(restarted.journal.events).toEqual([]);
    expect(restarted.told.refused).toEqual([`seen ${silence.id}`]);
  });

  test('a stop does not end an alert, though nobody can say what was claimed', async () => {
    const order = alert();
    const hall = setDesk({ [order.id]: LONG });
    hall.take(order);
    await hall.clock.advance(1_000);
    hall.disk.answers = NEVER;
    hall.take(stop(order.id));
    await hall.clock.advance(2_000);
    expect(hall.performer.onAir()).toHaveLength(1);
  });

  test('an alert sounds within seconds, once, also behind a notice that waits for the disk', async () => {
    const [first, order] = [notice(), alert()];
    const hall = setDesk({ [order.id]: LONG });
    hall.disk.answers = hall.journal.slow = NEVER;
    hall.take(first);
    hall.take(order);
    hall.take(order);
    await hall.clock.advance(4_000);
    expect(hall.performer.stretches.map(({ play }) => play)).toEqual([order.id]);
    expect(hall.told.refused).toEqual([`seen ${order.id}`]);
  });
});

describe('while the store fails', () => {
  test('a stop still silences, and is recorded when it is sent again later', async () => {
    const order = notice();
    const hall = setDesk({ [order.id]: LONG });
    hall.take(order);
    await hall.clock.advance(1_000);
    hall.disk.answers = Promise.reject(new DeviceError('store-failed'));
    hall.disk.answers.catch(() => {});
    const silence = stop('everything');
    hall.take(silence);
    await hall.clock.advance(900);
    expect(hall.performer.onAir()).toEqual([]);
    hall.disk.answers = Promise.resolve();
    const later = server.make({
      ...FLOOD_NOTICE,
      to,
      outputs: ['tower'],
      issued_at: instantOf(hall.clock.wall()),
    });
    hall.take(later);
    await hall.clock.advance(100);
    hall.take(silence);
    await hall.clock.advance(100);
    expect(hall.journal.ends().filter(({ play }) => play === silence.id)).toHaveLength(2);
    // What was said after the stop is not silenced by its copy.
    expect(hall.performer.onAir().map(({ play }) => play)).toEqual([later.id]);
  });

  test('an alert sounds', async () => {
    const order = alert();
    const hall = setDesk({ [order.id]: LONG });
    hall.disk.answers = Promise.reject(new DeviceError('store-failed'));
    hall.disk.answers.catch(() => {});
    hall.journal.isFull = true;
    hall.take(order);
    await hall.clock.advance(2_000);
    expect(hall.performer.onAir().map(({ play }) => play)).toEqual([order.id]);
  });
});

test('a stop that comes while its play asks the store whether it was stopped is not missed (F18)', async () => {
  const order = notice();
  const hall = setDesk({ [order.id]: LONG });
  let answer = () => {};
  const asked = hall.needs.store.claimed;
  hall.needs.store.claimed = async (plays) => {
    const found = await asked(plays);
    // The last question before it would play; the answer is on its way while the stop comes.
    await new Promise<void>((resolve) => {
      answer = resolve;
    });
    return found;
  };
  hall.take(order);
  await hall.clock.advance(10);
  hall.take(stop(order.id));
  await hall.clock.advance(500);
  answer();
  await hall.clock.advance(1_000);
  expect(hall.performer.onAir()).toEqual([]);
  expect(hall.journal.ends().filter(({ play }) => play === order.id)).toHaveLength(1);
});
