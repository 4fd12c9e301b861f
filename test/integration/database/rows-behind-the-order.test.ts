import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Order } from '../../../firmware-protocol/content/order.ts';
import type { ReportEvent } from '../../../firmware-protocol/content/report.ts';
import type { Database } from '../../../server/tables.ts';
import { addHall, announceTo, asked, type Office, openOffice, stopOf } from '../../unit/server/office.ts';
import { DATABASES, DatabaseSource } from './databases.ts';

/** In the order of their villages; the third is away. */
const HALLS = [
  ['hall-a', '43010101'],
  ['hall-b', '43010102'],
  ['hall-c', '43010102'],
  ['hall-d', '43020101'],
  ['hall-e', '57010101'],
] as const;
const AWAY = 'hall-c';

/** The dispatcher is not started unless a test says so: as where the server dies right after the broker has the order. */
describe.each(DATABASES)('an order whose halls have no rows yet, on %s', (kind) => {
  let source: DatabaseSource;
  let db: Database;
  let office: Office;

  beforeAll(async () => {
    source = await DatabaseSource.of(kind);
  });
  afterAll(() => source.close());
  beforeEach(async () => {
    db = await source.open();
    office = await openOffice(db);
    for (const [id, village] of HALLS) await addHall(db, id, village, id !== AWAY);
  });

  const writeSome = (rows: number) => db.amongOthers(({ orders }) => orders.writeRows(rows));
  const writeAll = async () => {
    while (await writeSome(1));
  };
  const send = async (to: string[], seconds?: number) =>
    (await office.dispatcher.send(announceTo(office.clock, to, seconds))).order.id;
  const hear = (device: string, event: ReportEvent) =>
    db.transaction((tables) => office.dispatcher.heard(tables, [{ device, event }]));
  const accepted = (play: string): ReportEvent => ({
    ...{ type: 'accepted', play, kind: 'announce', outputs: ['panel'] },
  });
  const deliveriesOf = async (order: string) => (await office.dispatcher.progress(asked(order)))?.deliveries;
  const statesOf = async (order: string) =>
    Object.fromEntries((await deliveriesOf(order))?.map(({ device, state }) => [device, state]) ?? []);

  it.each([
    ['areas and halls', ['57', '43', '4301', 'device/hall-c', 'device/hall-e']],
    ['the nation', ['4301', 'th', 'device/hall-d']],
  ])('to %s fares the same before, while and after they are written', async (_which, to) => {
    const id = await send(to);
    const seen = async () => {
      const page = (more: object) => office.dispatcher.progress({ ...asked(id), ...more });
      const first = await page({ limit: 2 });
      return {
        all: await page({}),
        first,
        second: await page({ limit: 2, after: first?.next }),
        waiting: await page({ fate: 'waiting' }),
        near: await page({ areas: ['4302', '57'] }),
        nobody: await page({ areas: ['50'] }),
        recent: (await office.dispatcher.recent(['43'], 9)).map(({ halls }) => halls),
        elsewhere: await office.dispatcher.recent(['50'], 9),
        open: await db.deliveries.open(),
      };
    };
    const before = await seen();
    expect(before.all).toMatchObject({ fates: { sent: 4, waiting: 1 }, open: 5 });
    expect(before.recent).toEqual([{ sent: 3, waiting: 1 }]);
    expect(before.all?.deliveries.map(({ device }) => device)).toEqual(HALLS.map(([device]) => device));
    let steps = 0;
    for (; await writeSome(1); steps++) expect(await seen()).toEqual(before);
    expect(steps).toBeGreaterThan(HALLS.length - 2);
    expect(await seen()).toEqual(before);
    expect(await writeSome(1)).toBe(false);
  });

  it('counts an answer that comes before its row, once', async () => {
    const id = await send(['43']);
    await writeSome(1);
    await hear('hall-d', accepted(id));
    await hear('hall-e', accepted(id));
    const so = { 'hall-a': 'sent', 'hall-b': 'sent', 'hall-c': 'waiting', 'hall-d': 'accepted' };
    expect(await statesOf(id)).toEqual(so);
    await writeAll();
    expect(await statesOf(id)).toEqual(so);
  });

  it('is for the halls that were there when it was sent', async () => {
    const id = await send(['43']);
    await addHall(db, 'hall-new', '43010101');
    await addHall(db, 'hall-a', '57010101');
    await writeAll();
    expect(Object.keys(await statesOf(id)).sort()).toEqual(['hall-a', 'hall-b', 'hall-c', 'hall-d']);
  });

  it('is taken up by a server that starts after this one was killed: sent again, retried, expired', async () => {
    const id = await send(['43'], 60);
    await writeSome(1);
    office.broker.topics();
    // Nothing of the first is left but the database.
    const next = office.openDispatcher();
    await office.clock.advance(30_000);
    next.start();
    const topics = () => office.broker.topics().sort();
    const all = ['a', 'b', 'd'].map((name) => `43/device/hall-${name}/order`);
    let sent: string[] = [];
    await expect.poll(() => (sent = [...sent, ...topics()])).toEqual(all);
    expect(await next.hurry(id, ['4301'])).toBe(2);
    sent = [];
    await expect.poll(() => (sent = [...sent, ...topics()].sort())).toEqual(all.slice(0, 2));
    await office.clock.advance(60_000);
    await expect
      .poll(async () => {
        await office.clock.advance(1_000);
        return (await office.dispatcher.progress(asked(id)))?.fates;
      })
      .toEqual({ silent: 3, expired: 1 });
    await next.stop();
  });

  it('goes at once to a hall that comes before its row', async () => {
    const id = await send(['43']);
    await db.devices.presences(new Map([[AWAY, { state: 'online', boot: 2 }]]));
    await db.deliveries.wake([AWAY, 'hall-e'], office.clock.wall());
    await writeAll();
    const latest = office.clock.wall() + 90_000;
    const due = await db.deliveries.due(office.clock.wall(), latest, 9);
    expect(due.map(({ delivery }) => [delivery.order, delivery.device, delivery.sends])).toEqual([
      [id, AWAY, 0],
    ]);
  });

  it('is stopped in all its halls that did not answer', async () => {
    const [stopped, other] = [await send(['th']), await send(['43'])];
    await writeSome(2);
    await hear('hall-d', accepted(stopped));
    await office.dispatcher.send(stopOf(office.clock, ['43', 'device/hall-e'], stopped));
    await writeAll();
    const open = async (order: string) =>
      (await db.deliveries.page(order, { areas: ['th'], limit: 9 }))
        .filter(({ nextAt }) => nextAt !== null)
        .map(({ device }) => device);
    expect(await open(stopped)).toEqual([]);
    expect(await open(other)).toEqual(['hall-a', 'hall-b', 'hall-c', 'hall-d']);
  });

  it('that no broker had when it was stopped goes to the other halls alone', async () => {
    office.broker.away = true;
    const id = await send(['43']);
    const { order: stop } = await office.dispatcher.send(stopOf(office.clock, ['4301'], id));
    office.broker.away = false;
    office.dispatcher.start();
    const sent = () =>
      office.broker.sent.map(({ topic, payload }) => [
        topic.replace('prakat/v1/', ''),
        Order.parse(JSON.parse(Buffer.from(payload).toString())).id,
      ]);
    const stopAndOther = [
      ['43/area/4301/order', stop.id],
      ['43/device/hall-d/order', id],
    ];
    await expect.poll(() => sent().sort()).toEqual(stopAndOther);
    await office.dispatcher.stop();
  });
});
