import { beforeEach, describe, expect, it } from 'vitest';
import { Order } from '../../../../firmware-protocol/content/order.ts';
import type { ReportEvent } from '../../../../firmware-protocol/content/report.ts';
import { verifies } from '../../../../firmware-protocol/content/signature.ts';
import { RESEND } from '../../../../server/dispatch/resend-schedule.ts';
import { isServerError } from '../../../../server/errors.ts';
import type { Tables } from '../../../../server/tables.ts';
import { settled } from '../hand-clock.ts';
import { addHall, announceTo, asked, type Hall, type Office, openOffice, stopOf } from '../office.ts';

let office: Office;
let mae: Hall;
let pong: Hall;

beforeEach(async () => {
  office = await openOffice();
  mae = await addHall(office.db, 'hall-mae', '43010101');
  pong = await addHall(office.db, 'hall-pong', '43010102', false);
  await addHall(office.db, 'hall-far', '57010101');
  office.dispatcher.start();
  await settled();
});

const hear = (hall: Hall, event: ReportEvent) =>
  office.db.transaction((tables) => office.dispatcher.heard(tables, [{ device: hall.id, event }]));
const stateOf = async (order: string) =>
  Object.fromEntries(
    ((await office.dispatcher.progress(asked(order)))?.deliveries ?? []).map((each) => [
      each.device,
      each.state,
    ]),
  );

describe('an order to an area', () => {
  it('is signed, stored for each device, and published once on the topic of the area', async () => {
    const { order, devices } = await office.dispatcher.send(announceTo(office.clock, ['4301', '43010101']));
    expect(devices).toBe(2);
    const [message, ...more] = office.broker.sent;
    expect(more).toEqual([]);
    expect(message).toMatchObject({ topic: 'prakat/v1/43/area/4301/order', qos: 1, retained: false });
    const onWire = JSON.parse(Buffer.from(message?.payload ?? []).toString());
    const key = office.keys().keys[0];
    expect(verifies(onWire, Order.parse(onWire).signature, key?.public ?? '')).toBe(true);
    expect(await office.dispatcher.order(order.id)).toEqual(onWire);
    expect(await stateOf(order.id)).toEqual({ 'hall-mae': 'sent', 'hall-pong': 'waiting' });
  });

  it('leaves before its halls have rows, which are written when the halls have it', async () => {
    const { order } = await office.dispatcher.send(announceTo(office.clock, ['4301']));
    expect(office.broker.topics()).toEqual(['43/area/4301/order']);
    // Whoever hurries halls sees those alone that have a row.
    const rows = () => office.db.deliveries.hurry(order.id, ['th'], office.clock.wall() + 60_000);
    await settled();
    expect(await rows()).toBe(0);
    await office.clock.advance(RESEND.rowsAfter_ms);
    expect(await rows()).toBe(1);
  });

  it('has the machine to itself at first: no round comes between that was due anyway, and many in a row put it off once', async () => {
    await office.clock.advance(RESEND.roundSeconds * 1_000 - 100);
    const { order } = await office.dispatcher.send(announceTo(office.clock, ['4301']));
    const rows = () => office.db.deliveries.hurry(order.id, ['th'], office.clock.wall() + 60_000);
    await office.clock.advance(RESEND.rowsAfter_ms - 100);
    expect(await rows()).toBe(0);
    await office.dispatcher.send(announceTo(office.clock, ['4301']));
    await office.clock.advance(100);
    expect(await rows()).toBe(1);
  });

  it('is neither stored nor sent when it cannot be written down who asked for it', async () => {
    const order = announceTo(office.clock, ['4301']);
    const full = asOnAFullDisk();
    await expect(office.dispatcher.send(order, full)).rejects.toThrow('the disk is full');
    expect(office.broker.sent).toEqual([]);
    expect(await office.dispatcher.order(order.id)).toBeUndefined();
    expect(full.tried()).toBe(1);
    const late = announceTo(office.clock, ['4301'], -1);
    await expect(office.dispatcher.send(late, full)).rejects.toMatchObject({ code: 'order-expired' });
    expect(full.tried()).toBe(1);
  });

  it('goes again to a silent device, with a growing wait, until it answers', async () => {
    const { order } = await office.dispatcher.send(announceTo(office.clock, ['4301']));
    office.broker.topics();
    await office.clock.advance(8_000);
    expect(office.broker.topics()).toEqual(['43/device/hall-mae/order']);
    await office.clock.advance(4_000);
    expect(office.broker.topics()).toEqual([]);
    await office.clock.advance(10_000);
    expect(office.broker.topics()).toEqual(['43/device/hall-mae/order']);
    await hear(mae, { type: 'accepted', play: order.id, kind: 'announce', outputs: ['panel'] });
    await office.clock.advance(300_000);
    expect(office.broker.topics()).toEqual([]);
    expect(await stateOf(order.id)).toEqual({ 'hall-mae': 'accepted', 'hall-pong': 'waiting' });
  });

  it('reaches a device that was away as soon as it comes', async () => {
    const { order } = await office.dispatcher.send(announceTo(office.clock, ['43010102']));
    await office.clock.advance(60_000);
    office.broker.topics();
    await office.db.devices.presences(new Map([[pong.id, { state: 'online', boot: 2 }]]));
    await office.dispatcher.devicesOnline([pong.id]);
    await settled();
    expect(office.broker.topics()).toEqual(['43/device/hall-pong/order']);
    expect(await stateOf(order.id)).toEqual({ 'hall-pong': 'sent' });
  });

  it('expires, and a report that comes late still tells the truth', async () => {
    const { order } = await office.dispatcher.send(announceTo(office.clock, ['43010102'], 60));
    await office.clock.advance(62_000);
    expect(await stateOf(order.id)).toEqual({ 'hall-pong': 'expired' });
    await hear(pong, { type: 'accepted', play: order.id, kind: 'announce', outputs: ['tower', 'panel'] });
    const ended = { type: 'ended', play: order.id, ended_at: order.issued_at, outcome: 'finished' } as const;
    await hear(pong, { ...ended, output: 'tower' });
    expect(await stateOf(order.id)).toEqual({ 'hall-pong': 'accepted' });
    await hear(pong, { ...ended, output: 'panel' });
    expect((await office.dispatcher.progress(asked(order.id)))?.deliveries).toEqual([
      expect.objectContaining({
        state: 'ended',
        outcomes: { tower: { outcome: 'finished' }, panel: { outcome: 'finished' } },
      }),
    ]);
  });
});

describe('an order that cannot be', () => {
  it.each([
    ['nobody-there', ['5001']],
    ['unknown-device', ['device/hall-nowhere']],
  ])('%s: nothing is stored', async (code, to) => {
    const order = announceTo(office.clock, to);
    const error = await office.dispatcher.send(order).catch((caught: unknown) => caught);
    expect(isServerError(error) && error.code).toBe(code);
    expect(await office.dispatcher.order(order.id)).toBeUndefined();
    expect(office.broker.topics()).toEqual([]);
  });
});

describe('when the broker is away', () => {
  it('the order is kept and goes out once when it is back', async () => {
    office.broker.away = true;
    const { order } = await office.dispatcher.send(announceTo(office.clock, ['4301']));
    await office.clock.advance(10_000);
    expect(await stateOf(order.id)).toEqual({ 'hall-mae': 'waiting', 'hall-pong': 'waiting' });
    office.broker.away = false;
    office.dispatcher.brokerUp();
    await settled();
    expect(office.broker.topics()).toEqual(['43/area/4301/order']);
  });

  it('a server that restarts meanwhile goes on from the database (F13)', async () => {
    office.broker.away = true;
    await office.dispatcher.send(announceTo(office.clock, ['4301']));
    await office.dispatcher.stop();
    office.broker.away = false;
    const successor = office.openDispatcher();
    successor.start();
    await settled();
    expect(office.broker.topics()).toEqual(['43/area/4301/order']);
    await office.clock.advance(8_000);
    expect(office.broker.topics()).toEqual(['43/device/hall-mae/order']);
    await successor.stop();
  });
});

it('a clock that is set back holds up no order (F46)', async () => {
  await office.dispatcher.send(announceTo(office.clock, ['43010101']));
  office.broker.topics();
  office.clock.step(-3_600_000);
  await office.clock.advance(2_000);
  expect(office.broker.topics()).toEqual(['43/device/hall-mae/order']);
  await office.clock.advance(2_000);
  expect(office.broker.topics()).toEqual([]);
});

describe('refusals', () => {
  it('of a device without time bring the order with the nonce of its boot, at once', async () => {
    const { order } = await office.dispatcher.send(announceTo(office.clock, ['43010101']));
    office.broker.topics();
    await office.db.devices.states(
      new Map([
        [
          mae.id,
          {
            boot: 1,
            version: '0',
            village: mae.village,
            trust: 'floor',
            boot_nonce: 'nonce-of-boot-1',
            keys: 1,
            programmes: [],
            outputs: {},
            warnings: [],
          },
        ],
      ]),
    );
    await hear(mae, { type: 'refused', what: order.id, reason: 'clock-unknown', count: 1 });
    await settled();
    const [again] = office.broker.sent;
    const document = JSON.parse(Buffer.from(again?.payload ?? []).toString());
    expect(document).toMatchObject({ id: order.id, boot_nonce: 'nonce-of-boot-1' });
    expect(verifies(document, document.signature, office.keys().keys[0]?.public ?? '')).toBe(true);
  });

  it('that a forger could provoke do not end the delivery', async () => {
    const { order } = await office.dispatcher.send(announceTo(office.clock, ['43010101']));
    await hear(mae, { type: 'refused', what: order.id, reason: 'bad-signature', count: 1 });
    office.broker.topics();
    await office.clock.advance(8_000);
    expect(office.broker.topics()).toEqual(['43/device/hall-mae/order']);
  });

  it('of our own document are the answer', async () => {
    const { order } = await office.dispatcher.send(announceTo(office.clock, ['43010101']));
    await hear(mae, { type: 'refused', what: order.id, reason: 'outside-area', count: 1 });
    expect((await office.dispatcher.progress(asked(order.id)))?.deliveries).toEqual([
      expect.objectContaining({ state: 'refused', refusal: 'outside-area' }),
    ]);
  });
});

it('the last orders are shown to those whose halls they reach, newest first', async () => {
  const { order: wide } = await office.dispatcher.send(announceTo(office.clock, ['th']));
  await office.clock.advance(1_000);
  const { order: near } = await office.dispatcher.send(announceTo(office.clock, ['4301']));
  await hear(mae, { type: 'accepted', play: near.id, kind: 'announce', outputs: ['panel'] });
  const seen = async (areas: string[], limit = 9) =>
    (await office.dispatcher.recent(areas, limit)).map(({ order, halls }) => [order.id, halls]);
  expect(await seen(['43'])).toEqual([
    [near.id, { accepted: 1, waiting: 1 }],
    [wide.id, { sent: 1, waiting: 1 }],
  ]);
  expect(await seen(['57'])).toEqual([[wide.id, { sent: 1 }]]);
  expect(await seen(['43', '4301'], 1)).toEqual([[near.id, { accepted: 1, waiting: 1 }]]);
  expect(await seen(['50'])).toEqual([]);
  expect(await seen([])).toEqual([]);
});

describe('a stop', () => {
  it('takes back what was not answered: it never arrives after the stop (F18)', async () => {
    const { order } = await office.dispatcher.send(announceTo(office.clock, ['43010102']));
    const { order: stop } = await office.dispatcher.send(stopOf(office.clock, ['43010102'], order.id));
    office.broker.topics();
    await office.db.devices.presences(new Map([[pong.id, { state: 'online', boot: 2 }]]));
    await office.dispatcher.devicesOnline([pong.id]);
    await settled();
    expect(office.broker.sent.map(({ payload }) => JSON.parse(Buffer.from(payload).toString()).id)).toEqual([
      stop.id,
    ]);
  });

  it('that comes before the first publish keeps the order from the halls it stops', async () => {
    await office.db.devices.presences(new Map([[pong.id, { state: 'online', boot: 2 }]]));
    office.broker.away = true;
    const { order } = await office.dispatcher.send(announceTo(office.clock, ['4301']));
    const { order: stop } = await office.dispatcher.send(stopOf(office.clock, ['43010101'], order.id));
    office.broker.away = false;
    office.dispatcher.brokerUp();
    await settled();
    const sent = office.broker.sent.map(({ topic, payload }) => [
      topic.replace('prakat/v1/', ''),
      JSON.parse(Buffer.from(payload).toString()).id,
    ]);
    expect(sent.sort()).toEqual([
      ['43/area/43010101/order', stop.id],
      ['43/device/hall-pong/order', order.id],
    ]);
  });

  it('of everything leaves what is ordered after it', async () => {
    const { order: before } = await office.dispatcher.send(announceTo(office.clock, ['4301']));
    await office.clock.advance(10);
    await office.dispatcher.send(stopOf(office.clock, ['4301'], 'everything'));
    await office.clock.advance(10);
    const { order: after } = await office.dispatcher.send(announceTo(office.clock, ['4301']));
    office.broker.sent.splice(0);
    await office.clock.advance(30_000);
    const ids = office.broker.sent.map(({ payload }) => JSON.parse(Buffer.from(payload).toString()).id);
    expect(ids).not.toContain(before.id);
    expect(ids).toContain(after.id);
  });
});

/** The line of whoever asked, which the disk takes no more: what was stored with it is not stored either. */
function asOnAFullDisk() {
  let tried = 0;
  return {
    tried: () => tried,
    also: () => {},
    written: () => Promise.reject(new Error('the disk is full')),
    with: <T>(work: (tables: Tables) => Promise<T>): Promise<T> =>
      office.db.transaction(async (tables) => {
        tried++;
        await work(tables);
        throw new Error('the disk is full');
      }),
  };
}
