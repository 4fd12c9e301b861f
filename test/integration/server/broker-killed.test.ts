import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { HandClock } from '../../unit/server/hand-clock.ts';
import { announceTo } from '../../unit/server/office.ts';
import { DATABASES, DatabaseSource } from '../database/databases.ts';
import type { PaperHall } from './paper-hall.ts';
import { Town } from './town.ts';

/** F13: what a broker acknowledged and lost. */
describe.each(DATABASES)('beside %s an order survives', (kind) => {
  let source: DatabaseSource;
  let town: Town;
  beforeAll(async () => {
    source = await DatabaseSource.of(kind);
  });
  afterEach(() => town.close());
  afterAll(() => source.close());

  const accepted = async (hall: PaperHall, order: string) => {
    await vi.waitFor(() => expect(hall.orderIds()).toContain(order), { timeout: 15_000 });
    hall.did({ type: 'accepted', play: order, kind: 'announce', outputs: ['panel'] });
    await hall.report();
    await vi.waitFor(async () => expect(await town.deliveries(order)).toEqual({ 'hall-mae': 'accepted' }), {
      timeout: 10_000,
    });
  };

  it('Mosquitto killed with -9 after it took the order, before the hall came', async () => {
    town = await Town.found('external', source.named());
    const hall = await town.hall('hall-mae', '43010101');
    hall.guest?.cut();
    await vi.waitFor(async () => expect((await town.row('hall-mae'))?.presence?.state).toBe('offline'));
    const { order } = await town.ask('push', { to: ['43'], text: 'ทดสอบ' });
    await town.mosquitto?.kill();
    await town.mosquitto?.start();
    await town.logOn();
    await vi.waitFor(() => hall.connect(), { timeout: 10_000 });
    await accepted(hall, order);
    expect(hall.orderIds()).toEqual([order]);
  });

  it('Mosquitto away while the order is given', async () => {
    town = await Town.found('external', source.named());
    const hall = await town.hall('hall-mae', '43010101');
    await town.mosquitto?.kill();
    // Over HTTP, say, or from a schedule: nobody can ask over MQTT now.
    const now = new HandClock(new Date().toISOString());
    const { order } = await town.server.services.dispatch.send(announceTo(now, ['43']));
    await town.mosquitto?.start();
    await town.logOn();
    await vi.waitFor(() => hall.connect(), { timeout: 10_000 });
    await accepted(hall, order.id);
  });

  it('the whole server gone, the embedded broker with it', async () => {
    town = await Town.found('embedded', source.named());
    const hall = await town.hall('hall-mae', '43010101');
    hall.guest?.cut();
    await vi.waitFor(async () => expect((await town.row('hall-mae'))?.presence?.state).toBe('offline'));
    const { order } = await town.ask('push', { to: ['43'], text: 'ทดสอบ' });
    await town.restartServer();
    expect(town.server.firstLogin).toBeUndefined();
    await town.logOn();
    await hall.connect();
    await accepted(hall, order);
    expect(hall.orderIds()).toEqual([order]);
  });

  it('a hall that heard it and lost its answer is asked again, and answers', async () => {
    town = await Town.found('embedded', source.named());
    const hall = await town.hall('hall-mae', '43010101');
    const { order } = await town.ask('push', { to: ['43'], text: 'ทดสอบ' });
    await vi.waitFor(() => expect(hall.orderIds()).toEqual([order]));
    await vi.waitFor(() => expect(hall.orderIds()).toEqual([order, order]), { timeout: 10_000 });
    await accepted(hall, order);
    const { deliveries } = await town.ask('order', { order });
    expect(deliveries[0]?.sends).toBe(2);
  });
});
