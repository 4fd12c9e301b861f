import { beforeEach, expect, it, vi } from 'vitest';
import type { ReportEvent } from '../../../../firmware-protocol/content/report.ts';
import { OrderEvent } from '../../../../firmware-protocol/mqtt/event-messages.ts';
import { Dispatcher } from '../../../../server/dispatch/dispatcher.ts';
import { orderIds } from '../../../../server/drivers/order-ids.ts';
import { LIVE_ORDERS, LiveOrders } from '../../../../server/live/live-orders.ts';
import { addHall, announceTo, type Hall, type Office, openOffice, silent } from '../office.ts';
import { Listeners } from './listeners.ts';

let office: Office;
let listeners: Listeners;
let live: LiveOrders;
let dispatcher: Dispatcher;
let mae: Hall;

beforeEach(async () => {
  office = await openOffice();
  const { db, clock, signer, broker, random } = office;
  listeners = new Listeners();
  dispatcher = new Dispatcher({
    ...{ db, signer, broker, clock, random, newOrderId: orderIds(clock, random), log: silent },
    changed: (order) => live.note(order),
  });
  live = new LiveOrders({ audience: listeners.audience(office), dispatch: dispatcher, clock, log: silent });
  mae = await addHall(db, 'hall-mae', '43010101');
  await addHall(db, 'hall-pong', '43020101');
  await addHall(db, 'hall-far', '10010101');
});

const half = () => office.clock.advance(LIVE_ORDERS.gather_ms);
const toldTo = (user: string) => listeners.to(user, office).map((event) => OrderEvent.parse(event).fates);
const send = async (...to: string[]) => (await dispatcher.send(announceTo(office.clock, to))).order.id;

it('an order is told as it fares at the halls of whoever listens, and to nobody without one', async () => {
  listeners.add('somchai', '43');
  listeners.add('head', '430101');
  listeners.add('malee', '10');
  const order = await send('43');
  await half();
  expect(toldTo('somchai')).toEqual([{ sent: 2 }]);
  expect(toldTo('head')).toEqual([{ sent: 1 }]);
  expect(toldTo('malee')).toEqual([]);
  const event: ReportEvent = { type: 'started', play: order, output: 'tower', band: 60, title: 'น้ำท่วม' };
  await office.db.transaction((tables) => dispatcher.heard(tables, [{ device: mae.id, event }]));
  await half();
  expect(toldTo('somchai')).toEqual([{ playing: 1, sent: 1 }]);
  expect(toldTo('head')).toEqual([{ playing: 1 }]);
  expect(toldTo('malee')).toEqual([]);
});

it('what a storm of reports does to it is told twice a second at most', async () => {
  listeners.add('somchai', '43');
  const order = await send('43');
  await half();
  toldTo('somchai');
  const progress = vi.spyOn(dispatcher, 'progress');
  for (let at = 0; at < 100; at++) {
    live.note(order);
    await office.clock.advance(10);
  }
  expect(progress.mock.calls.length).toBeLessThanOrEqual(2);
});

it('what stands as it was told is not told again', async () => {
  listeners.add('somchai', '43');
  const order = await send('43');
  await half();
  expect(toldTo('somchai')).toHaveLength(1);
  live.note(order);
  await office.clock.advance(LIVE_ORDERS.settle_ms * 2);
  expect(toldTo('somchai')).toEqual([]);
});

it('what was being stored when it was counted is found at the second look', async () => {
  listeners.add('somchai', '43');
  const order = await send('43');
  await office.clock.advance(LIVE_ORDERS.settle_ms * 2);
  toldTo('somchai');
  live.note(order);
  await half();
  expect(toldTo('somchai')).toEqual([]);
  const { readable } = await office.db.deliveries.those([{ order, device: mae.id }]);
  await office.db.deliveries.answered(readable.map((each) => ({ ...each, state: 'playing', nextAt: null })));
  await office.clock.advance(LIVE_ORDERS.settle_ms + LIVE_ORDERS.gather_ms);
  expect(toldTo('somchai')).toEqual([{ playing: 1, sent: 1 }]);
});

it('that its time ran out is told, though nobody reports it', async () => {
  listeners.add('somchai', '43030101');
  await addHall(office.db, 'hall-away', '43030101', false);
  dispatcher.start();
  await dispatcher.send(announceTo(office.clock, ['43030101'], 60));
  await office.clock.advance(40_000);
  expect(toldTo('somchai')).toEqual([{ waiting: 1 }]);
  await office.clock.advance(30_000);
  expect(toldTo('somchai')).toEqual([{ expired: 1 }]);
  await dispatcher.stop();
});

it('counting that takes long takes a tenth of the time and no more', async () => {
  listeners.add('somchai', '43');
  let spent = 0;
  const clock = {
    wall: () => office.clock.wall(),
    after: (ms: number, call: () => void) => office.clock.after(ms, call),
    monotonic: () => office.clock.monotonic() + spent,
  };
  const audience = listeners.audience(office);
  live = new LiveOrders({ audience, dispatch: dispatcher, clock, log: silent });
  const progress = vi.spyOn(dispatcher, 'progress').mockImplementation(async () => {
    spent += 200;
    return undefined;
  });
  live.note('01JCKZ5V00000000000000000A');
  await half();
  expect(progress).toHaveBeenCalledTimes(1);
  const busy = async (ms: number) => {
    for (let at = 0; at < ms; at += 100) {
      live.note('01JCKZ5V00000000000000000A');
      await office.clock.advance(100);
    }
  };
  await busy(1_900);
  expect(progress).toHaveBeenCalledTimes(1);
  await busy(200);
  expect(progress).toHaveBeenCalledTimes(2);
});

it('it costs nothing while nobody listens', async () => {
  const progress = vi.spyOn(dispatcher, 'progress');
  await send('43');
  await office.clock.advance(10_000);
  expect([progress.mock.calls.length, listeners.asked]).toEqual([0, 0]);
});

it('with several servers, whoever has a session hears it by the broker', async () => {
  const { db, clock } = office;
  live = new LiveOrders({
    audience: listeners.audience(office, true),
    dispatch: dispatcher,
    clock,
    log: silent,
  });
  listeners.people.set('kaew', { user: 'kaew', roles: ['viewer'], areas: ['43'] });
  const until = clock.wall() + 3_600_000;
  await db.sessions.add({ id: 'x', user: 'kaew', passwordSha: 'y', beganAt: clock.wall(), until }, 20);
  await send('43');
  await half();
  expect(toldTo('kaew')).toEqual([{ sent: 2 }]);
  await clock.advance(3_600_000);
  await send('43');
  await half();
  expect(toldTo('kaew')).toEqual([]);
});

it('closed, it begins nothing more', async () => {
  listeners.add('somchai', '43');
  const progress = vi.spyOn(dispatcher, 'progress');
  await send('43');
  await live.close();
  live.note('01JCKZ5V00000000000000000A');
  await office.clock.advance(60_000);
  expect(progress).not.toHaveBeenCalled();
});
