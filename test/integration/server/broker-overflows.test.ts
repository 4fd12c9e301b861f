import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import { Guest } from '../broker/mqtt-guest.ts';
import { DATABASES, DatabaseSource } from '../database/databases.ts';
import type { PaperHall } from './paper-hall.ts';
import { Town } from './town.ts';

/** F15: Mosquitto keeps so few messages for a hall that is away, acknowledges all, and lets the others fall. */
const KEPT = 2;
const ORDERS = 8;

describe.each(DATABASES)('beside %s', (kind) => {
  let source: DatabaseSource;
  let town: Town;
  beforeAll(async () => {
    source = await DatabaseSource.of(kind);
  });
  afterEach(() => town.close());
  afterAll(() => source.close());

  it('what a full queue let fall is noticed by the answer that is missing, and sent again', async () => {
    town = await Town.found('external', { ...source.named(), mosquitto: `max_queued_messages ${KEPT}\n` });
    const hall = await town.hall('hall-mae', '43010101');
    await hall.guest?.leave();
    const away = await sessionOf(hall);
    away.cut();
    await vi.waitFor(async () => expect((await town.row('hall-mae'))?.presence?.state).toBe('offline'));

    const orders: string[] = [];
    for (let n = 1; n <= ORDERS; n++)
      orders.push((await town.ask('push', { to: ['43010101'], text: `ประกาศที่ ${n}` })).order);

    // Back on its line, before it says that it is there: this is all that the broker kept.
    const back = await sessionOf(hall);
    hall.guest = back;
    expect(new Set(hall.orderIds()).size).toBe(KEPT);
    await back.publish(topicOf('presence', hall.topic), JSON.stringify({ state: 'online', boot: 1 }), {
      retain: true,
    });

    // The server may send no more at a time than the queue takes: the rest comes with the next try.
    await vi.waitFor(() => expect(new Set(hall.orderIds())).toEqual(new Set(orders)), { timeout: 40_000 });
    for (const play of orders) hall.did({ type: 'accepted', play, kind: 'announce', outputs: ['panel'] });
    await hall.report();
    await vi.waitFor(
      async () => {
        for (const order of orders) expect(await town.deliveries(order)).toEqual({ 'hall-mae': 'accepted' });
      },
      { timeout: 15_000 },
    );
  });
});

/** A session that outlives its connection, as the agent has one; its last will is told. Resolves when all that was kept has come. */
async function sessionOf(hall: PaperHall): Promise<Guest> {
  const { device, password, broker } = hall.answer;
  const presence = topicOf('presence', hall.topic);
  const will = {
    topic: presence,
    payload: Buffer.from('{"state":"offline","boot":1}'),
    qos: 1 as const,
    retain: true,
  };
  const guest = await Guest.enter(broker, {
    username: device,
    password,
    clientId: device,
    clean: false,
    will,
  });
  // What was kept is sent before the answer to this.
  await guest.subscribe(
    topicOf('areaOrder', { zone: '43', area: '43010101' }),
    topicOf('deviceOrder', hall.topic),
    topicOf('receipt', hall.topic),
  );
  return guest;
}
