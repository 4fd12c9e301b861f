import { beforeEach, describe, expect, it } from 'vitest';
import { ServerError } from '../../../../server/errors.ts';
import { settled } from '../hand-clock.ts';
import { addHall, announceTo, type Office, openOffice } from '../office.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
  await addHall(office.db, 'hall-mae', '43010101');
  office.dispatcher.start();
  await settled();
});

const endOf = (order: string) => office.db.orders.preparedEnd(order);

describe('the end of an order', () => {
  it('is kept when the order has left', async () => {
    const { order } = await office.dispatcher.send(announceTo(office.clock, ['4301']));
    expect(await endOf(order.id)).toMatchObject({ kind: 'stop', stops: order.id });
    expect(await office.db.orders.get(order.id)).toMatchObject({ published: true });
  });

  it('is kept also where the order leaves later, by another server, once', async () => {
    office.broker.away = true;
    const { order } = await office.dispatcher.send(announceTo(office.clock, ['4301']));
    await office.dispatcher.stop();
    office.broker.away = false;
    const successor = office.openDispatcher();
    successor.start();
    await settled();
    expect(office.broker.topics()).toEqual(['43/area/4301/order']);
    const end = await endOf(order.id);
    expect(end).toMatchObject({ kind: 'stop', stops: order.id });
    await office.clock.advance(5_000);
    expect(await endOf(order.id)).toEqual(end);
    await successor.stop();
  });

  it('keeps no order back: one whose end cannot be signed goes out', async () => {
    const { signer } = office;
    const sign = signer.sign.bind(signer);
    signer.sign = async (document) => {
      if ('stops' in document) throw new ServerError('signer-away');
      return sign(document);
    };
    const { order } = await office.dispatcher.send(announceTo(office.clock, ['4301']));
    expect(office.broker.topics()).toEqual(['43/area/4301/order']);
    expect(await office.db.orders.get(order.id)).toMatchObject({ published: true });
    expect(await endOf(order.id)).toBeUndefined();
  });

  it('keeps nothing back and ends no server where the database does not say whether there is one', async () => {
    office.broker.away = true;
    const { order } = await office.dispatcher.send(announceTo(office.clock, ['4301']));
    office.db.orders.preparedEnd = () => Promise.reject(new ServerError('database-down'));
    await office.clock.advance(3_000);
    office.broker.away = false;
    office.dispatcher.brokerUp();
    await settled();
    expect(office.broker.topics()).toEqual(['43/area/4301/order']);
    expect(await office.db.orders.get(order.id)).toMatchObject({ published: true });
  });

  it('is asked for while the order leaves, which does not wait for it', async () => {
    let letItBeSigned = () => {};
    const { signer } = office;
    const sign = signer.sign.bind(signer);
    signer.sign = async (document) => {
      if ('stops' in document) await new Promise<void>((go) => (letItBeSigned = go));
      return sign(document);
    };
    const sending = office.dispatcher.send(announceTo(office.clock, ['4301']));
    await expect.poll(() => office.broker.sent.length).toBe(1);
    letItBeSigned();
    const { order } = await sending;
    expect(await endOf(order.id)).toBeDefined();
  });
});
